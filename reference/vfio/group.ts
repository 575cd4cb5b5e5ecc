/** Groups: what user space opens to get at devices. Source: drivers/vfio/vfio_main.c, 6.1; group.c, 6.12 */
import { cdev_device_add, cdev_device_del, type CharDevice } from '../kernel/chrdev.js';
import { Device, put_device } from '../kernel/device.js';
import {
  iommu_group_add_device,
  iommu_group_alloc,
  iommu_group_put,
  iommu_group_remove_device,
  iommu_group_set_name,
  type IommuGroup,
} from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { vfio_group_detach_container } from './container.js';
import { vfio_group_open } from './group-file.js';
import { new_group } from './new-group.js';
import { vfio } from './state.js';
import type { VfioDevice, VfioGroup } from './types.js';

/** How the node of a group opens. */
export type GroupOpen = (group: VfioGroup) => CharDevice['open'];

const vfio_group_release = tracepoint(
  'vfio_group_release',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    vfio(k).group_ida.free(dev.devt!.minor);
  },
);

/** Source: vfio_group_alloc(); the minor is the lowest free one, whatever the IOMMU group's number */
function vfio_group_alloc(k: Kernel, iommu_group: IommuGroup): VfioGroup {
  const dev = new Device({
    name: String(iommu_group.id),
    class: vfio(k).class!,
    devt: { major: vfio(k).group_major, minor: vfio(k).group_ida.alloc() },
    release: vfio_group_release,
  });
  return new_group(dev, iommu_group);
}

/** Source: vfio_create_group() @returns the group, or -errno */
function* vfio_create_group(
  k: Kernel,
  iommu_group: IommuGroup,
  open: GroupOpen,
): MightSleep<VfioGroup | number> {
  const group = vfio_group_alloc(k, iommu_group);
  const { group_list, group_lock, module } = vfio(k);
  yield* group_lock.lock(k);
  const device = { owner: module, cdev_owner: module, open: open(group) };
  const error = yield* cdev_device_add(k, device, group.dev);
  if (!error) group_list.unshift(group);
  group_lock.unlock(k);
  if (!error) return group;
  yield* iommu_group_put(k, iommu_group);
  yield* put_device(k, group.dev);
  return error;
}

/**
 * Makes an IOMMU group for one device that has no IOMMU, and a VFIO group for that.
 * @returns the group, or -errno. Source: vfio_noiommu_group_alloc()
 */
export function* vfio_noiommu_group_alloc(
  k: Kernel,
  dev: Device,
  open: GroupOpen = vfio_group_open,
): MightSleep<VfioGroup | number> {
  const iommu_group = yield* iommu_group_alloc(k);
  if (typeof iommu_group === 'number') return iommu_group;
  const group = yield* group_with_device(k, iommu_group, dev, open);
  yield* iommu_group_put(k, iommu_group);
  return group;
}

function* group_with_device(
  k: Kernel,
  iommu_group: IommuGroup,
  dev: Device,
  open: GroupOpen,
): MightSleep<VfioGroup | number> {
  const error =
    iommu_group_set_name(k, iommu_group, 'vfio-noiommu') ||
    (yield* iommu_group_add_device(k, iommu_group, dev));
  if (error) return error;
  const group = yield* vfio_create_group(k, iommu_group, open);
  if (typeof group === 'number') yield* iommu_group_remove_device(k, dev);
  return group;
}

/**
 * Takes a device out of its group. The last one takes the group with it: its node goes, and whoever
 * has it open is cut off.
 * Source: vfio_device_remove_group()
 */
export function* vfio_device_remove_group(k: Kernel, device: VfioDevice): MightSleep<void> {
  const group = device.group!;
  const { group_list, group_lock } = vfio(k);
  yield* iommu_group_remove_device(k, device.dev);
  if (!group.drivers.put()) return;
  yield* group_lock.lock(k);
  group_list.splice(group_list.indexOf(group), 1);
  yield* cdev_device_del(k, group.dev);
  yield* group.group_lock.lock(k);
  if (group.container) yield* vfio_group_detach_container(k, group);
  const { iommu_group } = group;
  group.iommu_group = undefined;
  group.group_lock.unlock(k);
  group_lock.unlock(k);
  yield* iommu_group_put(k, iommu_group!);
  yield* put_device(k, group.dev);
}
