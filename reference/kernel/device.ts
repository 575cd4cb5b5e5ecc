import type { Bus } from './bus.js';
import type { DeviceClass } from './class.js';
import type { DeviceDriver } from './driver.js';
import type { Kernel } from './kernel.js';
import { Kobject, kobject_get, kobject_put, type KobjType } from './kobject.js';
import { Mutex } from './locks.js';
import { printk, type LogLevel } from './printk.js';
import type { MightSleep } from './scheduler.js';
import type { AttributeGroup } from './sysfs.js';
import { tracepoint } from './tracepoint.js';

/** The number of a character device. */
export interface DevT {
  readonly major: number;
  readonly minor: number;
}

/** Source: device_release(), drivers/base/core.c, 6.1 */
const device_release = tracepoint(
  'device_release',
  (kobj: Kobject) => ({ dev: kobj.name }),
  function* (k, kobj) {
    const dev = kobj_to_dev(kobj);
    if (dev.release) yield* dev.release(k, dev);
    else if (dev.class?.dev_release) yield* dev.class.dev_release(k, dev);
  },
);

export const device_ktype: KobjType = {
  name: 'device_ktype',
  release: (k, kobj) => device_release(k, kobj),
};

/** Anything that the driver core manages. Source: struct device, include/linux/device.h, 6.1 */
export class Device {
  readonly kobj: Kobject = new Kobject('', device_ktype, this);
  /** held by whoever binds, unbinds or deletes the device */
  readonly mutex = new Mutex('&dev->mutex', false);
  /** the devices added below this one, oldest first */
  readonly children: Device[] = [];
  driver: DeviceDriver | undefined;
  /** what is given back when the device is unbound, or its probe fails. Source: dev->devres_head */
  readonly devres: (() => void)[] = [];
  driver_data: unknown;
  dead = false;
  /** set by device_add(), cleared by device_del() */
  registered = false;
  devt: DevT | undefined;
  /** Source: struct dev_pm_info, include/linux/pm.h */
  readonly power = { runtime_auto: true, usage_count: 0, async_suspend: false };

  bus: Bus | undefined;
  class: DeviceClass | undefined;
  parent: Device | undefined;
  groups: readonly AttributeGroup[];
  readonly release: ((k: Kernel, dev: Device) => MightSleep<void>) | undefined;
  /** what the device is embedded in */
  owner: unknown;

  constructor(init: {
    name?: string;
    bus?: Bus;
    class?: DeviceClass;
    parent?: Device;
    groups?: readonly AttributeGroup[];
    devt?: DevT;
    owner?: unknown;
    release?: (k: Kernel, dev: Device) => MightSleep<void>;
  }) {
    this.kobj.name = init.name ?? '';
    this.bus = init.bus;
    this.class = init.class;
    this.parent = init.parent;
    this.groups = init.groups ?? [];
    this.devt = init.devt;
    this.owner = init.owner;
    this.release = init.release;
  }

  /** Source: dev_name() */
  get name(): string {
    return this.kobj.name;
  }
}

/** The device that an object in sysfs is. */
export function kobj_to_dev(kobj: Kobject): Device {
  return kobj.owner as Device;
}

/** Takes a reference to a device. */
export function get_device(dev: Device): Device {
  kobject_get(dev.kobj);
  return dev;
}

/** Gives a reference back; the last one releases the device. */
export function put_device(k: Kernel, dev: Device): MightSleep<void> {
  return kobject_put(k, dev.kobj);
}

/** Who speaks for the device: its driver, else its bus, else its class. Source: dev_driver_string() */
export function dev_driver_string(dev: Device): string {
  return dev.driver?.name ?? dev.bus?.name ?? dev.class?.name ?? '';
}

/** Logs a line about a device. Source: __dev_printk(), drivers/base/core.c, 6.1 */
export function dev_printk(k: Kernel, level: LogLevel, dev: Device, message: string): void {
  printk(k, level, `${dev_driver_string(dev)} ${dev.name}: ${message}`);
}
