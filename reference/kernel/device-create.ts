/** Devices that are nobody's part, made and destroyed by the class. Source: drivers/base/core.c, 5.10 */
import type { DeviceClass } from './class.js';
import { device_register_or_put, device_unregister } from './core.js';
import { Device, type DevT } from './device.js';
import type { Kernel } from './kernel.js';
import type { MightSleep } from './scheduler.js';

/** Makes a device of a class and adds it. @returns the device, or -errno. Source: device_create() */
export function* device_create(
  k: Kernel,
  cls: DeviceClass,
  devt: DevT,
  name: string,
): MightSleep<Device | number> {
  const dev = new Device({ name, class: cls, devt });
  return (yield* device_register_or_put(k, dev)) || dev;
}

/** Source: device_destroy() */
export function device_destroy(k: Kernel, dev: Device): MightSleep<void> {
  return device_unregister(k, dev);
}
