/** The module vfio.ko. Source: drivers/vfio/vfio_main.c, vfio_init(), vfio_cleanup(), 6.1; group.c, 6.12 */
import { alloc_chrdev_region, unregister_chrdev_region } from '../kernel/chrdev.js';
import { class_create, class_destroy } from '../kernel/class.js';
import { misc_deregister, misc_register } from '../kernel/misc.js';
import type { Export, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import { vfio_container_dev } from './container.js';
import { vfio } from './state.js';

/**
 * The module of one era.
 * @param exports its symbols and their licences
 */
export function vfio_module(exports: readonly Export[]): ModuleDefinition {
  return {
    name: 'vfio',
    license: 'GPL v2',
    version: '0.3',
    imports: [],
    exports,

    *init(k, mod) {
      const state = vfio(k);
      state.module = mod;
      state.container_dev = vfio_container_dev(mod);
      const misc = yield* misc_register(k, state.container_dev);
      if (misc) return misc;
      const group_class = yield* class_create(k, 'vfio', {
        devnode: (dev) => ({ name: `vfio/${dev.name}` }),
      });
      if (typeof group_class === 'number') {
        yield* misc_deregister(k, state.container_dev);
        return group_class;
      }
      const device_class = yield* class_create(k, 'vfio-dev');
      if (typeof device_class === 'number') {
        yield* class_destroy(k, group_class);
        yield* misc_deregister(k, state.container_dev);
        return device_class;
      }
      state.class = group_class;
      state.device_class = device_class;
      state.group_major = alloc_chrdev_region(k);
      printk(k, LogLevel.INFO, 'VFIO - User Level meta-driver version: 0.3');
      return 0;
    },

    *exit(k) {
      const state = vfio(k);
      unregister_chrdev_region(k, state.group_major);
      yield* class_destroy(k, state.device_class!);
      yield* class_destroy(k, state.class!);
      yield* misc_deregister(k, state.container_dev!);
    },
  };
}
