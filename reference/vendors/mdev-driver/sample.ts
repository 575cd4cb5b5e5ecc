/**
 * The samples as drivers of their devices, before the life-cycle helpers: probe and remove do it all.
 * Source: samples/vfio-mdev/, the series (patches 03 to 05), 5.14 and 6.0
 */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { module_put, try_module_get, type Module } from '../../kernel/module.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import type { MdevDevice, MdevDriver, MdevTypeGroup } from '../../mdev/types.js';
import { vfio_unregister_group_dev } from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { binds_devices } from '../imports.js';
import type { Behind } from '../parent-ops/sample.js';
import { in_group_of_bus, in_group_of_its_own, type VfioApi } from '../vfio-api.js';
import { offered_by_driver, offered_by_ops, type OfferForm } from './offer.js';

/** What the eras of the samples do differently. */
export interface SampleEra {
  readonly vfio: VfioApi;
  readonly offer: OfferForm;
  /** each descriptor is the driver's business; else the first and the last one */
  readonly perFd: boolean;
  /** who needs it pins its own module with each descriptor */
  readonly pins: boolean;
  /** whether mtty keeps to the number of its ports. Source: mtty_probe(), since 5.14 */
  readonly limitsPorts: boolean;
  /** whether mbochs has its budget right, with the errno that goes with it. Source: facts, 8.3 */
  readonly countsMemory: boolean;
}

export const SERIES_02: SampleEra = {
  vfio: in_group_of_bus,
  offer: offered_by_ops,
  perFd: true,
  pins: true,
  limitsPorts: false,
  countsMemory: false,
};

export const SERIES_11: SampleEra = { ...SERIES_02, offer: offered_by_driver };

/** The core pins drivers, and who did it before still does. Source: "vfio/samples: Remove module get/put", August 2021, in 5.15 */
export const V5_14: SampleEra = { ...SERIES_02, limitsPorts: true };

export const V6_0: SampleEra = {
  vfio: in_group_of_its_own,
  offer: offered_by_driver,
  perFd: false,
  pins: false,
  limitsPorts: true,
  countsMemory: true,
};

/** What devices use up. */
export interface Budget {
  /** @returns 0, or -errno when there is no more */
  take(mdev: MdevDevice): number;
  give(mdev: MdevDevice): void;
  /** what a registration that fails used up is lost */
  readonly lostByFailure?: boolean;
  /** a remove gives back what a user may still be using */
  readonly givenEarly?: boolean;
}

/** What makes one sample of the frame below. */
export interface Sample {
  readonly name: string;
  readonly opsName?: string;
  readonly types: readonly MdevTypeGroup[];
  readonly dev_groups: readonly AttributeGroup[];
  readonly budget: Budget;
  /** whether it pins itself, in the eras where that is the driver's business */
  readonly pinsItself?: boolean;
  /** what is behind a device's descriptor */
  make(k: Kernel, mdev: MdevDevice): Behind;
  opened?(k: Kernel): void;
  /** one descriptor less, or the last one */
  closed?(k: Kernel, behind: Behind): void;
  removing?(k: Kernel, mdev: MdevDevice): void;
}

const behind = (device: VfioDevice): Behind => device.driver_data as Behind;

function dev_ops(mod: Module, era: SampleEra, sample: Sample): VfioDeviceOps {
  const pinned = era.pins && sample.pinsItself ? mod : undefined;
  const per_fd: VfioDeviceOps['per_fd'] = {
    *open(k) {
      sample.opened?.(k);
      return try_module_get(pinned) ? 0 : -Errno.ENODEV;
    },
    *release(k, device) {
      sample.closed?.(k, behind(device));
      module_put(pinned);
    },
  };
  const close_device: VfioDeviceOps['close_device'] = function* (k, device) {
    sample.closed?.(k, behind(device));
  };
  return {
    driver: sample.name,
    ...(sample.opsName === undefined ? {} : { name: sample.opsName }),
    ...(era.perFd ? { per_fd } : sample.closed ? { close_device } : {}),
    read: (_k, device, count, pos) => behind(device).read(pos, count),
    write: (_k, device, data, pos) => behind(device).write(pos, data),
    ioctl: (_k, device, request, arg) => behind(device).ioctl(request, arg.memory),
    mmap: (_k, device, offset, length) => behind(device).mmap?.(offset, length) ?? -Errno.EINVAL,
  };
}

/** The driver of one loaded module. */
export function sample_driver(mod: Module, era: SampleEra, sample: Sample): MdevDriver {
  const { vfio } = era;
  const { budget } = sample;
  const ops = dev_ops(mod, era, sample);
  return {
    name: sample.name,
    owner: mod,
    dev_groups: sample.dev_groups,
    supported_type_groups: sample.types,
    *probe(k, mdev) {
      const refused = budget.take(mdev);
      if (refused) return refused;
      // Without an init of the driver's there is nothing that could fail.
      const device = (yield* vfio.alloc(k, mdev.dev, ops)) as VfioDevice;
      device.driver_data = sample.make(k, mdev);
      const error = yield* vfio.register(k, device);
      if (!error) {
        mdev.dev.driver_data = device;
        return 0;
      }
      if (budget.lostByFailure) k.leaked.push(`what ${mdev.dev.name} took of ${sample.name}`);
      else budget.give(mdev);
      yield* vfio.free(k, device);
      return error;
    },
    *remove(k, mdev) {
      sample.removing?.(k, mdev);
      const device = mdev.dev.driver_data as VfioDevice;
      if (budget.givenEarly) budget.give(mdev);
      yield* vfio_unregister_group_dev(k, device);
      if (!budget.givenEarly) budget.give(mdev);
      yield* vfio.free(k, device);
    },
  };
}

/** What every sample needs to be one in that era. */
export const sample_imports = (era: SampleEra): readonly string[] => [
  ...binds_devices,
  'mdev_get_type_group_id',
  'mtype_get_type_group_id',
  ...era.vfio.imports,
];
