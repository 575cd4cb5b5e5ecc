/**
 * Groups that live as long as somebody counts on them: their devices, and whoever has them open.
 * Source: drivers/vfio/vfio.c, 5.10
 */
import { cdev_add, cdev_unmap } from '../kernel/chrdev.js';
import { device_create, device_destroy } from '../kernel/device-create.js';
import { Errno } from '../kernel/errno.js';
import { iommu_group_get, iommu_group_put, type IommuGroup } from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { wait_event } from '../kernel/wait.js';
import { get_device_fd_of_usable, vfio_group_open_counted } from './group-file-counted.js';
import { new_group } from './new-group.js';
import { vfio } from './state.js';
import { type RegisterStep, type UnregisterStep, type VfioGroup } from './types.js';

/** The caller holds the lock of all groups. Source: vfio_create_group() */
function* vfio_create_group(k: Kernel, iommu_group: IommuGroup): MightSleep<VfioGroup | number> {
  const { class: cls, group_ida, group_list, group_major, module } = vfio(k);
  const devt = { major: group_major, minor: group_ida.alloc() };
  const dev = yield* device_create(k, cls!, devt, String(iommu_group.id));
  if (typeof dev === 'number') {
    group_ida.free(devt.minor);
    return dev;
  }
  const group = new_group(dev, iommu_group);
  cdev_add(k, { owner: module, cdev_owner: undefined, open: vfio_group_open(group) }, devt);
  group_list.push(group);
  return group;
}

/** The last one who counted on the group is gone. The caller holds the lock of all groups, which goes. */
const vfio_group_release = tracepoint(
  'vfio_group_release',
  (_group: VfioGroup) => ({}),
  function* (k, group): MightSleep<void> {
    const { group_ida, group_list, group_lock } = vfio(k);
    const { devt } = group.dev;
    cdev_unmap(k, devt!);
    yield* device_destroy(k, group.dev);
    group_list.splice(group_list.indexOf(group), 1);
    group_ida.free(devt!.minor);
    group_lock.unlock(k);
    yield* iommu_group_put(k, group.iommu_group!);
  },
);

/** Gives a reference to a group back. Source: vfio_group_put(), kref_put_mutex() */
export function* vfio_group_put(k: Kernel, group: VfioGroup): MightSleep<void> {
  const { group_lock } = vfio(k);
  if (group.drivers.value === 1) yield* group_lock.lock(k);
  const last = group.drivers.put();
  if (last) yield* vfio_group_release(k, group);
}

const vfio_group_open = vfio_group_open_counted({
  get_device_fd: get_device_fd_of_usable,
  put: vfio_group_put,
});

/** The VFIO group of the device's IOMMU group, made if there is none. Source: vfio_register_group_dev() */
export const join_group: RegisterStep = {
  *make(k, device) {
    const iommu_group = iommu_group_get(k, device.dev);
    if (!iommu_group) return -Errno.EINVAL;
    const { group_list, group_lock } = vfio(k);
    yield* group_lock.lock(k);
    const known = group_list.find((each) => each.iommu_group === iommu_group);
    known?.drivers.get();
    const group = known ?? (yield* vfio_create_group(k, iommu_group));
    group_lock.unlock(k);
    yield* iommu_group_put(k, iommu_group);
    if (typeof group === 'number') return group;
    device.group = group;
    return 0;
  },
};

/** The last device of a group stays until the group is in no container, however long that takes. */
export const wait_for_container: UnregisterStep = function* (k, device) {
  const group = device.group!;
  if (group.device_list.length > 0) return;
  yield* wait_event(k, group.container_q, () => !group.container);
};

/** Who has the group open keeps it, with its node and its number. */
export const leave_group: UnregisterStep = (k, device) => vfio_group_put(k, device.group!);
