/** Containers: address spaces that groups are put into. Source: drivers/vfio/container.c, 6.1 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations, type IoctlArgument } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import { RwSem } from '../kernel/locks.js';
import type { MiscDevice } from '../kernel/misc.js';
import { module_put, try_module_get, type Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { vfio } from './state.js';
import type { VfioContainer, VfioGroup, VfioIommuDriver } from './types.js';
import { VFIO_API_VERSION, VfioRequest } from './uapi.js';

/** Asks the container's backend, or all that there are until one says yes. */
function* check_extension(
  k: Kernel,
  container: VfioContainer,
  extension: number,
): MightSleep<number> {
  yield* container.group_lock.down_read(k);
  const drivers = container.iommu ? [container.iommu.driver] : vfio(k).iommu_drivers;
  const answers = drivers.map((driver) => driver.check_extension(extension, container.iommu?.data));
  container.group_lock.up_read(k);
  return answers.find((answer) => answer > 0) ?? 0;
}

/** @returns 0, or the first refusal; then no group is attached. Source: __vfio_container_attach_groups() */
function attach_groups(container: VfioContainer, driver: VfioIommuDriver): number {
  const data = driver.open();
  for (const group of container.group_list) {
    const error = data.attach_group(group.iommu_group!);
    if (error) return error;
  }
  container.iommu = { driver, data };
  return 0;
}

/** Source: vfio_ioctl_set_iommu() @returns 0; -EINVAL without a group or a second time; -ENODEV */
function* set_iommu(k: Kernel, container: VfioContainer, type: number): MightSleep<number> {
  const { iommu_drivers, iommu_drivers_lock } = vfio(k);
  yield* container.group_lock.down_write(k);
  let ret: number = -Errno.EINVAL;
  if (container.group_list.length > 0 && !container.iommu) {
    ret = -Errno.ENODEV;
    yield* iommu_drivers_lock.lock(k);
    for (const driver of iommu_drivers) {
      if (driver.check_extension(type, undefined) <= 0 || !try_module_get(driver.owner)) continue;
      ret = attach_groups(container, driver);
      if (ret === 0) break;
      module_put(driver.owner);
    }
    iommu_drivers_lock.unlock(k);
  }
  container.group_lock.up_write(k);
  return ret;
}

/** What the container itself answers; the rest is the backend's business, which knows no more here. */
const ioctls: ReadonlyMap<
  number,
  (k: Kernel, container: VfioContainer, arg: IoctlArgument) => MightSleep<number>
> = new Map([
  [
    VfioRequest.VFIO_GET_API_VERSION,
    function* () {
      return VFIO_API_VERSION;
    },
  ],
  [VfioRequest.VFIO_CHECK_EXTENSION, (k, c, arg) => check_extension(k, c, arg.value)],
  [VfioRequest.VFIO_SET_IOMMU, (k, c, arg) => set_iommu(k, c, arg.value)],
]);

const vfio_fops: FileOperations = {
  kind: 'vfio-container',
  *ioctl(k, file, request, arg) {
    const container = file.private_data as VfioContainer;
    const ioctl = ioctls.get(request);
    if (ioctl) return yield* ioctl(k, container, arg);
    return container.iommu ? -Errno.ENOTTY : -Errno.EINVAL;
  },
};

/** The device /dev/vfio/vfio, which makes a container at each open. */
export function vfio_container_dev(owner: Module): MiscDevice {
  return {
    owner,
    name: 'vfio',
    minor: 196,
    nodename: 'vfio/vfio',
    mode: 0o666,
    *open(_k, mode) {
      const file = new File(vfio_fops, mode);
      const container: VfioContainer = {
        group_list: [],
        group_lock: new RwSem('container->group_lock'),
        iommu: undefined,
      };
      file.private_data = container;
      return file;
    },
  };
}

/** @returns the container that a file is, if it is one. Source: vfio_container_from_file() */
export function vfio_container_from_file(file: File): VfioContainer | undefined {
  return file.ops === vfio_fops ? (file.private_data as VfioContainer) : undefined;
}

/** Puts a group into a container. The caller holds the group's lock. @returns 0 or -errno */
export function* vfio_container_attach_group(
  k: Kernel,
  container: VfioContainer,
  group: VfioGroup,
): MightSleep<number> {
  yield* container.group_lock.down_write(k);
  const error = container.iommu?.data.attach_group(group.iommu_group!) ?? 0;
  if (!error) {
    group.container = container;
    group.container_users = 1;
    container.group_list.unshift(group);
  }
  container.group_lock.up_write(k);
  return error;
}

/** Takes a group out; with the last one the container loses its backend. The caller holds the lock. */
export function* vfio_group_detach_container(k: Kernel, group: VfioGroup): MightSleep<void> {
  const container = group.container!;
  yield* container.group_lock.down_write(k);
  const { iommu, group_list } = container;
  iommu?.data.detach_group(group.iommu_group!);
  group.container = undefined;
  k.sched.wake(group.container_q);
  group.container_users = 0;
  group_list.splice(group_list.indexOf(group), 1);
  if (iommu && group_list.length === 0) {
    module_put(iommu.driver.owner);
    container.iommu = undefined;
  }
  container.group_lock.up_write(k);
}

/**
 * An open device is a user of the group's container, and keeps the group's file open.
 * The caller holds the group's lock. @returns 0, or -EINVAL without container or backend
 * Source: vfio_device_assign_container(), 6.1; vfio_group_use_container(), 6.12
 */
export function vfio_group_use_container(group: VfioGroup): number {
  if (!group.container?.iommu) return -Errno.EINVAL;
  group.opened_file!.get();
  group.container_users++;
  return 0;
}

/** Source: vfio_device_unassign_container(), 6.1; vfio_group_unuse_container(), 6.12 */
export function vfio_group_unuse_container(k: Kernel, group: VfioGroup): void {
  group.container_users--;
  group.opened_file!.put(k);
}

/**
 * One user less of the group's container; without users the group leaves it.
 * Source: vfio_group_try_dissolve_container(), 5.10
 */
export function* vfio_group_try_dissolve_container(k: Kernel, group: VfioGroup): MightSleep<void> {
  if (group.container_users === 0) return;
  if (group.container_users === 1) yield* vfio_group_detach_container(k, group);
  else group.container_users--;
}
