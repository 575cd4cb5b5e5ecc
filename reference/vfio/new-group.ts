import type { Device } from '../kernel/device.js';
import { iommu_group_ref_get, type IommuGroup } from '../kernel/iommu.js';
import { Mutex } from '../kernel/locks.js';
import { BlockingNotifierHead } from '../kernel/notifier.js';
import { Refcount } from '../kernel/refcount.js';
import { WaitQueue } from '../kernel/scheduler.js';
import { VFIO_EMULATED_IOMMU, type VfioGroup } from './types.js';

/**
 * A group that nobody uses yet, as the owner of its device. It takes a reference to the IOMMU group.
 * Source: struct vfio_group, drivers/vfio/vfio.c, 5.10; drivers/vfio/vfio.h, 6.1
 */
export function new_group(dev: Device, iommu_group: IommuGroup): VfioGroup {
  const group: VfioGroup = {
    dev,
    type: VFIO_EMULATED_IOMMU,
    drivers: new Refcount(`vfio group ${dev.name}`),
    device_list: [],
    device_lock: new Mutex('group->device_lock'),
    group_lock: new Mutex('group->group_lock'),
    iommu_group: iommu_group_ref_get(iommu_group),
    container: undefined,
    container_q: new WaitQueue('group->container_q'),
    container_users: 0,
    opened_file: undefined,
    kvm: undefined,
    kvm_notifier: new BlockingNotifierHead('group->notifier'),
  };
  dev.owner = group;
  return group;
}
