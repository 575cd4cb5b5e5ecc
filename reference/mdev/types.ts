import type { Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Kobject, Kset } from '../kernel/kobject.js';
import type { RwSem } from '../kernel/locks.js';
import type { Refcount } from '../kernel/refcount.js';
import type { Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import type { IoctlArgument } from '../kernel/file.js';

/** A kind of device that a parent offers. Source: struct mdev_type, include/linux/mdev.h, 6.1 */
export interface MdevType {
  readonly sysfs_name: string;
  readonly pretty_name?: string;
  /** in the eras where types come as groups of attributes, its own */
  readonly group?: MdevTypeGroup;
  /** the rest is the core's */
  parent?: MdevParent;
  kobj?: Kobject;
  devices_kobj?: Kobject;
}

/** A device that mediated devices are made on. Source: struct mdev_parent */
export interface MdevParent {
  readonly dev: Device;
  /** who binds its devices, in the eras where the parent says so */
  readonly mdev_driver?: MdevDriver;
  /** who makes its devices, in the eras of mdev_register_device() */
  readonly ops?: MdevParentOps;
  /** the registration and each device, in those eras; then the parent is the core's */
  readonly ref?: Refcount;
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
  /** what the parent's driver keeps with it. Source: mdev_set_drvdata(), 5.10 */
  driver_data: unknown;
  /** what the last probe said, for mdev_bind_driver() of the series */
  probe_err: number;
}

/** Source: struct mdev_driver */
export interface MdevDriver extends Omit<DeviceDriver, 'bus' | 'probe' | 'remove'> {
  readonly device_api?: string;
  readonly max_instances?: number;
  /** the types of its parents, in the eras where they come as groups of attributes */
  readonly supported_type_groups?: readonly MdevTypeGroup[];
  get_available?(k: Kernel, type: MdevType): number;
  show_description?(k: Kernel, type: MdevType): string;
  probe?(k: Kernel, mdev: MdevDevice): MightSleep<number>;
  remove?(k: Kernel, mdev: MdevDevice): MightSleep<void>;
  /** what the driver core knows of it, while registered */
  driver?: DeviceDriver;
}

/** A file of a type, as the parent's driver declares it. Source: struct mdev_type_attribute, 5.10 */
export interface MdevTypeAttribute {
  readonly name: string;
  show(k: Kernel, type: MdevType): string | number;
}

/** A type, as the parent's driver declares it. Source: mdev_parent_ops.supported_type_groups, 5.10 */
export interface MdevTypeGroup {
  readonly name: string | undefined;
  readonly attrs: readonly MdevTypeAttribute[];
  /** what the driver knows of the type beside its files */
  readonly type?: MdevType;
}

/** What the driver of a parent does for its devices. Source: struct mdev_parent_ops, include/linux/mdev.h, 5.10 */
export interface MdevParentOps {
  /** the driver that the callbacks are of, for the trace */
  readonly driver: string;
  /** kept, and never looked at */
  readonly owner: Module | undefined;
  /** who binds the devices, if not the shim. Source: the series, patch 02 */
  readonly device_driver?: MdevDriver;
  /** attributes of the parent itself, while it is registered */
  readonly dev_attr_groups?: readonly AttributeGroup[];
  /** attributes of each device, from the moment it is added */
  readonly mdev_attr_groups?: readonly AttributeGroup[];
  readonly supported_type_groups?: readonly MdevTypeGroup[];
  create?(k: Kernel, type: MdevType, mdev: MdevDevice): MightSleep<number>;
  remove?(k: Kernel, mdev: MdevDevice): MightSleep<number>;
  open?(k: Kernel, mdev: MdevDevice): MightSleep<number>;
  release?(k: Kernel, mdev: MdevDevice): MightSleep<void>;
  read?(k: Kernel, mdev: MdevDevice, count: number, pos: number): Uint8Array | number;
  write?(k: Kernel, mdev: MdevDevice, data: Uint8Array, pos: number): number;
  ioctl?(k: Kernel, mdev: MdevDevice, request: number, arg: IoctlArgument): number;
  mmap?(k: Kernel, mdev: MdevDevice, offset: number, length: number): number;
  /** please let go of the device; `count` says how often that was asked before. Source: 5.11 */
  request?(k: Kernel, mdev: MdevDevice, count: number): MightSleep<void>;
}

/** The mdev that a device is. Source: to_mdev_device() */
export function to_mdev_device(dev: Device): MdevDevice {
  return dev.owner as MdevDevice;
}
