/**
 * The era of mdev_parent_ops: the parent's driver creates and removes the devices, and whoever is on
 * the bus binds them. Source: drivers/vfio/mdev/mdev_core.c, 5.10
 */
import { dev_printk, get_device, type Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { EventArgs, Kernel } from '../kernel/kernel.js';
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
import { mdev_put_parent } from './parent-ref.js';
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
import type { MdevDevice, MdevParent, MdevParentOps, MdevType, MdevTypeGroup } from './types.js';

function new_parent(
  k: Kernel,
  dev: Device,
  groups: readonly MdevTypeGroup[],
  who: Pick<MdevParent, 'ops' | 'mdev_driver'>,
): MdevParent {
  const name = `mdev parent ${dev.name}`;
  const ref = new Refcount(name);
  k.live.set(ref, { name });
  return {
    ...who,
    dev: get_device(dev),
    ref,
    types: groups.map((group) => ({ ...group.type, sysfs_name: group.name ?? '', group })),
    unreg_sem: new RwSem('unreg_sem'),
    available_instances: 0,
  };
}

/** The caller holds the list's lock. @returns 0 or -errno */
function* add_parent(k: Kernel, parent: MdevParent): MightSleep<number> {
  const error = yield* make_all(k, parent, k.profile.mdev.parent);
  if (error) yield* mdev_put_parent(k, parent);
  else mdev_core(k).parent_list.push(parent);
  return error;
}

/**
 * Offers types to user space.
 * @param who makes the devices, or binds them
 * @returns 0; -EEXIST for a parent that is one already; or what sysfs says
 */
export function* register_types(
  k: Kernel,
  dev: Device,
  groups: readonly MdevTypeGroup[],
  who: Pick<MdevParent, 'ops' | 'mdev_driver'>,
): MightSleep<number> {
  const { parent_list, parent_list_lock } = mdev_core(k);
  yield* parent_list_lock.lock(k);
  const known = parent_list.some((each) => each.dev === dev);
  const parent = known ? undefined : new_parent(k, dev, groups, who);
  const error = parent ? yield* add_parent(k, parent) : -Errno.EEXIST;
  parent_list_lock.unlock(k);
  if (!error) announce(k, parent!);
  return error;
}

/** As {@link register_types}, unless the era refuses: -EINVAL. */
export const mdev_register_device = tracepoint(
  'mdev_register_device',
  (dev: Device, _ops: MdevParentOps) => ({ dev: dev.name }),
  function* (k, dev, ops) {
    const refused = k.profile.mdev.checkOps!(k, dev, ops);
    if (refused) return refused;
    const mdev_driver = ops.device_driver ?? mdev_core(k).vfio_mdev_driver;
    const who = mdev_driver ? { ops, mdev_driver } : { ops };
    return yield* register_types(k, dev, ops.supported_type_groups!, who);
  },
  ERRNO,
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
function* ops_remove(k: Kernel, mdev: MdevDevice): MightSleep<number> {
  const ops = mdev.type.parent!.ops!;
  if (!ops.remove) return 0;
  return yield* callback(k, ops.driver, 'remove', { dev: mdev.dev.name }, ops.remove(k, mdev));
}

/**
 * The parent's driver makes the device, before anybody can see it; one that binds instead does not.
 * @param args what its callback is given
 */
export const created_by_ops = (args: (mdev: MdevDevice) => EventArgs): CreateStep => ({
  *make(k, mdev) {
    const { type } = mdev;
    const ops = type.parent!.ops!;
    if (!ops.create) return 0;
    return yield* callback(k, ops.driver, 'create', args(mdev), ops.create(k, type, mdev));
  },
  *undo(k, mdev) {
    yield* ops_remove(k, mdev);
  },
  *remove(k, mdev) {
    const error = yield* ops_remove(k, mdev);
    if (error) dev_printk(k, LogLevel.ERR, mdev.dev, `Remove failed: err=${error}`);
  },
});

const ops_create = created_by_ops((mdev) => ({ type: mdev.type.kobj!.name, dev: mdev.dev.name }));

/** Types, and somebody to make their devices. */
export const needs_create_and_remove = (ops: MdevParentOps): number =>
  ops.create && ops.remove && ops.supported_type_groups ? 0 : -Errno.EINVAL;

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
  ERRNO,
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
  checkOps: (_k, _dev, ops) => needs_create_and_remove(ops),
  mdev_device_create,
};
