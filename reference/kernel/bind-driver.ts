/**
 * Binding without asking: to a driver that somebody wrote into the device; and what stands before all
 * binding. Source: drivers/base/dd.c, 6.1
 */
import { driver_bound, driver_sysfs_add } from './dd.js';
import { dev_printk, type Device } from './device.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { LogLevel } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { tracepoint } from './tracepoint.js';

/** Takes the lock that whoever binds or unbinds must hold, and the parent's where the bus wants it. */
export function* __device_driver_lock(k: Kernel, dev: Device): MightSleep<void> {
  if (dev.bus?.need_parent_lock && dev.parent) yield* dev.parent.mutex.lock(k);
  yield* dev.mutex.lock(k);
}

/** Source: __device_driver_unlock() */
export function __device_driver_unlock(k: Kernel, dev: Device): void {
  dev.mutex.unlock(k);
  if (dev.bus?.need_parent_lock) dev.parent?.mutex.unlock(k);
}

/** Source: device_is_bound() */
export const device_is_bound = (dev: Device): boolean =>
  dev.driver?.p?.devices.includes(dev) ?? false;

/** What stands before a driver is asked. @returns 0 or -errno. Source: really_probe() */
export function* before_probe(k: Kernel, dev: Device): MightSleep<number> {
  return dev.bus?.dma_configure ? yield* dev.bus.dma_configure(k, dev) : 0;
}

/** @returns -EBUSY for a device that holds resources before anybody asked for them, else 0. Source: really_probe() */
export function check_devres(k: Kernel, dev: Device): number {
  if (dev.devres.length === 0) return 0;
  dev_printk(k, LogLevel.CRIT, dev, 'Resources present before probing');
  return -Errno.EBUSY;
}

/**
 * Binds a device to the driver that the caller wrote into it, and asks nobody: no probe, no
 * attributes of the driver, no DMA, no resources. The caller should hold the device's lock; nothing
 * checks that.
 * @returns 0 or -errno; the driver stays in the device either way
 * Source: device_bind_driver()
 */
export const device_bind_driver = tracepoint(
  'device_bind_driver',
  (dev: Device) => ({
    dev: dev.name,
    driver: dev.driver!.name,
    locked: Number(dev.mutex.locked),
  }),
  function* (k, dev) {
    const error = driver_sysfs_add(k, dev, dev.driver!);
    if (!error) yield* driver_bound(k, dev);
    return error;
  },
);

/** @returns 1 if the driver that somebody wrote into the device is its driver, or now is, else 0 */
export function* bind_preset(k: Kernel, dev: Device): MightSleep<number> {
  if (device_is_bound(dev) || (yield* device_bind_driver(k, dev)) === 0) return 1;
  dev.driver = undefined;
  return 0;
}
