/** The eras of mdev.ko from 5.13 up to the coming of mdev_register_parent(). */
import { dev_printk, put_device, type Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { kobject_get, kobject_put } from '../kernel/kobject.js';
import { LogLevel } from '../kernel/printk.js';
import { bind_driver } from './bind-driver.js';
import { grouped_by_create, matched_with_parent } from './bus-groups.js';
import { forget, mdev_device_create } from './core.js';
import { bound_by_create } from './driver.js';
import type { MdevEra, MdevLifetime } from './era.js';
import { created_by_ops, mdev_5_10, needs_create_and_remove } from './parent-ops.js';
import {
  add_device,
  attach_driver,
  bus,
  children,
  class_link,
  compat_class_at_parent,
  compat_class_if_made,
  link_type,
  remove_file,
} from './steps.js';
import { mdev_device_groups } from './sysfs.js';
import { type_groups, type_groups_held, types_kset } from './type-groups.js';
import type { MdevParentOps } from './types.js';
import { shim_5_13, shim_5_14, shim_in_core } from './vfio-mdev.js';

/** A device keeps its type, which keeps the parent. Source: mdev_device_release(), 5.13 */
const type_held: MdevLifetime = {
  take(type) {
    kobject_get(type.kobj!);
    return 0;
  },
  abandon: (k, mdev) => put_device(k, mdev.dev),
  *parted() {
    // The device holds nothing beyond its own life.
  },
  *release(k, mdev) {
    yield* kobject_put(k, mdev.type.kobj!);
    yield* forget(k, mdev);
  },
};

/** A parent that can't be asked for its devices is worth a line. Source: mdev_register_device(), 5.13 */
function mention_missing_request(k: Kernel, dev: Device, ops: MdevParentOps): void {
  if (ops.request) return;
  dev_printk(k, LogLevel.INFO, dev, 'Driver cannot be asked to release device');
}

const ops_create = created_by_ops((mdev) => ({ dev: mdev.dev.name }));

/** As 5.10, but for who keeps whom. Source: drivers/vfio/mdev/, 5.13 */
export const mdev_5_13: MdevEra = {
  ...mdev_5_10,
  parent: mdev_5_10.parent.map((step) => (step === type_groups ? type_groups_held : step)),
  create: [ops_create, add_device, link_type, remove_file],
  lifetime: type_held,
  checkOps(k, dev, ops) {
    const refused = needs_create_and_remove(ops);
    if (!refused) mention_missing_request(k, dev, ops);
    return refused;
  },
  mdev_device_create,
};

/** The shim comes with the core. Source: the series, patch 01 */
export const mdev_series_01: MdevEra = {
  ...mdev_5_13,
  module: [bus, compat_class_if_made, shim_in_core(shim_5_13)],
};

/** Types, and either a driver of the devices or somebody to make them. Source: the series, patch 02; 5.14 */
const needs_driver_or_create = (ops: MdevParentOps): number =>
  ops.supported_type_groups && (ops.device_driver ?? (ops.create && ops.remove))
    ? 0
    : -Errno.EINVAL;

/** A create binds, to the driver that the parent names, else to the shim. Source: drivers/vfio/mdev/, 5.14 */
export const mdev_5_14: MdevEra = {
  ...mdev_5_13,
  module: [bus, compat_class_if_made, shim_in_core(shim_5_14)],
  create: [ops_create, add_device, attach_driver, link_type, remove_file],
  bus: grouped_by_create,
  checkOps: (_k, _dev, ops) => needs_driver_or_create(ops),
};

/** The parent has a driver and nothing else; the device has its `remove` from the start. Source: drivers/vfio/mdev/, 5.19 and 6.0 */
export const mdev_6_0: MdevEra = {
  module: [bus, compat_class_if_made],
  parent: [compat_class_at_parent, types_kset, type_groups_held, children, class_link],
  create: [add_device, attach_driver, link_type],
  lifetime: type_held,
  deviceGroups: () => mdev_device_groups,
  bus: bound_by_create,
  checkDriver: () => 0,
  mdev_device_create,
};

/** The parent may name the driver, and the bus matches it. Source: the series, patch 02 */
export const mdev_series_02: MdevEra = {
  ...mdev_series_01,
  create: [ops_create, add_device, bind_driver, link_type, remove_file],
  bus: matched_with_parent,
  checkOps(k, dev, ops) {
    const refused = needs_driver_or_create(ops);
    if (!refused) mention_missing_request(k, dev, ops);
    return refused;
  },
};

/** There is no shim: the parent has to name the driver. Source: the series, patch 09 */
export const mdev_series_09: MdevEra = {
  ...mdev_series_02,
  module: [bus, compat_class_if_made],
  create: [add_device, bind_driver, link_type, remove_file],
  checkOps: (_k, _dev, ops) => (ops.supported_type_groups && ops.device_driver ? 0 : -Errno.EINVAL),
};

/** The driver is all that the parent has. Source: the series, patches 10 to 13 */
export const mdev_series_11: MdevEra = {
  ...mdev_6_0,
  create: [add_device, bind_driver, link_type],
  bus: matched_with_parent,
};
