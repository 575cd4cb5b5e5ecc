import { device_initial_probe, device_release_driver, driver_attach, driver_detach } from './dd.js';
import { bus_files, driver_files } from './bus-files.js';
import type { Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import type { Kernel } from './kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_put,
  Kset,
  kset_create_and_add,
  kset_register,
  kset_unregister,
  type KobjType,
} from './kobject.js';
import { bus_ktype, kernel_root } from './ksets.js';
import { module_add_driver, module_remove_driver } from './module-drivers.js';
import type { MightSleep } from './scheduler.js';
import {
  sysfs_create_file,
  sysfs_create_groups,
  sysfs_create_link,
  sysfs_remove_file,
  sysfs_remove_groups,
  sysfs_remove_link,
  type AttributeGroup,
} from './sysfs.js';
import { failpoint } from './tracepoint.js';
import type { UeventEnv } from './uevent.js';

/** What a bus decides about its devices and drivers. Source: struct bus_type, 6.1 */
export interface BusOps {
  readonly name: string;
  readonly dev_groups?: readonly AttributeGroup[];
  /** attributes of each of its drivers */
  readonly drv_groups?: readonly AttributeGroup[];
  /** > 0 matches, 0 does not, negative is an error; absent: everything matches */
  match?(k: Kernel, dev: Device, drv: DeviceDriver): number;
  /** in its place where the driver core tries by itself, and where somebody writes to `bind` */
  match_attach?(k: Kernel, dev: Device, drv: DeviceDriver): number;
  match_bind?(k: Kernel, dev: Device, drv: DeviceDriver): number;
  /** what the bus adds to the uevents of its devices */
  uevent?(dev: Device): UeventEnv;
  /** before the driver is asked. Source: dma_configure */
  dma_configure?(k: Kernel, dev: Device): MightSleep<number>;
  /** whoever binds or unbinds holds the parent's lock, too */
  readonly need_parent_lock?: boolean;
  probe?(k: Kernel, dev: Device): MightSleep<number>;
  remove?(k: Kernel, dev: Device): MightSleep<void>;
}

/** A registered bus. Source: struct subsys_private, drivers/base/base.h, 6.1 */
export interface Bus extends BusOps {
  readonly subsys: Kset;
  readonly devices_kset: Kset;
  readonly drivers_kset: Kset;
  /** oldest first */
  readonly devices: Device[];
  /** oldest first */
  readonly drivers: DeviceDriver[];
  drivers_autoprobe: boolean;
}

const driver_ktype: KobjType = { name: 'driver_ktype' };

/**
 * Registers a bus: /sys/bus/NAME with its directories and files.
 * @returns the bus, or -errno
 * Source: bus_register(), drivers/base/bus.c, 6.1
 */
export function* bus_register(k: Kernel, ops: BusOps): MightSleep<Bus | number> {
  const kobj = new Kobject(ops.name, bus_ktype);
  kobj.kset = kernel_root(k).bus_kset;
  const subsys = new Kset(kobj);
  const error = yield* kset_register(k, subsys);
  if (error) return error;
  const devices_kset = yield* kset_create_and_add(k, 'devices', {}, kobj);
  if (typeof devices_kset === 'number') return devices_kset;
  const drivers_kset = yield* kset_create_and_add(k, 'drivers', {}, kobj);
  if (typeof drivers_kset === 'number') return drivers_kset;
  const bus: Bus = {
    ...ops,
    subsys,
    devices_kset,
    drivers_kset,
    devices: [],
    drivers: [],
    drivers_autoprobe: true,
  };
  for (const attr of bus_files(bus)) sysfs_create_file(k, kobj, attr);
  kernel_root(k).buses.set(bus.name, bus);
  return bus;
}

