/** What the lists of an era are made of, as far as more than one of them has it. */
import { bus_register, bus_unregister } from '../kernel/bus.js';
import {
  class_compat_create_link,
  class_compat_register,
  class_compat_remove_link,
  class_compat_unregister,
} from '../kernel/class.js';
import { device_add, device_del } from '../kernel/core.js';
import { device_driver_attach } from '../kernel/dd.js';
import { dev_printk } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Module } from '../kernel/module.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import { sysfs_create_file, sysfs_remove_file } from '../kernel/sysfs.js';
import { remove_children } from './core.js';
import type { CreateStep } from './era.js';
import { mdev_core } from './state.js';
import { mdev_create_sysfs_files, mdev_remove_sysfs_files, remove } from './sysfs.js';
import type { MdevParent } from './types.js';

/** The mdev bus. Source: mdev_init(), drivers/vfio/mdev/mdev_core.c */
export const bus: Step<Module> = {
  *make(k) {
    const made = yield* bus_register(k, k.profile.mdev.bus);
    if (typeof made === 'number') return made;
    mdev_core(k).bus = made;
    return 0;
  },
  *undo(k) {
    yield* bus_unregister(k, mdev_core(k).bus!);
  },
};

function* make_compat_class(k: Kernel): MightSleep<number> {
  const core = mdev_core(k);
  if (core.compat_class) return 0;
  const cls = yield* class_compat_register(k, 'mdev_bus');
  if (typeof cls === 'number') return -Errno.ENOMEM;
  core.compat_class = cls;
  return 0;
}

function* drop_compat_class(k: Kernel): MightSleep<void> {
  const core = mdev_core(k);
  if (core.compat_class) yield* class_compat_unregister(k, core.compat_class);
  core.compat_class = undefined;
}

/** /sys/class/mdev_bus is there as long as the module. Source: mdev_init(), 6.1 */
export const compat_class_at_load: Step<Module> = {
  make: make_compat_class,
  undo: drop_compat_class,
};

/** /sys/class/mdev_bus goes with the module, if a parent ever made it. Source: mdev_exit(), 5.10 */
export const compat_class_if_made: Step<Module> = {
  *make() {
    return 0;
  },
  undo: drop_compat_class,
};

/** The first parent makes /sys/class/mdev_bus, even one that fails. Source: mdev_register_device(), 5.10 */
export const compat_class_at_parent: Step<MdevParent> = { make: make_compat_class };

/** A parent without the link is a parent all the same. */
export const class_link: Step<MdevParent> = {
  *make(k, { dev }) {
    if (class_compat_create_link(k, mdev_core(k).compat_class!, dev)) {
      dev_printk(k, LogLevel.WARNING, dev, 'Failed to create compatibility class link');
    }
    return 0;
  },
  *undo(k, { dev }) {
    class_compat_remove_link(k, mdev_core(k).compat_class!, dev);
  },
};

/** There are none at first; a parent that goes takes its devices along. */
export const children: Step<MdevParent> = {
  *make() {
    return 0;
  },
  undo: remove_children,
};

/** The device in sysfs and on the bus, whose drivers may get it at once. */
export const add_device: CreateStep = {
  make: (k, mdev) => device_add(k, mdev.dev),
  undo: (k, mdev) => device_del(k, mdev.dev),
};

/** The driver of the parent, and no other, gets the device. */
export const attach_driver: CreateStep = {
  make: (k, mdev) => device_driver_attach(k, mdev.type.parent!.mdev_driver!.driver!, mdev.dev),
};

/** Links between the device and its type. */
export const link_type: CreateStep = {
  *make(k, mdev) {
    return mdev_create_sysfs_files(k, mdev);
  },
  *undo(k, mdev) {
    mdev_remove_sysfs_files(k, mdev);
  },
};

/** The file `remove` of a device that is complete. Source: mdev_create_sysfs_files(), 5.10 */
export const remove_file: CreateStep = {
  *make(k, mdev) {
    return sysfs_create_file(k, mdev.dev.kobj, remove);
  },
  undo: (k, mdev) => sysfs_remove_file(k, mdev.dev.kobj, remove),
};
