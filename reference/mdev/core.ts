/**
 * Parents and devices: registration, create, remove. What each of them consists of is the era's
 * (eras.ts). Source: drivers/vfio/mdev/mdev_core.c, 6.1, and 5.10 where it does the same
 */
import { dev_printk, Device, get_device, put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { Kernel } from '../kernel/kernel.js';
import { RwSem } from '../kernel/locks.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all, undo_all } from '../kernel/steps.js';
import { optionalTracepoint, tracepoint } from '../kernel/tracepoint.js';
import { kobject_uevent } from '../kernel/uevent.js';
import { mdev_core } from './state.js';
import {
  to_mdev_device,
  type MdevDevice,
  type MdevDriver,
  type MdevParent,
  type MdevType,
} from './types.js';

/** A parent as its driver declares it, not registered yet. */
export function mdev_parent(
  dev: Device,
  mdev_driver: MdevDriver,
  types: readonly MdevType[],
): MdevParent {
  return { dev, mdev_driver, types, unreg_sem: new RwSem('unreg_sem'), available_instances: 0 };
}

/**
 * Offers a parent's types to user space.
 * @returns 0, or what sysfs says; then nothing is left behind
 */
export const mdev_register_parent = tracepoint(
  'mdev_register_parent',
  (parent: MdevParent) => ({ dev: parent.dev.name, nr_types: parent.types.length }),
  function* (k, parent) {
    parent.available_instances = (parent.mdev_driver!.max_instances ?? 0) >>> 0;
    const error = yield* make_all(k, parent, k.profile.mdev.parent);
    if (!error) announce(k, parent);
    return error;
  },
  ERRNO,
);

/** Tells log and user space that the parent's types are there. */
export function announce(k: Kernel, { dev }: MdevParent): void {
  dev_printk(k, LogLevel.INFO, dev, 'MDEV: Registered');
  kobject_uevent(k, dev.kobj, 'change', { MDEV_STATE: 'registered' });
}

/**
 * Takes a parent's types back, with every device of the parent, oldest first. Waits for creates
 * and removes under way, and for devices that are in use.
 */
export const mdev_unregister_parent = tracepoint(
  'mdev_unregister_parent',
  (parent: MdevParent) => ({ dev: parent.dev.name }),
  function* (k, parent) {
    dev_printk(k, LogLevel.INFO, parent.dev, 'MDEV: Unregistering');
    yield* withdraw(k, parent);
    kobject_uevent(k, parent.dev.kobj, 'change', { MDEV_STATE: 'unregistered' });
  },
);

/** Takes back what the registration made, while nobody creates or removes. */
export function* withdraw(k: Kernel, parent: MdevParent): MightSleep<void> {
  yield* parent.unreg_sem.down_write(k);
  yield* undo_all(k, parent, k.profile.mdev.parent);
  parent.unreg_sem.up_write(k);
}

/**
 * Removes all devices of a parent, oldest first. Each is kept until the next one was found.
 * Source: mdev_device_remove_cb(); device_for_each_child(), drivers/base/core.c
 */
export function* remove_children(k: Kernel, { dev }: MdevParent): MightSleep<void> {
  for (const child of dev.children.map(get_device)) {
    if (child.bus === mdev_core(k).bus) yield* mdev_device_remove_common(k, to_mdev_device(child));
    yield* put_device(k, child);
  }
}

/** Takes back what the create made, newest first. The caller holds unreg_sem, for reading or writing. */
const mdev_device_remove_common = optionalTracepoint(
  'mdev_device_remove_common',
  (mdev: MdevDevice) => ({ dev: mdev.dev.name }),
  function* (k, mdev): MightSleep<void> {
    const { create, lifetime } = k.profile.mdev;
    for (const step of [...create].reverse()) {
      if (step.remove) yield* step.remove(k, mdev);
      else if (step.undo) yield* step.undo(k, mdev);
    }
    yield* put_device(k, mdev.dev);
    yield* lifetime.parted(k, mdev);
  },
);

/** The last reference is gone: only now is the uuid free again. */
const mdev_device_release = tracepoint(
  'mdev_device_release',
  (dev: Device) => ({ dev: dev.name }),
  (k, dev) => k.profile.mdev.lifetime.release(k, to_mdev_device(dev)),
);

/**
 * Takes a device off the list.
 * @param and what else belongs to it, under the list's lock
 */
export function* forget(
  k: Kernel,
  mdev: MdevDevice,
  and: () => void = () => undefined,
): MightSleep<void> {
  const { mdev_list, mdev_list_lock } = mdev_core(k);
  yield* mdev_list_lock.lock(k);
  mdev_list.splice(mdev_list.indexOf(mdev), 1);
  and();
  mdev_list_lock.unlock(k);
}

/** A device that is on the list, but nowhere else yet. The caller holds the list's lock. */
function mdev_alloc(k: Kernel, type: MdevType, uuid: string): MdevDevice {
  const parent = type.parent!;
  const dev = new Device({
    name: uuid,
    parent: parent.dev,
    bus: mdev_core(k).bus!,
    groups: k.profile.mdev.deviceGroups(type),
    release: mdev_device_release,
  });
  const mdev: MdevDevice = { dev, uuid, type, active: false, driver_data: undefined, probe_err: 0 };
  dev.owner = mdev;
  mdev_core(k).mdev_list.push(mdev);
  return mdev;
}

/** @returns the new device, -EEXIST if the uuid is taken, or the era's refusal */
function* reserve(k: Kernel, type: MdevType, uuid: string): MightSleep<MdevDevice | number> {
  const { mdev_list, mdev_list_lock } = mdev_core(k);
  yield* mdev_list_lock.lock(k);
  const error = mdev_list.some((each) => each.uuid === uuid)
    ? -Errno.EEXIST
    : k.profile.mdev.lifetime.take(type);
  const result = error || mdev_alloc(k, type, uuid);
  mdev_list_lock.unlock(k);
  return result;
}

/**
 * Makes a device of a type; the trace point before it is the era's.
 * @param uuid lower case
 * @returns 0; -EEXIST, or that there are no more; -ENODEV while the parent is being unregistered or
 *   somebody waits to do so; else what a step says, be it negative or positive
 */
export function* create_device(k: Kernel, type: MdevType, uuid: string): MightSleep<number> {
  const { create, lifetime } = k.profile.mdev;
  const mdev = yield* reserve(k, type, uuid);
  if (typeof mdev === 'number') return mdev;
  const { unreg_sem } = type.parent!;
  if (!unreg_sem.down_read_trylock(k)) {
    yield* lifetime.abandon(k, mdev);
    return -Errno.ENODEV;
  }
  const error = yield* make_all(k, mdev, create);
  if (!error) mdev.active = true;
  unreg_sem.up_read(k);
  if (error) {
    yield* put_device(k, mdev.dev);
    yield* lifetime.parted(k, mdev);
  }
  return error;
}

/** Source: mdev_device_create(), since 5.13 */
export const mdev_device_create = tracepoint(
  'mdev_device_create',
  (type: MdevType, uuid: string) => ({ type: type.kobj!.name, uuid }),
  create_device,
  ERRNO,
);

/**
 * Removes a device on behalf of user space.
 * @returns 0; -ENODEV if it is gone or its parent is going, -EAGAIN while its create isn't complete
 */
export const mdev_device_remove = tracepoint(
  'mdev_device_remove',
  (mdev: MdevDevice) => ({ dev: mdev.dev.name }),
  function* (k, mdev) {
    const { mdev_list, mdev_list_lock } = mdev_core(k);
    yield* mdev_list_lock.lock(k);
    const listed = mdev_list.includes(mdev);
    const active = mdev.active;
    if (listed && active) mdev.active = false;
    mdev_list_lock.unlock(k);
    if (!listed) return -Errno.ENODEV;
    if (!active) return -Errno.EAGAIN;
    const { unreg_sem } = mdev.type.parent!;
    if (!unreg_sem.down_read_trylock(k)) return -Errno.ENODEV;
    yield* mdev_device_remove_common(k, mdev);
    unreg_sem.up_read(k);
    return 0;
  },
  ERRNO,
);
