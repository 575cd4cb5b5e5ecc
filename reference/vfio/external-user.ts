/** Users of a group's container that have no descriptor of it: KVM, and drivers. Source: drivers/vfio/vfio.c, 5.10; up to 5.18 */
import type { Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { vfio_group_try_dissolve_container } from './container.js';
import { vfio_group_put } from './group-counted.js';
import { vfio } from './state.js';
import type { VfioGroup } from './types.js';

/** Source: vfio_group_get_from_dev() */
export const vfio_group_of_dev = (k: Kernel, dev: Device): VfioGroup | undefined =>
  vfio(k).group_list.find((group) => group.iommu_group?.devices.some((each) => each.dev === dev));

/** @returns 0, or -EINVAL for a group without a container, or whose container has no backend */
export const check_container = ({ container_users, container }: VfioGroup): number =>
  container_users > 0 && container?.iommu ? 0 : -Errno.EINVAL;

/** One user more. @returns the group, or -EINVAL. Source: vfio_group_get_external_user(), vfio_group_add_container_user() */
export function vfio_group_get_external_user(group: VfioGroup): VfioGroup | number {
  const error = check_container(group);
  if (error) return error;
  group.container_users++;
  group.drivers.get();
  return group;
}

/** The same, of the group that a device is in. @returns the group, or -errno. Source: vfio_group_get_external_user_from_dev() */
export function vfio_group_get_external_user_from_dev(k: Kernel, dev: Device): VfioGroup | number {
  const group = vfio_group_of_dev(k, dev);
  return group ? vfio_group_get_external_user(group) : -Errno.ENODEV;
}

/** Source: vfio_group_put_external_user() */
export function* vfio_group_put_external_user(k: Kernel, group: VfioGroup): MightSleep<void> {
  yield* vfio_group_try_dissolve_container(k, group);
  yield* vfio_group_put(k, group);
}
