/**
 * Groups that a registration makes for a device without an IOMMU, and that live on as long as
 * somebody has them open. Source: drivers/vfio/vfio_main.c, 6.0; the patch "vfio: Delete container_q"
 * of April 2022, in 5.19, for who waits no more
 */
import { cdev_device_del } from '../kernel/chrdev.js';
import { put_device } from '../kernel/device.js';
import { iommu_group_put, iommu_group_remove_device } from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { vfio_group_open_counted } from './group-file-counted.js';
import { get_device_fd } from './group-file.js';
import { vfio_noiommu_group_alloc } from './group.js';
import { vfio } from './state.js';
import type { RegisterStep, UnregisterStep, VfioGroup } from './types.js';

/** Gives a reference to a group back; with the last one its node goes. Source: vfio_group_put(), 6.0 */
function* vfio_group_put(k: Kernel, group: VfioGroup): MightSleep<void> {
  if (!group.drivers.put()) return;
  const { group_list, group_lock } = vfio(k);
  yield* group_lock.lock(k);
  group_list.splice(group_list.indexOf(group), 1);
  yield* cdev_device_del(k, group.dev);
  group_lock.unlock(k);
  yield* iommu_group_put(k, group.iommu_group!);
  yield* put_device(k, group.dev);
}

const vfio_group_open = vfio_group_open_counted({ get_device_fd, put: vfio_group_put });

/** Who has the group open keeps it, with its node, its number and its container. Source: vfio_unregister_group_dev(), 6.0 */
export const leave_kept_group: UnregisterStep = function* (k, device) {
  yield* iommu_group_remove_device(k, device.dev);
  yield* vfio_group_put(k, device.group!);
};

/** A group for the device alone. Source: vfio_register_emulated_iommu_dev(), 6.0 */
export const set_kept_group: RegisterStep = {
  *make(k, device) {
    const group = yield* vfio_noiommu_group_alloc(k, device.dev, vfio_group_open);
    if (typeof group === 'number') return group;
    device.group = group;
    return 0;
  },
  undo: leave_kept_group,
};
