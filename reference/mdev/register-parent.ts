/** The era of mdev_register_parent(): the parent names the driver of its devices. Source: drivers/vfio/mdev/mdev_core.c, 6.1 and 6.12 */
import { put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { kobject_get, kobject_put } from '../kernel/kobject.js';
import type { Step } from '../kernel/steps.js';
import { forget, mdev_device_create } from './core.js';
import { bound_by_create } from './driver.js';
import type { MdevEra, MdevLifetime } from './era.js';
import {
  add_device,
  attach_driver,
  bus,
  children,
  class_link,
  compat_class_at_load,
  link_type,
} from './steps.js';
import {
  mdev_device_groups,
  parent_create_sysfs_files,
  parent_remove_sysfs_files,
} from './sysfs.js';
import type { MdevParent } from './types.js';

/** The types as an array of structures. */
const types: Step<MdevParent> = {
  make: parent_create_sysfs_files,
  undo: parent_remove_sysfs_files,
};

/** Whether the core counts the parent's instances, which it does unless the driver says a number. */
const counts = (parent: MdevParent): boolean => !parent.mdev_driver!.get_available;

/** A device keeps its type, and uses one of the parent's instances until the last reference is gone. */
const counted: MdevLifetime = {
  take(type) {
    const parent = type.parent!;
    if (counts(parent)) {
      if (parent.available_instances === 0) return -Errno.EUSERS;
      parent.available_instances--;
    }
    kobject_get(type.kobj!);
    return 0;
  },
  abandon: (k, mdev) => put_device(k, mdev.dev),
  *parted() {
    // The device holds nothing beyond its own life.
  },
  *release(k, mdev) {
    const parent = mdev.type.parent!;
    yield* forget(k, mdev, () => {
      if (counts(parent)) parent.available_instances = (parent.available_instances + 1) >>> 0;
    });
    yield* kobject_put(k, mdev.type.kobj!);
  },
};

export const mdev_6_1: MdevEra = {
  module: [bus, compat_class_at_load],
  parent: [types, children, class_link],
  create: [add_device, attach_driver, link_type],
  lifetime: counted,
  deviceGroups: () => mdev_device_groups,
  bus: bound_by_create,
  checkDriver: (drv) => (drv.device_api === undefined ? -Errno.EINVAL : 0),
  mdev_device_create,
};
