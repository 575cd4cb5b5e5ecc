import { bus_add_driver, bus_remove_driver, driver_find, type Bus } from './bus.js';
import type { Device } from './device.js';
import { Errno } from './errno.js';
import { ERRNO } from './fault-inject.js';
import type { Kernel } from './kernel.js';
import type { Kobject } from './kobject.js';
import type { Module } from './module.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { sysfs_create_groups, sysfs_remove_groups, type AttributeGroup } from './sysfs.js';
import { tracepoint } from './tracepoint.js';
import { kobject_uevent } from './uevent.js';

/** Source: struct device_driver, include/linux/device/driver.h, 6.1 */
export interface DeviceDriver {
  readonly name: string;
  readonly bus: Bus;
  /** the module it is in; undefined for what is built in */
  readonly owner: Module | undefined;
  /** attributes of each device while it is bound */
  readonly dev_groups?: readonly AttributeGroup[];
  /** attributes of the driver itself */
  readonly groups?: readonly AttributeGroup[];
  /** leaves out the files `bind` and `unbind` */
  readonly suppress_bind_attrs?: boolean;
  probe?(k: Kernel, dev: Device): MightSleep<number>;
  remove?(k: Kernel, dev: Device): MightSleep<void>;
  /** the directory in sysfs and the devices bound, oldest first; there while registered */
  p?: DriverPrivate | undefined;
}

export interface DriverPrivate {
  readonly kobj: Kobject;
  readonly devices: Device[];
}

/**
 * Registers a driver with its bus.
 * @returns 0, -EINVAL without the bus, -EBUSY if the name is taken, or what sysfs says
 * Source: driver_register(), drivers/base/driver.c, 6.1
 */
export const driver_register = tracepoint(
  'driver_register',
  (drv: DeviceDriver) => ({ driver: drv.name }),
  function* (k, drv) {
    if (driver_find(drv.name, drv.bus)) {
      const text = `Error: Driver '${drv.name}' is already registered, aborting...`;
      printk(k, LogLevel.ERR, text);
      return -Errno.EBUSY;
    }
    let error = yield* bus_add_driver(k, drv);
    if (error) return error;
    error = yield* sysfs_create_groups(k, drv.p!.kobj, drv.groups ?? []);
    if (error) yield* bus_remove_driver(k, drv);
    else kobject_uevent(k, drv.p!.kobj, 'add');
    return error;
  },
  ERRNO,
);

/** Source: driver_unregister(), drivers/base/driver.c, 6.1 */
export const driver_unregister = tracepoint(
  'driver_unregister',
  (drv: DeviceDriver) => ({ driver: drv.name }),
  function* (k, drv) {
    yield* sysfs_remove_groups(k, drv.p!.kobj, drv.groups ?? []);
    yield* bus_remove_driver(k, drv);
  },
);
