import { Errno } from '../kernel/errno.js';
import { close_each, open_each } from './open-each.js';
import { close_last, open_first } from './open-first.js';
import {
  add_device,
  assign_device_set,
  delete_device,
  leave_group_list,
  remove_group,
  set_group,
  wait_for_users,
} from './register.js';
import type { VfioEra } from './types.js';

/** The device can be found, and opened, until its last user is gone. */
export const vfio_6_1: VfioEra = {
  register: [set_group, assign_device_set, add_device],
  unregister: [wait_for_users, leave_group_list, delete_device, remove_group],
  open: open_each,
  close: close_each,
  notAContainer: -Errno.EINVAL,
  pinsFilesystem: false,
};

/** The device is hidden first, then the users are waited for. */
export const vfio_6_12: VfioEra = {
  register: [assign_device_set, set_group, add_device],
  unregister: [leave_group_list, delete_device, wait_for_users, remove_group],
  open: open_first,
  close: close_last,
  notAContainer: -Errno.EBADFD,
  pinsFilesystem: true,
};
