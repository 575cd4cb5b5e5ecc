/** What the sample drivers have in common: one parent of a class of its own, and how devices come and go. */
import { alloc_chrdev_region, unregister_chrdev_region } from '../kernel/chrdev.js';
import { class_create, class_destroy, type DeviceClass } from '../kernel/class.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { Device, dev_printk } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Module } from '../kernel/module.js';
import { printk } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { mdev_parent, mdev_register_parent, mdev_unregister_parent } from '../mdev/core.js';
import { mdev_register_driver, mdev_unregister_driver } from '../mdev/driver.js';
import type { MdevDevice, MdevDriver, MdevParent, MdevType } from '../mdev/types.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from '../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import type { DeviceLog } from './device-log.js';

/** Makes a VFIO device for an mdev and registers it. @returns 0 or -errno */
export function* sample_probe(k: Kernel, mdev: MdevDevice, ops: VfioDeviceOps): MightSleep<number> {
  const device = yield* _vfio_alloc_device(k, mdev.dev, ops);
  if (typeof device === 'number') return device;
  const error = yield* vfio_register_emulated_iommu_dev(k, device);
  if (error) yield* vfio_put_device(k, device);
  else mdev.dev.driver_data = device;
  return error;
}

/** Takes the VFIO device of an mdev away. */
export function* sample_remove(k: Kernel, mdev: MdevDevice): MightSleep<void> {
  const device = mdev.dev.driver_data as VfioDevice;
  yield* vfio_unregister_group_dev(k, device);
  yield* vfio_put_device(k, device);
}

/** The log as the code behind a device's descriptor writes it. */
export function device_log(k: Kernel, dev: Device): DeviceLog {
  return {
    pr: (level, message) => {
      printk(k, level, message);
    },
    dev: (level, message) => {
      dev_printk(k, level, dev, message);
    },
  };
}

/** How a driver makes a device a parent. */
export interface Offer {
  /** @returns 0 or -errno */
  register(k: Kernel, dev: Device): MightSleep<number>;
  unregister(k: Kernel, dev: Device): MightSleep<void>;
}

/** A parent of the driver's own, with an array of types. */
export function parent_offer(driver: MdevDriver, types: readonly MdevType[]): Offer {
  let parent: MdevParent;
  return {
    register(k, dev) {
      parent = mdev_parent(dev, driver, types);
      return mdev_register_parent(k, parent);
    },
    unregister: (k) => mdev_unregister_parent(k, parent),
  };
}

/** What a sample module holds while it is loaded. */
interface Registration {
  readonly major: number;
  readonly driver: MdevDriver;
  readonly cls: DeviceClass;
  readonly dev: Device;
  readonly offer: Offer;
}

const registrations = new WeakMap<Module, Registration>();

/**
 * Loads a sample module: device number, driver, class, parent device, parent.
 * @param announce tells the log about the major
 * @returns 0 or -errno; then all is taken back, newest first
 * Source: mtty_dev_init(), mdpy_dev_init(), mbochs_dev_init(), samples/vfio-mdev/, 6.1
 */
export function sample_init(
  k: Kernel,
  mod: Module,
  driver: MdevDriver,
  types: readonly MdevType[],
  announce: () => void,
): MightSleep<number> {
  return sample_load(k, mod, driver, parent_offer(driver, types), announce);
}

/** As {@link sample_init}, whatever the form of the registration. */
export function* sample_load(
  k: Kernel,
  mod: Module,
  driver: MdevDriver,
  offer: Offer,
  announce: () => void,
): MightSleep<number> {
  const major = alloc_chrdev_region(k);
  announce();
  let error = yield* mdev_register_driver(k, driver);
  if (error) {
    unregister_chrdev_region(k, major);
    return error;
  }
  const cls = yield* class_create(k, mod.name);
  if (typeof cls === 'number') {
    error = cls;
  } else {
    const dev = new Device({ name: mod.name, class: cls });
    error = yield* add_parent(k, dev, offer);
    if (!error) {
      registrations.set(mod, { major, driver, cls, dev, offer });
      return 0;
    }
    yield* class_destroy(k, cls);
  }
  yield* mdev_unregister_driver(k, driver);
  unregister_chrdev_region(k, major);
  return error;
}

function* add_parent(k: Kernel, dev: Device, offer: Offer): MightSleep<number> {
  const added = yield* device_register_or_put(k, dev);
  if (added) return added;
  const error = yield* offer.register(k, dev);
  if (error) yield* device_unregister(k, dev);
  return error;
}

/** Unloads a sample module. Source: mtty_dev_exit() and its sisters, 6.1 */
export function* sample_exit(k: Kernel, mod: Module): MightSleep<void> {
  const { major, driver, cls, dev, offer } = registrations.get(mod)!;
  yield* offer.unregister(k, dev);
  yield* device_unregister(k, dev);
  yield* mdev_unregister_driver(k, driver);
  unregister_chrdev_region(k, major);
  yield* class_destroy(k, cls);
}
