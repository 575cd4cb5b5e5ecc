/** Devices of the platform bus, which come and go as somebody says. Source: drivers/base/platform.c, 6.1 */
import type { Bus } from '../kernel/bus.js';
import { device_add, device_del } from '../kernel/core.js';
import { Device } from '../kernel/device.js';
import { tracepoint } from '../kernel/tracepoint.js';
import type { PlatformDevice } from './types.js';

/**
 * @param instance the device's name and, behind a dot, its number if it has one
 * Source: platform_device_alloc()
 */
export function platform_device_alloc(bus: Bus, parent: Device, instance: string): PlatformDevice {
  const dev = new Device({ name: instance, bus, parent });
  const pdev: PlatformDevice = {
    dev,
    name: instance.replace(/\.\d+$/, ''),
    explicit_bind_only: false,
  };
  dev.owner = pdev;
  return pdev;
}

/** @returns 0 or -errno */
export const platform_device_add = tracepoint(
  'platform_device_add',
  ({ dev }: PlatformDevice) => ({ dev: dev.name }),
  (k, { dev }) => device_add(k, dev),
);

export const platform_device_del = tracepoint(
  'platform_device_del',
  ({ dev }: PlatformDevice) => ({ dev: dev.name }),
  (k, { dev }) => device_del(k, dev),
);
