/** The file /dev/vfio/N. Source: drivers/vfio/vfio_main.c, 6.1; drivers/vfio/group.c, 6.12 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations, type IoctlArgument } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { fd_install, fdget } from '../kernel/syscalls.js';
import {
  vfio_container_attach_group,
  vfio_container_from_file,
  vfio_group_detach_container,
} from './container.js';
import { vfio_device_file } from './device-file.js';
import { vfio_device_try_get_registration } from './device.js';
import type { VfioDevice, VfioGroup } from './types.js';
import {
  PAGE_SIZE,
  VFIO_GROUP_FLAGS_CONTAINER_SET,
  VFIO_GROUP_FLAGS_VIABLE,
  VfioRequest,
} from './uapi.js';

export type GroupIoctl = (k: Kernel, group: VfioGroup, arg: IoctlArgument) => MightSleep<number>;

/** Finds a device of the group by its name, with a reference to its registration. */
function* vfio_device_get_from_name(
  k: Kernel,
  group: VfioGroup,
  name: string,
): MightSleep<VfioDevice | undefined> {
  yield* group.device_lock.lock(k);
  const device = group.device_list.find((each) => each.dev.name === name);
  const found = device && vfio_device_try_get_registration(device) ? device : undefined;
  group.device_lock.unlock(k);
  return found;
}

/** The text up to the first NUL, -EFAULT, or -EINVAL for more than a page. Source: strndup_user(), mm/util.c */
function strndup_user(arg: IoctlArgument): string | number {
  const { bytes } = arg.memory;
  if (!bytes) return -Errno.EFAULT;
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\0');
  if (end >= PAGE_SIZE) return -Errno.EINVAL;
  return end < 0 ? text : text.slice(0, end);
}

/** @returns a descriptor, -ENODEV for a name the group doesn't have, or why it can't be opened */
export const get_device_fd: GroupIoctl = function* (k, group, arg) {
  const name = strndup_user(arg);
  if (typeof name === 'number') return name;
  const device = yield* vfio_device_get_from_name(k, group, name);
  if (!device) return -Errno.ENODEV;
  const error = yield* k.profile.vfio.open(k, device);
  if (error) {
    k.profile.vfio.put(k, device);
    return error;
  }
  return fd_install(k, vfio_device_file(k, device));
};

/** struct vfio_group_status: argsz, flags */
const STATUS_SIZE = 8;

const get_status: GroupIoctl = function* (k, group, arg) {
  const status = arg.memory.copyFrom(STATUS_SIZE);
  if (!status) return -Errno.EFAULT;
  const view = new DataView(status.buffer);
  if (view.getUint32(0, true) < STATUS_SIZE) return -Errno.EINVAL;
  yield* group.group_lock.lock(k);
  const gone = !group.iommu_group;
  const set = group.container ? VFIO_GROUP_FLAGS_CONTAINER_SET : 0;
  group.group_lock.unlock(k);
  if (gone) return -Errno.ENODEV;
  view.setUint32(4, VFIO_GROUP_FLAGS_VIABLE | set, true);
  return arg.memory.copyTo(status) ? 0 : -Errno.EFAULT;
};

const set_container: GroupIoctl = function* (k, group, arg) {
  const bytes = arg.memory.copyFrom(4);
  if (!bytes) return -Errno.EFAULT;
  const file = fdget(k, new DataView(bytes.buffer).getInt32(0, true));
  if (!file) return -Errno.EBADF;
  yield* group.group_lock.lock(k);
  const ret = yield* put_into(k, group, file);
  group.group_lock.unlock(k);
  return ret;
};

/** The caller holds the group's lock. */
function* put_into(k: Kernel, group: VfioGroup, file: File): MightSleep<number> {
  if (group.container) return -Errno.EINVAL;
  if (!group.iommu_group) return -Errno.ENODEV;
  const container = vfio_container_from_file(file);
  if (!container) return k.profile.vfio.notAContainer;
  return yield* vfio_container_attach_group(k, container, group);
}

const unset_container: GroupIoctl = function* (k, group) {
  yield* group.group_lock.lock(k);
  const ret = !group.container ? -Errno.EINVAL : group.container_users !== 1 ? -Errno.EBUSY : 0;
  if (ret === 0) yield* vfio_group_detach_container(k, group);
  group.group_lock.unlock(k);
  return ret;
};

/** The requests of a group: eras differ in how it gives a device and how it takes a container. */
export function by_request(open_device: GroupIoctl, set: GroupIoctl): FileOperations['ioctl'] {
  const ioctls: ReadonlyMap<number, GroupIoctl> = new Map([
    [VfioRequest.VFIO_GROUP_GET_DEVICE_FD, open_device],
    [VfioRequest.VFIO_GROUP_GET_STATUS, get_status],
    [VfioRequest.VFIO_GROUP_SET_CONTAINER, set],
    [VfioRequest.VFIO_GROUP_UNSET_CONTAINER, unset_container],
  ]);
  return function* (k, file, request, arg) {
    const ioctl = ioctls.get(request);
    return ioctl ? yield* ioctl(k, file.private_data as VfioGroup, arg) : -Errno.ENOTTY;
  };
}

const vfio_group_fops: FileOperations = {
  kind: 'vfio-group',
  ioctl: by_request(get_device_fd, set_container),
  *release(k, file) {
    const group = file.private_data as VfioGroup;
    yield* group.group_lock.lock(k);
    if (group.container) yield* vfio_group_detach_container(k, group);
    group.opened_file = undefined;
    group.group_lock.unlock(k);
  },
};

/** Opens a group, once at a time. Source: vfio_group_fops_open() */
export function vfio_group_open(group: VfioGroup) {
  return function* (k: Kernel, mode: File['mode']): MightSleep<File | number> {
    yield* group.group_lock.lock(k);
    const error = group.drivers.value === 0 ? -Errno.ENODEV : group.opened_file ? -Errno.EBUSY : 0;
    if (!error) {
      group.opened_file = new File(vfio_group_fops, mode);
      group.opened_file.private_data = group;
    }
    group.group_lock.unlock(k);
    return error || group.opened_file!;
  };
}
