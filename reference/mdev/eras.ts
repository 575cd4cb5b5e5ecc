/** The eras of mdev.ko from 5.13 up to the coming of mdev_register_parent(). */
import { dev_printk, put_device, type Device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import { kobject_get, kobject_put } from '../kernel/kobject.js';
import { LogLevel } from '../kernel/printk.js';
import { grouped_by_probe } from './bus-groups.js';
import { forget, mdev_device_create } from './core.js';
import type { MdevEra, MdevLifetime } from './era.js';
import { created_by_ops, needs_create_and_remove } from './parent-ops.js';
import {
  add_device,
  bus,
  children,
  class_link,
  compat_class_at_parent,
  compat_class_if_made,
  link_type,
  remove_file,
} from './steps.js';
import { parent_attributes, type_groups_held, types_kset } from './type-groups.js';
import type { MdevParentOps } from './types.js';
import { shim_5_13, shim_in_core } from './vfio-mdev.js';

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
  module: [bus, compat_class_if_made],
  parent: [
    compat_class_at_parent,
    types_kset,
    parent_attributes,
    type_groups_held,
    children,
    class_link,
  ],
  create: [ops_create, add_device, link_type, remove_file],
  lifetime: type_held,
  deviceGroups: (type) => type.parent!.ops!.mdev_attr_groups ?? [],
  bus: grouped_by_probe,
  checkDriver: () => 0,
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
