/** What the eras of mdev.ko do differently. */
import type { BusOps } from '../kernel/bus.js';
import type { Device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import type { MdevDevice, MdevDriver, MdevParent, MdevParentOps, MdevType } from './types.js';

/** One act of creating a device. Removing a device takes the acts back, newest first. */
export interface CreateStep extends Step<MdevDevice> {
  /** where removing a device does it differently than a create that failed */
  remove?(k: Kernel, mdev: MdevDevice): MightSleep<void>;
}

/** What a device needs and keeps alive, from its entry in the list to its last reference. */
export interface MdevLifetime {
  /** The uuid is free, the list is locked. @returns 0 or -errno */
  take(type: MdevType): number;
  /** The parent is on its way out, and the device was not even added. */
  abandon(k: Kernel, mdev: MdevDevice): MightSleep<void>;
  /** The core gave its own reference back. */
  parted(k: Kernel, mdev: MdevDevice): MightSleep<void>;
  /** The last reference is gone. */
  release(k: Kernel, mdev: MdevDevice): MightSleep<void>;
}

/** One row of mdev.ko. Every list is in the order of the kernel's function that it stands for. */
export interface MdevEra {
  /** mdev_init(), and backwards mdev_exit() */
  readonly module: readonly Step<Module>[];
  /** what a parent's registration makes, and its unregistration takes back, newest first */
  readonly parent: readonly Step<MdevParent>[];
  /** what a device's create makes, behind the entry in the list */
  readonly create: readonly CreateStep[];
  readonly lifetime: MdevLifetime;
  /** attributes that a device has before it is announced */
  readonly deviceGroups: (type: MdevType) => readonly AttributeGroup[];
  /** the bus: who matches whom, and what binding is */
  readonly bus: BusOps;
  /** refuses a driver. @returns 0 or -errno */
  readonly checkDriver: (drv: MdevDriver) => number;
  /** refuses what a parent's driver offers, or tells what it lacks. @returns 0 or -errno */
  readonly checkOps?: (k: Kernel, dev: Device, ops: MdevParentOps) => number;
  /** create_device() of core.ts, behind the era's trace point */
  readonly mdev_device_create: (k: Kernel, type: MdevType, uuid: string) => MightSleep<number>;
}
