/** The file /dev/vfio/N of a counted group. Source: drivers/vfio/vfio.c, vfio_group_fops, 5.10 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { fdget } from '../kernel/syscalls.js';
import {
  vfio_container_attach_group,
  vfio_container_from_file,
  vfio_group_try_dissolve_container,
} from './container.js';
import { vfio_group_put } from './group-counted.js';
import { by_request, get_device_fd, type GroupIoctl } from './group-file.js';
import type { VfioGroup } from './types.js';

/** Whether the group can be used is asked before whether it has such a device. */
const get_device_fd_of_usable: GroupIoctl = function* (k, group, arg) {
  if (group.container_users === 0 || !group.container?.iommu) return -Errno.EINVAL;
  return yield* get_device_fd(k, group, arg);
};

/** A negative number is no descriptor at all, and a group that has a container isn't asked for another. */
const set_container: GroupIoctl = function* (k, group, arg) {
  const bytes = arg.memory.copyFrom(4);
  if (!bytes) return -Errno.EFAULT;
  const fd = new DataView(bytes.buffer).getInt32(0, true);
  if (fd < 0 || group.container_users > 0) return -Errno.EINVAL;
  const file = fdget(k, fd);
  if (!file) return -Errno.EBADF;
  const container = vfio_container_from_file(file);
  if (!container) return k.profile.vfio.notAContainer;
  return yield* vfio_container_attach_group(k, container, group);
};

const vfio_group_fops: FileOperations = {
  kind: 'vfio-group',
  ioctl: by_request(get_device_fd_of_usable, set_container),
  *release(k, file) {
    const group = file.private_data as VfioGroup;
    yield* vfio_group_try_dissolve_container(k, group);
    group.opened_file = undefined;
    yield* vfio_group_put(k, group);
  },
};

/** Opens a group, once at a time, and not while a device of it is still in use. Source: vfio_group_fops_open() */
export function vfio_group_open_counted(group: VfioGroup) {
  return function* (_k: Kernel, mode: File['mode']): MightSleep<File | number> {
    if (group.opened_file || group.container) return -Errno.EBUSY;
    group.drivers.get();
    group.opened_file = new File(vfio_group_fops, mode);
    group.opened_file.private_data = group;
    return group.opened_file;
  };
}
