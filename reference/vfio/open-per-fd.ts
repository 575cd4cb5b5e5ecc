/** Each descriptor is the driver's business, and uses the container. Source: drivers/vfio/vfio.c, vfio_group_get_device_fd(), vfio_device_fops_release(), 5.10; the same up to 5.13 */
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { module_put, try_module_get } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { close, open } from './callbacks.js';
import { vfio_group_try_dissolve_container } from './container.js';
import { driver_owner } from './device.js';
import type { VfioDevice } from './types.js';

/** @returns 0, or what the driver says */
export function* open_per_fd(k: Kernel, device: VfioDevice): MightSleep<number> {
  const error = yield* open(k, device);
  if (!error) device.group!.container_users++;
  return error;
}

export function* release_per_fd(k: Kernel, device: VfioDevice): MightSleep<void> {
  yield* close(k, device);
  yield* vfio_group_try_dissolve_container(k, device.group!);
}

/** As {@link open_per_fd}; and the core pins the module of the device's driver. Source: 5.14 */
export function* open_pinned(k: Kernel, device: VfioDevice): MightSleep<number> {
  const owner = driver_owner(device);
  if (!try_module_get(owner)) return -Errno.ENODEV;
  const error = yield* open_per_fd(k, device);
  if (error) module_put(owner);
  return error;
}

export function* release_pinned(k: Kernel, device: VfioDevice): MightSleep<void> {
  yield* close(k, device);
  module_put(driver_owner(device));
  yield* vfio_group_try_dissolve_container(k, device.group!);
}
