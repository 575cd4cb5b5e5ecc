/** The file /dev/vfio/N of a counted group. Source: drivers/vfio/vfio.c, vfio_group_fops, 5.10; vfio_main.c, 6.0 */
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
import { check_container } from './external-user.js';
import { by_request, get_device_fd, type GroupIoctl } from './group-file.js';
import type { VfioGroup } from './types.js';

/** What the eras of counted groups do differently. */
export interface CountedGroupFile {
  /** gives a device's descriptor */
  readonly get_device_fd: GroupIoctl;
  /** gives a reference to the group back */
  put(k: Kernel, group: VfioGroup): MightSleep<void>;
}

/** Whether the group can be used is asked before whether it has such a device. */
export const get_device_fd_of_usable: GroupIoctl = function* (k, group, arg) {
  return check_container(group) || (yield* get_device_fd(k, group, arg));
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

const vfio_group_fops = (file: CountedGroupFile): FileOperations => ({
  kind: 'vfio-group',
  ioctl: by_request(file.get_device_fd, set_container),
  *release(k, { private_data }) {
    const group = private_data as VfioGroup;
    yield* vfio_group_try_dissolve_container(k, group);
    group.opened_file = undefined;
    yield* file.put(k, group);
  },
});

/**
 * Opens a group, once at a time, and not while a device of it is still in use; whoever has it open
 * keeps it. Source: vfio_group_fops_open()
 */
export function vfio_group_open_counted(of: CountedGroupFile) {
  const fops = vfio_group_fops(of);
  return (group: VfioGroup) =>
    function* (_k: Kernel, mode: File['mode']): MightSleep<File | number> {
      if (group.drivers.value === 0) return -Errno.ENODEV;
      if (group.opened_file || group.container) return -Errno.EBUSY;
      group.drivers.get();
      group.opened_file = new File(fops, mode);
      group.opened_file.private_data = group;
      return group.opened_file;
    };
}
