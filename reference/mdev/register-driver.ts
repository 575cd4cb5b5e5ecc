/** mdev_register_device() with the driver of the devices in place of operations. Source: drivers/vfio/mdev/mdev_core.c, the series, patch 11; 5.19 */
import { KernelBug } from '../kernel/bug.js';
import type { Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { ERRNO } from '../kernel/fault-inject.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { register_types } from './parent-ops.js';
import type { MdevDriver } from './types.js';

/**
 * Offers a driver's types to user space. Nobody looks whether there is a driver.
 * @returns 0; -EINVAL without types; -EEXIST for a parent that is one already; or what sysfs says
 * @throws KernelBug `OOPS` without a driver
 */
export const mdev_register_device_driver = tracepoint(
  'mdev_register_device',
  (dev: Device, _driver: MdevDriver | undefined) => ({ dev: dev.name }),
  function* (k, dev, mdev_driver) {
    if (!mdev_driver) {
      throw new KernelBug('OOPS', 'mdev_register_device() dereferences a driver that is NULL');
    }
    const { supported_type_groups } = mdev_driver;
    if (!supported_type_groups) return -Errno.EINVAL;
    return yield* register_types(k, dev, supported_type_groups, { mdev_driver });
  },
  ERRNO,
);
