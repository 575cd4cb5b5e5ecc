/** A descriptor pins the driver's module and uses the container, each for itself. Source: drivers/vfio/vfio_main.c, vfio_device_open(), vfio_device_fops_release(), 6.1 */
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { module_put, try_module_get } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { close_device, open_device } from './callbacks.js';
import { vfio_group_unuse_container, vfio_group_use_container } from './container.js';
import { driver_owner } from './device.js';
import type { VfioDevice } from './types.js';

/** Source: vfio_device_unassign_container() */
function* unassign(k: Kernel, device: VfioDevice): MightSleep<void> {
  const group = device.group!;
  yield* group.group_lock.lock(k);
  vfio_group_unuse_container(k, group);
  group.group_lock.unlock(k);
}

/** The first descriptor opens the device. @returns 0 or -errno */
function* count_up(k: Kernel, device: VfioDevice): MightSleep<number> {
  const { lock } = device.dev_set!;
  const { group_lock } = device.group!;
  yield* lock.lock(k);
  let error = 0;
  if (++device.open_count === 1) {
    yield* group_lock.lock(k);
    error = yield* open_device(k, device);
    if (error) device.open_count--;
    group_lock.unlock(k);
  }
  lock.unlock(k);
  return error;
}

/** @returns 0; -EINVAL without container or backend, -ENODEV, or what open_device returns */
export function* open_each(k: Kernel, device: VfioDevice): MightSleep<number> {
  const group = device.group!;
  yield* group.group_lock.lock(k);
  const refused = vfio_group_use_container(group);
  group.group_lock.unlock(k);
  if (refused) return refused;
  const owner = driver_owner(device);
  if (!try_module_get(owner)) {
    yield* unassign(k, device);
    return -Errno.ENODEV;
  }
  const error = yield* count_up(k, device);
  if (error) {
    module_put(owner);
    yield* unassign(k, device);
  }
  return error;
}

/** The last descriptor closes the device. */
export function* close_each(k: Kernel, device: VfioDevice): MightSleep<void> {
  const { lock } = device.dev_set!;
  const { group_lock } = device.group!;
  yield* lock.lock(k);
  yield* group_lock.lock(k);
  if (device.open_count === 1) yield* close_device(k, device);
  group_lock.unlock(k);
  device.open_count--;
  lock.unlock(k);
  module_put(driver_owner(device));
  yield* unassign(k, device);
}
