/** Each descriptor is the driver's business, and uses the container. Source: drivers/vfio/vfio.c, vfio_group_get_device_fd(), vfio_device_fops_release(), 5.10; the same up to 5.13 */
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { vfio_group_try_dissolve_container } from './container.js';
import type { VfioDevice } from './types.js';

/** @returns 0, or what the driver says */
export function* open_per_fd(k: Kernel, device: VfioDevice): MightSleep<number> {
  const error = yield* device.ops.per_fd!.open(k, device);
  if (!error) device.group!.container_users++;
  return error;
}

export function* release_per_fd(k: Kernel, device: VfioDevice): MightSleep<void> {
  yield* device.ops.per_fd!.release(k, device);
  yield* vfio_group_try_dissolve_container(k, device.group!);
}
