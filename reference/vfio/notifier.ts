/** Drivers that want to know which virtual machine has the group of a device. Source: drivers/vfio/vfio.c, vfio_register_notifier(), 5.10; up to 5.18 */
import type { Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NotifierBlock } from '../kernel/notifier.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Kvm } from '../kvm/kvm.js';
import { vfio_group_of_dev } from './external-user.js';

/** Tells `block` from now on, and at once if a machine has the group. @returns 0, or -ENODEV without a group */
export function* vfio_register_group_notifier(
  k: Kernel,
  dev: Device,
  block: NotifierBlock<Kvm | undefined>,
): MightSleep<number> {
  const group = vfio_group_of_dev(k, dev);
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
  const group = vfio_group_of_dev(k, dev);
  return group ? yield* group.kvm_notifier.unregister(k, block) : -Errno.ENODEV;
}
