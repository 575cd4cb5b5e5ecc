/**
 * mprop_mdev in the era of mdev_parent_ops: a proprietary module with a misc device as parent.
 * Source: the test module of the recordings (design, section 9)
 */
import { File } from '../../kernel/file.js';
import { misc_deregister, misc_register, type MiscDevice } from '../../kernel/misc.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type { MdevParentOps } from '../../mdev/types.js';
import { registers_device } from '../imports.js';
import { device_api } from './sample.js';

const pr_ops = (mod: Module): MdevParentOps => ({
  driver: 'mprop_mdev',
  owner: mod,
  supported_type_groups: [
    {
      name: 'p',
      attrs: [
        { name: 'name', show: () => 'proprietary type\n' },
        device_api,
        { name: 'available_instances', show: () => '2\n' },
      ],
    },
  ],
  *create(k) {
    printk(k, LogLevel.INFO, 'mprop_mdev: create');
    return 0;
  },
  *remove(k) {
    printk(k, LogLevel.INFO, 'mprop_mdev: remove');
    return 0;
  },
});

const devices = new WeakMap<Module, MiscDevice>();

export const mprop_mdev_ops: ModuleDefinition = {
  name: 'mprop_mdev',
  license: 'Proprietary',
  outOfTree: true,
  imports: registers_device,

  *init(k, mod) {
    const misc: MiscDevice = {
      owner: mod,
      name: 'mprop',
      *open(_k, mode) {
        return new File({ kind: 'mprop' }, mode);
      },
    };
    const registered = yield* misc_register(k, misc);
    if (registered) return registered;
    devices.set(mod, misc);
    const error = yield* mdev_register_device(k, misc.this_device!, pr_ops(mod));
    if (error) yield* misc_deregister(k, misc);
    return error;
  },

  *exit(k, mod) {
    const misc = devices.get(mod)!;
    yield* mdev_unregister_device(k, misc.this_device!);
    yield* misc_deregister(k, misc);
  },
};
