/**
 * mscript as a driver of its devices in the eras of mdev_register_device(). Its parameters are those
 * of 6.1, as far as they make sense: the limit is the driver's own, and the types are its groups.
 * assumed: no kernel of these eras was recorded
 */
import type { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { ParamDefs } from '../../kernel/params.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { msleep } from '../../kernel/wait.js';
import type { MdevDevice, MdevDriver, MdevTypeAttribute, MdevTypeGroup } from '../../mdev/types.js';
import { vfio_unregister_group_dev } from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { binds_devices } from '../imports.js';
import {
  bool,
  info,
  more_controls,
  mscript_of,
  ms_ops,
  params,
  TYPES,
  values,
  vattr,
  type MscriptForm,
  type Values,
} from '../mscript.js';
import { device_api } from '../parent-ops/sample.js';
import type { VfioApi } from '../vfio-api.js';
import type { OfferForm } from './offer.js';

const driver_params: ParamDefs = {
  ...Object.fromEntries(
    Object.entries(params).filter(([name]) => name !== 'init_ret' && name !== 'no_api'),
  ),
  /** the parent is registered without a driver, or without types, or one type has no name */
  no_driver: bool(false),
  no_types: bool(false),
  noname_type: bool(false),
};

type DriverValues = Values & {
  readonly no_driver: number;
  readonly no_types: number;
  readonly noname_type: number;
};
const scripted = (mod: Module): DriverValues => values(mod) as DriverValues;

/** What the eras of the module do differently. */
export interface MscriptEra {
  readonly vfio: VfioApi;
  readonly offer: OfferForm;
  /** each descriptor is the driver's business */
  readonly perFd: boolean;
  /** the driver is asked to initialise and to release its VFIO device */
  readonly hasInit: boolean;
}

/** How many devices each parent has. */
type Used = Map<Device, number>;

function type_groups(mod: Module, used: Used): readonly MdevTypeGroup[] {
  const v = scripted(mod);
  const attrs: MdevTypeAttribute[] = [
    {
      name: 'name',
      show: (_k, { sysfs_name, pretty_name }) => `${pretty_name ?? sysfs_name}\n`,
    },
    device_api,
    {
      name: 'available_instances',
      show: (_k, { parent }) =>
        `${v.use_avail ? v.avail : v.max_inst - (used.get(parent!.dev) ?? 0)}\n`,
    },
    ...(v.desc
      ? [
          {
            name: 'description',
            show: (_k: Kernel, { sysfs_name }: { sysfs_name: string }) =>
              `scripted type ${sysfs_name}\n`,
          },
        ]
      : []),
  ];
  return TYPES.slice(0, Math.max(0, v.nr_types)).map((type, at) => ({
    name: v.noname_type && at === 1 ? undefined : (v.dup_type ? TYPES[0]! : type).sysfs_name,
    attrs,
    type,
  }));
}

/** The operations of 6.1, in the form of the era. */
function vfio_ops(mod: Module, era: MscriptEra): VfioDeviceOps {
  const { init, release, open_device, close_device, ...ops } = ms_ops(mod);
  return {
    ...ops,
    ...(era.hasInit ? { init: init!, release: release! } : {}),
    ...(era.perFd
      ? { per_fd: { open: open_device!, release: close_device! } }
      : { open_device: open_device!, close_device: close_device! }),
  };
}

function* register(
  k: Kernel,
  device: VfioDevice,
  mod: Module,
  { vfio }: MscriptEra,
): MightSleep<number> {
  const error = yield* vfio.register(k, device);
  const { late_ret } = scripted(mod);
  if (error || !late_ret) return error;
  yield* vfio_unregister_group_dev(k, device);
  return late_ret;
}

function* offer_to_vfio(
  k: Kernel,
  mdev: MdevDevice,
  mod: Module,
  era: MscriptEra,
): MightSleep<number> {
  const device = yield* era.vfio.alloc(k, mdev.dev, vfio_ops(mod, era));
  if (typeof device === 'number') return device;
  const error = yield* register(k, device, mod, era);
  if (error) yield* era.vfio.free(k, device);
  else mdev.dev.driver_data = device;
  return error;
}

function ms_driver(mod: Module, era: MscriptEra): MdevDriver {
  const v = scripted(mod);
  const used: Used = new Map();
  const count = (dev: Device, by: number): void => {
    used.set(dev, (used.get(dev) ?? 0) + by);
  };

  function* ms_probe(k: Kernel, mdev: MdevDevice): MightSleep<number> {
    info(k, mdev.dev, `ms_probe type=${mdev.type.sysfs_name} probe_ret=${v.probe_ret}`);
    if (v.probe_delay_ms) yield* msleep(k, v.probe_delay_ms);
    if (v.probe_ret) return v.probe_ret;
    const parent = mdev.dev.parent!;
    if (!v.use_avail && v.max_inst >= 0 && (used.get(parent) ?? 0) >= v.max_inst) {
      return -Errno.EUSERS;
    }
    count(parent, 1);
    const error = v.use_vfio ? yield* offer_to_vfio(k, mdev, mod, era) : 0;
    if (error) count(parent, -1);
    return error;
  }

  function* ms_remove(k: Kernel, mdev: MdevDevice): MightSleep<void> {
    info(k, mdev.dev, 'ms_remove begin');
    if (v.remove_delay_ms) yield* msleep(k, v.remove_delay_ms);
    const device = mdev.dev.driver_data as VfioDevice | undefined;
    if (device) {
      yield* vfio_unregister_group_dev(k, device);
      yield* era.vfio.free(k, device);
    }
    count(mdev.dev.parent!, -1);
    info(k, mdev.dev, 'ms_remove end');
  }

  return {
    name: 'mscript',
    owner: mod,
    ...(v.no_types ? {} : { supported_type_groups: type_groups(mod, used) }),
    ...(v.no_probe ? {} : { probe: ms_probe }),
    ...(v.no_remove ? {} : { remove: ms_remove }),
    ...(v.collide ? { dev_groups: [{ attrs: [vattr(v.collide)] }] } : {}),
  };
}

const form = (era: MscriptEra): MscriptForm => ({
  register: 'mdev_register_device',
  unregister: 'mdev_unregister_device',
  driver: (mod) => ms_driver(mod, era),
  offer: (mod, driver) => era.offer(scripted(mod).no_driver ? undefined : driver),
  controls: more_controls,
});

/** @param kernelSymbols what it needs of the kernel for GPL modules only */
export const mscript_probed = (
  era: MscriptEra,
  kernelSymbols: readonly string[],
): ModuleDefinition =>
  mscript_of(
    form(era),
    era.hasInit ? { ...driver_params, init_ret: params.init_ret } : driver_params,
    [...binds_devices, ...era.vfio.imports, ...kernelSymbols],
    { name: 'mscript', license: 'Dual BSD/GPL' },
  );
