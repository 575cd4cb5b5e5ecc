/**
 * idxd as it was planned, and never merged: each dedicated work queue of a data streaming accelerator
 * that is meant for guests becomes a device. Source: "Add VFIO mediated device support and DEV-MSI
 * support for the idxd driver", v6, May 2021, which builds on the series
 */
import { Errno } from '../kernel/errno.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { Step } from '../kernel/steps.js';
import { mdev_register_driver, mdev_unregister_driver } from '../mdev/driver.js';
import type { MdevDriver } from '../mdev/types.js';
import { vfio_unregister_group_dev } from '../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { binds_devices } from './imports.js';
import { offered_by_driver } from './mdev-driver/offer.js';
import { module_of_steps } from '../kernel/module-of-steps.js';
import { pci_step, type PciFunction } from './pci.js';
import { in_group_of_bus } from './vfio-api.js';

/** Where the accelerator is. */
const SLOT = '0000:6a:01.0';

const ops: VfioDeviceOps = {
  driver: 'idxd_vdcm',
  per_fd: {
    *open() {
      return 0;
    },
    *release() {
      // The plan keeps nothing for a descriptor.
    },
  },
};

/** @param wqs dedicated work queues that are meant for guests */
function vdcm_driver(mod: Module, wqs: number): MdevDriver {
  let free = wqs;
  return {
    name: 'idxd_vdcm',
    owner: mod,
    supported_type_groups: [
      {
        name: '1dwq-v1',
        attrs: [
          { name: 'name', show: () => '1dwq-v1\n' },
          { name: 'device_api', show: () => 'vfio-pci\n' },
          { name: 'available_instances', show: () => `${free}\n` },
        ],
      },
    ],
    *probe(k, mdev) {
      // assumed: the errno, which the plan is not known for
      if (free === 0) return -Errno.ENODEV;
      free--;
      const device = (yield* in_group_of_bus.alloc(k, mdev.dev, ops)) as VfioDevice;
      const error = yield* in_group_of_bus.register(k, device);
      if (error) free++;
      else mdev.dev.driver_data = device;
      return error;
    },
    *remove(k, mdev) {
      yield* vfio_unregister_group_dev(k, mdev.dev.driver_data as VfioDevice);
      free++;
    },
  };
}

interface Parts {
  readonly mod: Module;
  readonly driver: MdevDriver;
  card?: PciFunction;
}

const driver: Step<Parts> = {
  make: (k, parts) => mdev_register_driver(k, parts.driver),
  undo: (k, parts) => mdev_unregister_driver(k, parts.driver),
};

const parent: Step<Parts> = {
  make: (k, parts) => offered_by_driver(parts.driver).register(k, parts.card!.dev),
  undo: (k, parts) => offered_by_driver(parts.driver).unregister(k, parts.card!.dev),
};

/** The accelerator, whose driver is idxd, and its work queues; a parameter says how many there are. */
export const idxd_mdev: ModuleDefinition = module_of_steps<Parts>(
  {
    name: 'idxd_mdev',
    license: 'GPL v2',
    vendors: ['idxd_mdev', 'idxd_vdcm'],
    imports: [...binds_devices, ...in_group_of_bus.imports],
    params: { wqs: { type: 'uint', init: 4, mode: 0o444 } },
  },
  (_k, mod) => ({ mod, driver: vdcm_driver(mod, mod.params['wqs'] as number) }),
  [pci_step(SLOT, 'idxd'), driver, parent],
);
