/** The module vfio.ko. Source: drivers/vfio/vfio.c, vfio_init(), vfio_cleanup(), 5.10; vfio_main.c, 6.1; group.c, 6.12 */
import { alloc_chrdev_region, unregister_chrdev_region } from '../kernel/chrdev.js';
import { class_create, class_destroy } from '../kernel/class.js';
import { misc_deregister, misc_register } from '../kernel/misc.js';
import type { Export, Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import { make_all, undo_all, type Step } from '../kernel/steps.js';
import { vfio_container_dev } from './container.js';
import { vfio } from './state.js';

/** /dev/vfio/vfio */
export const container_device: Step<Module> = {
  *make(k, mod) {
    const dev = vfio_container_dev(mod);
    vfio(k).container_dev = dev;
    return yield* misc_register(k, dev);
  },
  *undo(k) {
    yield* misc_deregister(k, vfio(k).container_dev!);
  },
};

/** /sys/class/vfio, with the groups */
export const group_class: Step<Module> = {
  *make(k) {
    const cls = yield* class_create(k, 'vfio', {
      devnode: (dev) => ({ name: `vfio/${dev.name}` }),
    });
    if (typeof cls === 'number') return cls;
    vfio(k).class = cls;
    return 0;
  },
  *undo(k) {
    yield* class_destroy(k, vfio(k).class!);
  },
};

/** /sys/class/vfio-dev, in the eras where a VFIO device is a device */
export const device_class: Step<Module> = {
  *make(k) {
    const cls = yield* class_create(k, 'vfio-dev');
    if (typeof cls === 'number') return cls;
    vfio(k).device_class = cls;
    return 0;
  },
  *undo(k) {
    yield* class_destroy(k, vfio(k).device_class!);
  },
};

/** The major number of the groups. */
export const group_numbers: Step<Module> = {
  *make(k) {
    vfio(k).group_major = alloc_chrdev_region(k);
    return 0;
  },
  *undo(k) {
    unregister_chrdev_region(k, vfio(k).group_major);
  },
};

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
      vfio(k).module = mod;
      const error = yield* make_all(k, mod, k.profile.vfio.module);
      if (!error) printk(k, LogLevel.INFO, 'VFIO - User Level meta-driver version: 0.3');
      return error;
    },
    exit: (k, mod) => undo_all(k, mod, k.profile.vfio.module),
  };
}
