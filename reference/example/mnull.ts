/** mnull, a device that does nothing: the smallest vendor driver there can be. */
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { MdevDriver } from '../mdev/types.js';
import { sample_exit, sample_init, sample_probe, sample_remove } from '../vendors/sample.js';
import type { VfioDeviceOps } from '../vfio/types.js';

const ops: VfioDeviceOps = {
  driver: 'mnull',
  *init() {
    return 0;
  },
  *release() {
    // There is nothing to give back.
  },
};

const driver = (owner: Module): MdevDriver => ({
  name: 'mnull',
  owner,
  device_api: 'vfio-pci',
  max_instances: 2,
  probe: (k, mdev) => sample_probe(k, mdev, ops),
  remove: sample_remove,
});

/** The module. @param imports what it needs of mdev.ko and vfio.ko in its era */
export const mnull = (imports: readonly string[]): ModuleDefinition => ({
  name: 'mnull',
  license: 'GPL',
  outOfTree: true,
  imports,
  init: (k, mod) => sample_init(k, mod, driver(mod), [{ sysfs_name: 'only' }], () => undefined),
  exit: sample_exit,
});
