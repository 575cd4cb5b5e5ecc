import { Errno } from '../kernel/errno.js';
import {
  embeds_device,
  embeds_kref,
  vfio_device_put,
  vfio_device_put_registration,
} from './device.js';
import { join_group, leave_group, wait_for_container } from './group-counted.js';
import { held_as_file, held_as_group } from './kvm.js';
import { leave_kept_group, set_kept_group } from './group-kept.js';
import { container_device, device_class, group_class, group_numbers } from './module.js';
import { close_each, open_each } from './open-each.js';
import { open_per_fd, open_pinned, release_per_fd, release_pinned } from './open-per-fd.js';
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
  module: [container_device, group_class, device_class, group_numbers],
  life: embeds_device,
  register: [set_group, assign_device_set, add_device],
  unregister: [wait_for_users, leave_group_list, delete_device, remove_group],
  open: open_each,
  close: close_each,
  put: vfio_device_put_registration,
  answersFeature: true,
  notAContainer: -Errno.EINVAL,
  kvm: { ...held_as_file, devicesGoWithTheirFile: true },
  pinsFilesystem: false,
};

/** The device is hidden first, then the users are waited for. */
export const vfio_6_12: VfioEra = {
  module: [container_device, group_class, device_class, group_numbers],
  life: embeds_device,
  register: [assign_device_set, set_group, add_device],
  unregister: [leave_group_list, delete_device, wait_for_users, remove_group],
  open: open_first,
  close: close_last,
  put: vfio_device_put_registration,
  answersFeature: true,
  notAContainer: -Errno.EBADFD,
  kvm: { ...held_as_file, devicesGoWithTheirFile: true },
  pinsFilesystem: true,
};

/**
 * A VFIO device is no device, a group is counted, and whoever unregisters the last device of a group
 * waits for the group to leave its container, too.
 */
export const vfio_5_10: VfioEra = {
  module: [container_device, group_class, group_numbers],
  register: [join_group],
  unregister: [wait_for_users, leave_group_list, wait_for_container, leave_group],
  open: open_per_fd,
  close: release_per_fd,
  put: vfio_device_put,
  answersFeature: false,
  notAContainer: -Errno.EINVAL,
  kvm: held_as_group,
  pinsFilesystem: false,
};

/** As 5.10 to 5.13; and each descriptor pins the driver's module, whoever the driver is. */
export const vfio_5_14: VfioEra = { ...vfio_5_10, open: open_pinned, close: release_pinned };

/**
 * The registration makes the group, and the first descriptor opens the device; nobody waits for the
 * container any more, and a group is kept by whoever has it open.
 */
export const vfio_6_0: VfioEra = {
  module: [container_device, group_class, group_numbers],
  register: [set_kept_group, assign_device_set],
  unregister: [wait_for_users, leave_group_list, leave_kept_group],
  open: open_each,
  close: close_each,
  put: vfio_device_put,
  answersFeature: true,
  notAContainer: -Errno.EINVAL,
  kvm: held_as_file,
  pinsFilesystem: false,
};

/** The core allocates devices and counts who holds them. Source: September 2022, drivers/vfio/vfio_main.c */
export const vfio_ccw_2022: VfioEra = { ...vfio_6_0, life: embeds_kref };