/** Source: bus_unregister() */
export function* bus_unregister(k: Kernel, bus: Bus): MightSleep<void> {
  kernel_root(k).buses.delete(bus.name);
  for (const attr of bus_files(bus)) yield* sysfs_remove_file(k, bus.subsys.kobj, attr);
  yield* kset_unregister(k, bus.drivers_kset);
  yield* kset_unregister(k, bus.devices_kset);
  yield* kset_unregister(k, bus.subsys);
}

/** Source: driver_find() */
export function driver_find(name: string, bus: Bus): DeviceDriver | undefined {
  return bus.drivers.find((drv) => drv.name === name);
}

function* link_to_bus(k: Kernel, dev: Device): MightSleep<number> {
  const bus = dev.bus;
  if (!bus) return 0;
  const groups = yield* sysfs_create_groups(k, dev.kobj, bus.dev_groups ?? []);
  if (groups) return groups;
  const list = sysfs_create_link(k, bus.devices_kset.kobj, dev.kobj, dev.name);
  const error = list || sysfs_create_link(k, dev.kobj, bus.subsys.kobj, 'subsystem');
  if (error) {
    if (!list) sysfs_remove_link(k, bus.devices_kset.kobj, dev.name);
    yield* sysfs_remove_groups(k, dev.kobj, bus.dev_groups ?? []);
    return error;
  }
  bus.devices.push(dev);
  return 0;
}

/** Links a device into its bus. Source: bus_add_device() @returns 0 or -errno */
export const bus_add_device = failpoint(
  'bus_add_device',
  (dev: Device) => ({ dev: dev.name }),
  link_to_bus,
);

/** Offers a new device to the drivers, where the bus does so by itself. Source: bus_probe_device() */
export function* bus_probe_device(k: Kernel, dev: Device): MightSleep<void> {
  if (dev.bus?.drivers_autoprobe) yield* device_initial_probe(k, dev);
}

/** Source: bus_remove_device() */
export function* bus_remove_device(k: Kernel, dev: Device): MightSleep<void> {
  const bus = dev.bus;
  if (!bus) return;
  sysfs_remove_link(k, dev.kobj, 'subsystem');
  sysfs_remove_link(k, bus.devices_kset.kobj, dev.name);
  yield* sysfs_remove_groups(k, dev.kobj, bus.dev_groups ?? []);
  const at = bus.devices.indexOf(dev);
  if (at >= 0) bus.devices.splice(at, 1);
  yield* device_release_driver(k, dev);
}

function* add_driver(k: Kernel, drv: DeviceDriver): MightSleep<number> {
  const { bus } = drv;
  const kobj = new Kobject(drv.name, driver_ktype, drv);
  kobj.kset = bus.drivers_kset;
  const error = yield* kobject_add(k, kobj);
  if (error) {
    yield* kobject_put(k, kobj);
    return error;
  }
  drv.p = { kobj, devices: [] };
  bus.drivers.push(drv);
  const refused = bus.drivers_autoprobe ? yield* driver_attach(k, drv) : 0;
  if (refused) {
    bus.drivers.pop();
    drv.p = undefined;
    yield* kobject_put(k, kobj);
    return refused;
  }
  yield* module_add_driver(k, drv);
  for (const attr of driver_files(drv)) sysfs_create_file(k, kobj, attr);
  return 0;
}

/** Makes a driver's directory and offers it the devices. Source: bus_add_driver() @returns 0 or -errno */
export const bus_add_driver = failpoint(
  'bus_add_driver',
  (drv: DeviceDriver) => ({ driver: drv.name }),
  add_driver,
);

/** Takes a driver away from its devices, then out of sysfs. Source: bus_remove_driver() */
export function* bus_remove_driver(k: Kernel, drv: DeviceDriver): MightSleep<void> {
  const { bus } = drv;
  const { kobj } = drv.p!;
  for (const attr of driver_files(drv)) yield* sysfs_remove_file(k, kobj, attr);
  bus.drivers.splice(bus.drivers.indexOf(drv), 1);
  yield* driver_detach(k, drv);
  module_remove_driver(k, drv);
  yield* kobject_put(k, kobj);
  delete drv.p;
}
