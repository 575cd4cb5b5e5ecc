import type { Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Kobject, Kset } from '../kernel/kobject.js';
import type { RwSem } from '../kernel/locks.js';
import type { MightSleep } from '../kernel/scheduler.js';

/** A kind of device that a parent offers. Source: struct mdev_type, include/linux/mdev.h, 6.1 */
export interface MdevType {
  readonly sysfs_name: string;
  readonly pretty_name?: string;
  /** the rest is the core's */
  parent?: MdevParent;
  kobj?: Kobject;
  devices_kobj?: Kobject;
}

/** A device that mediated devices are made on. Source: struct mdev_parent */
export interface MdevParent {
  readonly dev: Device;
  readonly mdev_driver: MdevDriver;
  readonly types: readonly MdevType[];
  /** held for reading by creates and removes, for writing by the unregistration */
  readonly unreg_sem: RwSem;
  /** what is left of the driver's max_instances; an unsigned int */
  available_instances: number;
  mdev_types_kset?: Kset;
}

/** Source: struct mdev_device */
export interface MdevDevice {
  readonly dev: Device;
  /** lower case; compared as such, so the case written doesn't matter */
  readonly uuid: string;
  readonly type: MdevType;
  /** set when the create is complete; only then can the device be removed */
  active: boolean;
}

/** Source: struct mdev_driver */
export interface MdevDriver extends Omit<DeviceDriver, 'bus' | 'probe' | 'remove'> {
  readonly device_api?: string;
  readonly max_instances: number;
  get_available?(k: Kernel, type: MdevType): number;
  show_description?(k: Kernel, type: MdevType): string;
  probe?(k: Kernel, mdev: MdevDevice): MightSleep<number>;
  remove?(k: Kernel, mdev: MdevDevice): MightSleep<void>;
  /** what the driver core knows of it, while registered */
  driver?: DeviceDriver;
}

/** The mdev that a device is. Source: to_mdev_device() */
export function to_mdev_device(dev: Device): MdevDevice {
  return dev.owner as MdevDevice;
}
