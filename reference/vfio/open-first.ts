/** Only the first descriptor pins the driver's module and uses the container. Source: drivers/vfio/group.c, vfio_df_group_open(), vfio_df_group_close(); vfio_main.c, vfio_df_device_first_open(), vfio_df_device_last_close(), 6.12 */
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { module_put, try_module_get } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { close_device, open_device } from './callbacks.js';
import { vfio_group_unuse_container, vfio_group_use_container } from './container.js';
import { driver_owner } from './device.js';
import type { VfioDevice } from './types.js';

function* first_open(k: Kernel, device: VfioDevice): MightSleep<number> {
  const owner = driver_owner(device);
  if (!try_module_get(owner)) return -Errno.ENODEV;
  const refused = vfio_group_use_container(device.group!);
  const error = refused || (yield* open_device(k, device));
  if (!error) return 0;
  if (!refused) vfio_group_unuse_container(k, device.group!);
  module_put(owner);
  return error;
}

/** @returns 0; -EINVAL without container or backend, -ENODEV, or what open_device returns */
export function* open_first(k: Kernel, device: VfioDevice): MightSleep<number> {
  const group = device.group!;
  yield* group.group_lock.lock(k);
  let error: number = group.container ? 0 : -Errno.EINVAL;
  if (!error) {
    yield* device.dev_set!.lock.lock(k);
    if (device.open_count === 0) error = yield* first_open(k, device);
    if (!error) device.open_count++;
    device.dev_set!.lock.unlock(k);
  }
  group.group_lock.unlock(k);
  return error;
}

/** The last descriptor closes the device and lets go of all. */
export function* close_last(k: Kernel, device: VfioDevice): MightSleep<void> {
  const group = device.group!;
  yield* group.group_lock.lock(k);
  yield* device.dev_set!.lock.lock(k);
  if (device.open_count === 1) {
    yield* close_device(k, device);
    vfio_group_unuse_container(k, group);
    module_put(driver_owner(device));
  }
  device.open_count--;
  device.dev_set!.lock.unlock(k);
  group.group_lock.unlock(k);
}
