/**
 * The era of mdev_parent_ops: the parent's driver creates and removes the devices, and whoever is on
 * the bus binds them. Source: drivers/vfio/mdev/mdev_core.c, 5.10
 */
import { dev_printk, get_device, put_device, type Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { RwSem } from '../kernel/locks.js';
import { LogLevel } from '../kernel/printk.js';
import { Refcount } from '../kernel/refcount.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all } from '../kernel/steps.js';
import { callback, tracepoint } from '../kernel/tracepoint.js';
import { kobject_uevent } from '../kernel/uevent.js';
import { announce, create_device, forget, withdraw } from './core.js';
import { grouped_by_probe } from './bus-groups.js';
import type { CreateStep, MdevEra, MdevLifetime } from './era.js';
import { mdev_core } from './state.js';
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
import { parent_attributes, type_groups, types_kset } from './type-groups.js';
import type { MdevDevice, MdevParent, MdevParentOps, MdevType } from './types.js';

const new_parent = (dev: Device, ops: MdevParentOps): MdevParent => ({
  dev: get_device(dev),
  ops,
  ref: new Refcount(`mdev parent ${dev.name}`),
  types: (ops.supported_type_groups ?? []).map((group) => ({
    sysfs_name: group.name ?? '',
    group,
  })),
  unreg_sem: new RwSem('unreg_sem'),
  available_instances: 0,
});

/** Source: mdev_put_parent(), mdev_release_parent() */
function* mdev_put_parent(k: Kernel, parent: MdevParent): MightSleep<void> {
  if (parent.ref!.put()) yield* put_device(k, parent.dev);
}

/** The caller holds the list's lock. @returns 0 or -errno */
function* add_parent(k: Kernel, parent: MdevParent): MightSleep<number> {
  const error = yield* make_all(k, parent, k.profile.mdev.parent);
  if (error) yield* mdev_put_parent(k, parent);
  else mdev_core(k).parent_list.push(parent);
  return error;
}

/**
 * Offers a parent's types to user space.
 * @returns 0; -EINVAL without types, create or remove; -EEXIST for a parent that is one already; or
 *   what sysfs says
 */
export const mdev_register_device = tracepoint(
  'mdev_register_device',
  (dev: Device, _ops: MdevParentOps) => ({ dev: dev.name }),
  function* (k, dev, ops) {
    if (!ops.create || !ops.remove || !ops.supported_type_groups) return -Errno.EINVAL;
    const { parent_list, parent_list_lock } = mdev_core(k);
    yield* parent_list_lock.lock(k);
    const known = parent_list.some((each) => each.dev === dev);
    const parent = known ? undefined : new_parent(dev, ops);
    const error = parent ? yield* add_parent(k, parent) : -Errno.EEXIST;
    parent_list_lock.unlock(k);
    if (!error) announce(k, parent!);
    return error;
  },
);

/** Takes a parent's types and devices back; says nothing about a device that is no parent. */
export const mdev_unregister_device = tracepoint(
  'mdev_unregister_device',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev): MightSleep<void> {
    const { parent_list, parent_list_lock } = mdev_core(k);
    yield* parent_list_lock.lock(k);
    const at = parent_list.findIndex((each) => each.dev === dev);
    const [parent] = at < 0 ? [] : parent_list.splice(at, 1);
    if (parent) dev_printk(k, LogLevel.INFO, dev, 'MDEV: Unregistering');
    parent_list_lock.unlock(k);
    if (!parent) return;
    yield* withdraw(k, parent);
    yield* mdev_put_parent(k, parent);
    kobject_uevent(k, dev.kobj, 'change', { MDEV_STATE: 'unregistered' });
  },
);

/** What the parent's driver does when a device goes. @returns its answer, which changes nothing */
function ops_remove(k: Kernel, mdev: MdevDevice): MightSleep<number> {
  const ops = mdev.type.parent!.ops!;
  return callback(k, ops.driver, 'remove', { dev: mdev.dev.name }, ops.remove!(k, mdev));
}

/** The parent's driver makes the device, before anybody can see it. */
export const ops_create: CreateStep = {
  make(k, mdev) {
    const { type } = mdev;
    const ops = type.parent!.ops!;
    const args = { type: type.kobj!.name, dev: mdev.dev.name };
    return callback(k, ops.driver, 'create', args, ops.create!(k, type, mdev));
  },
  *undo(k, mdev) {
    yield* ops_remove(k, mdev);
  },
  *remove(k, mdev) {
    const error = yield* ops_remove(k, mdev);
    if (error) dev_printk(k, LogLevel.ERR, mdev.dev, `Remove failed: err=${error}`);
  },
};

/** A device keeps its parent, a little longer than itself, and nothing of its type. */
const parent_held: MdevLifetime = {
  take(type) {
    type.parent!.ref!.get();
    return 0;
  },
  *abandon(k, mdev) {
    yield* forget(k, mdev);
    yield* mdev_put_parent(k, mdev.type.parent!);
  },
  parted: (k, mdev) => mdev_put_parent(k, mdev.type.parent!),
  release: (k, mdev) => forget(k, mdev),
};

const mdev_device_create = tracepoint(
  'mdev_device_create',
  (type: MdevType, uuid: string) => ({
    type: type.kobj!.name,
    parent: type.parent!.dev.name,
    uuid,
  }),
  create_device,
);

export const mdev_5_10: MdevEra = {
  module: [bus, compat_class_if_made],
  parent: [
    compat_class_at_parent,
    types_kset,
    parent_attributes,
    type_groups,
    children,
    class_link,
  ],
  create: [ops_create, add_device, link_type, remove_file],
  lifetime: parent_held,
  deviceGroups: (type) => type.parent!.ops!.mdev_attr_groups ?? [],
  bus: grouped_by_probe,
  checkDriver: () => 0,
  mdev_device_create,
};
