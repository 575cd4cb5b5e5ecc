/**
 * mprop_mdev, a proprietary module that uses only what mdev exports to everybody: a misc device as
 * parent, devices without VFIO. Source: the test module of the recordings (design, section 9)
 */
import { File } from '../kernel/file.js';
import { misc_deregister, misc_register, type MiscDevice } from '../kernel/misc.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import { mdev_parent, mdev_register_parent, mdev_unregister_parent } from '../mdev/core.js';
import { mdev_register_driver, mdev_unregister_driver } from '../mdev/driver.js';
import type { MdevDriver, MdevParent } from '../mdev/types.js';
import { registers_driver, registers_parent } from './imports.js';

interface State {
  readonly misc: MiscDevice;
  readonly driver: MdevDriver;
  readonly parent: MdevParent;
}

const states = new WeakMap<Module, State>();

const pr_driver = (mod: Module): MdevDriver => ({
  name: 'mprop_mdev',
  owner: mod,
  device_api: 'vfio-pci',
  max_instances: 2,
  *probe(k) {
    printk(k, LogLevel.INFO, 'mprop_mdev: probe');
    return 0;
  },
  *remove(k) {
    printk(k, LogLevel.INFO, 'mprop_mdev: remove');
  },
});

const pr_misc = (mod: Module): MiscDevice => ({
  owner: mod,
  name: 'mprop',
  *open(_k, mode) {
    return new File({ kind: 'mprop' }, mode);
  },
});

export const mprop_mdev: ModuleDefinition = {
  name: 'mprop_mdev',
  license: 'Proprietary',
  outOfTree: true,
  imports: [...registers_driver, ...registers_parent],

  *init(k, mod) {
    const misc = pr_misc(mod);
    const registered = yield* misc_register(k, misc);
    if (registered) return registered;
    const driver = pr_driver(mod);
    let error = yield* mdev_register_driver(k, driver);
    if (!error) {
      const types = [{ sysfs_name: 'p', pretty_name: 'proprietary type' }];
      const parent = mdev_parent(misc.this_device!, driver, types);
      error = yield* mdev_register_parent(k, parent);
      if (!error) {
        states.set(mod, { misc, driver, parent });
        return 0;
      }
      yield* mdev_unregister_driver(k, driver);
    }
    yield* misc_deregister(k, misc);
    return error;
  },

  *exit(k, mod) {
    const { misc, driver, parent } = states.get(mod)!;
    yield* mdev_unregister_parent(k, parent);
    yield* mdev_unregister_driver(k, driver);
    yield* misc_deregister(k, misc);
  },
};
