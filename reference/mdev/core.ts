/** Parents and devices: registration, create, remove. Source: drivers/vfio/mdev/mdev_core.c, 6.1 */
import { class_compat_create_link, class_compat_remove_link } from '../kernel/class.js';
import { device_add, device_del } from '../kernel/core.js';
import { device_driver_attach } from '../kernel/dd.js';
import { dev_printk, Device, put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { kobject_get, kobject_put } from '../kernel/kobject.js';
import { RwSem } from '../kernel/locks.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { kobject_uevent } from '../kernel/uevent.js';
import { mdev_core } from './state.js';
import {
  mdev_create_sysfs_files,
  mdev_device_groups,
  mdev_remove_sysfs_files,
  parent_create_sysfs_files,
  parent_remove_sysfs_files,
} from './sysfs.js';
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
    parent.available_instances = parent.mdev_driver.max_instances >>> 0;
    const error = yield* parent_create_sysfs_files(k, parent);
    if (error) return error;
    const { dev } = parent;
    if (class_compat_create_link(k, mdev_core(k).compat_class!, dev)) {
      dev_printk(k, LogLevel.WARNING, dev, 'Failed to create compatibility class link');
    }
    dev_printk(k, LogLevel.INFO, dev, 'MDEV: Registered');
    kobject_uevent(k, dev.kobj, 'change', { MDEV_STATE: 'registered' });
    return 0;
  },
);

/**
 * Takes a parent's types back, with every device of the parent, oldest first. Waits for creates
 * and removes under way, and for devices that are in use.
 */
export const mdev_unregister_parent = tracepoint(
  'mdev_unregister_parent',
  (parent: MdevParent) => ({ dev: parent.dev.name }),
  function* (k, parent) {
    const { dev } = parent;
    dev_printk(k, LogLevel.INFO, dev, 'MDEV: Unregistering');
    yield* parent.unreg_sem.down_write(k);
    class_compat_remove_link(k, mdev_core(k).compat_class!, dev);
    for (const child of [...dev.children]) {
      if (child.bus === mdev_core(k).bus)
        yield* mdev_device_remove_common(k, to_mdev_device(child));
    }
    yield* parent_remove_sysfs_files(k, parent);
    parent.unreg_sem.up_write(k);
    kobject_uevent(k, dev.kobj, 'change', { MDEV_STATE: 'unregistered' });
  },
);

/** The caller holds unreg_sem, for reading or writing. */
function* mdev_device_remove_common(k: Kernel, mdev: MdevDevice): MightSleep<void> {
  mdev_remove_sysfs_files(k, mdev);
  yield* device_del(k, mdev.dev);
  yield* put_device(k, mdev.dev);
}

/** The last reference is gone: only now are the uuid and the instance free again. */
const mdev_device_release = tracepoint(
  'mdev_device_release',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    const mdev = to_mdev_device(dev);
    const { mdev_list, mdev_list_lock } = mdev_core(k);
    const parent = mdev.type.parent!;
    yield* mdev_list_lock.lock(k);
    mdev_list.splice(mdev_list.indexOf(mdev), 1);
    if (!parent.mdev_driver.get_available) {
      parent.available_instances = (parent.available_instances + 1) >>> 0;
    }
    mdev_list_lock.unlock(k);
    yield* kobject_put(k, mdev.type.kobj!);
  },
);

/** A device that is on the list, but nowhere else yet. The caller holds the list's lock. */
function mdev_alloc(k: Kernel, type: MdevType, uuid: string): MdevDevice {
  const parent = type.parent!;
  const dev = new Device({
    name: uuid,
    parent: parent.dev,
    bus: mdev_core(k).bus!,
    groups: mdev_device_groups,
    release: mdev_device_release,
  });
  const mdev: MdevDevice = { dev, uuid, type, active: false };
  dev.owner = mdev;
  kobject_get(type.kobj!);
  mdev_core(k).mdev_list.push(mdev);
  return mdev;
}

/** @returns the new device, -EEXIST if the uuid is taken, -EUSERS if the parent has no more */
function* reserve(k: Kernel, type: MdevType, uuid: string): MightSleep<MdevDevice | number> {
  const { mdev_list, mdev_list_lock } = mdev_core(k);
  const parent = type.parent!;
  yield* mdev_list_lock.lock(k);
  let result: MdevDevice | number;
  if (mdev_list.some((each) => each.uuid === uuid)) {
    result = -Errno.EEXIST;
  } else if (!parent.mdev_driver.get_available && parent.available_instances === 0) {
    result = -Errno.EUSERS;
  } else {
    if (!parent.mdev_driver.get_available) parent.available_instances--;
    result = mdev_alloc(k, type, uuid);
  }
  mdev_list_lock.unlock(k);
  return result;
}

/**
 * Makes a device of a type and binds it to the parent's driver.
 * @param uuid lower case
 * @returns 0; -EEXIST, -EUSERS; -ENODEV while the parent is being unregistered or somebody waits
 *   to do so; else what the driver or sysfs says
 */
export const mdev_device_create = tracepoint(
  'mdev_device_create',
  (type: MdevType, uuid: string) => ({ type: type.kobj!.name, uuid }),
  function* (k, type, uuid) {
    const mdev = yield* reserve(k, type, uuid);
    if (typeof mdev === 'number') return mdev;
    const { unreg_sem } = type.parent!;
    if (!unreg_sem.down_read_trylock(k)) {
      yield* put_device(k, mdev.dev);
      return -Errno.ENODEV;
    }
    const error = yield* add_and_bind(k, mdev);
    unreg_sem.up_read(k);
    if (error) yield* put_device(k, mdev.dev);
    return error;
  },
);

function* add_and_bind(k: Kernel, mdev: MdevDevice): MightSleep<number> {
  const added = yield* device_add(k, mdev.dev);
  if (added) return added;
  const { driver } = mdev.type.parent!.mdev_driver;
  const error =
    (yield* device_driver_attach(k, driver!, mdev.dev)) || mdev_create_sysfs_files(k, mdev);
  if (error) yield* device_del(k, mdev.dev);
  else mdev.active = true;
  return error;
}

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
);
