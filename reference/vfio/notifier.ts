/** Drivers that want to know which virtual machine has the group of a device. Source: drivers/vfio/vfio.c, vfio_register_notifier(), 5.10; up to 5.18 */
import type { Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NotifierBlock } from '../kernel/notifier.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Kvm } from '../kvm/kvm.js';
import { vfio } from './state.js';
import type { VfioGroup } from './types.js';

/** Source: vfio_group_get_from_dev() */
const group_of = (k: Kernel, dev: Device): VfioGroup | undefined =>
  vfio(k).group_list.find((group) => group.iommu_group?.devices.some((each) => each.dev === dev));

/** Tells `block` from now on, and at once if a machine has the group. @returns 0, or -ENODEV without a group */
export function* vfio_register_group_notifier(
  k: Kernel,
  dev: Device,
  block: NotifierBlock<Kvm | undefined>,
): MightSleep<number> {
  const group = group_of(k, dev);
  if (!group) return -Errno.ENODEV;
  yield* group.kvm_notifier.register(k, block);
  if (group.kvm) yield* group.kvm_notifier.call_chain(k, group.kvm);
  return 0;
}

/** Waits for whoever is being told. @returns 0, -ENODEV, or -ENOENT if it was not there */
export function* vfio_unregister_group_notifier(
  k: Kernel,
  dev: Device,
  block: NotifierBlock<Kvm | undefined>,
): MightSleep<number> {
  const group = group_of(k, dev);
  return group ? yield* group.kvm_notifier.unregister(k, block) : -Errno.ENODEV;
}

/** Uses the container of the device's group. @returns the group, or -errno. Source: vfio_group_get_external_user_from_dev() */
export function vfio_group_get_external_user_from_dev(k: Kernel, dev: Device): VfioGroup | number {
  const group = group_of(k, dev);
  if (!group) return -Errno.ENODEV;
  if (group.container_users === 0 || !group.container?.iommu) return -Errno.EINVAL;
  group.container_users++;
  group.drivers.get();
  return group;
}
