import type { Device } from './device.js';
import { kernel_root } from './ksets.js';
import type { Kernel } from './kernel.js';
import {
  Kobject,
  kobject_create_and_add,
  kobject_put,
  Kset,
  kset_register,
  kset_unregister,
  type KobjType,
} from './kobject.js';
import type { MightSleep } from './scheduler.js';
import { sysfs_create_link, sysfs_remove_link } from './sysfs.js';
import { failpointAtomic } from './tracepoint.js';

/** A kind of device as user space sees it. Source: struct class, include/linux/device/class.h, 6.1 */
export interface DeviceClass {
  readonly name: string;
  readonly subsys: Kset;
  /** directories that stand between a parent and its children of this class */
  readonly glue_dirs: Kobject[];
  /** the name and mode of a device's node below /dev */
  devnode?(dev: Device): { name?: string; mode?: number };
  dev_release?(k: Kernel, dev: Device): MightSleep<void>;
}

const class_ktype: KobjType = { name: 'class_ktype' };

/**
 * Registers a class: /sys/class/NAME and its uevent.
 * @returns the class, or -errno
 * Source: __class_register(), drivers/base/class.c, 6.1
 */
export function* class_create(
  k: Kernel,
  name: string,
  ops: Pick<DeviceClass, 'devnode' | 'dev_release'> = {},
): MightSleep<DeviceClass | number> {
  const kobj = new Kobject(name, class_ktype);
  kobj.kset = kernel_root(k).class_kset;
  const cls: DeviceClass = { name, subsys: new Kset(kobj), glue_dirs: [], ...ops };
  const error = yield* kset_register(k, cls.subsys);
  return error || cls;
}

/** Source: class_unregister() */
export function class_destroy(k: Kernel, cls: DeviceClass): MightSleep<void> {
  return kset_unregister(k, cls.subsys);
}

/**
 * A directory below /sys/class that holds nothing but links, and makes no uevents.
 * Source: class_compat_register()
 */
export function class_compat_register(k: Kernel, name: string): MightSleep<Kobject | number> {
  return kobject_create_and_add(k, name, kernel_root(k).class_kset.kobj);
}

/** Source: class_compat_unregister() */
export function class_compat_unregister(k: Kernel, cls: Kobject): MightSleep<void> {
  return kobject_put(k, cls);
}

/** Source: class_compat_create_link() @returns 0 or -errno */
export const class_compat_create_link = failpointAtomic(
  'class_compat_create_link',
  (cls: Kobject, dev: Device) => ({ class: cls.name, dev: dev.name }),
  (k, cls, dev) => sysfs_create_link(k, cls, dev.kobj, dev.name),
);

/** Source: class_compat_remove_link() */
export function class_compat_remove_link(k: Kernel, cls: Kobject, dev: Device): void {
  sysfs_remove_link(k, cls, dev.name);
}
