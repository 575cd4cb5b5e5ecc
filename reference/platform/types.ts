import type { Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';

/** Source: struct platform_device, include/linux/platform_device.h, 6.1; seed 002 for the flag */
export interface PlatformDevice {
  readonly dev: Device;
  /** what drivers are asked for: the device's name without its number */
  readonly name: string;
  driver_override?: string | undefined;
  explicit_bind_only: boolean;
}

/** Source: struct platform_driver, include/linux/platform_device.h, 6.1; seed 002 for the flags */
export interface PlatformDriver extends DeviceDriver {
  /** names of the devices it drives, beside its own */
  readonly id_table: string[];
  readonly match_any: boolean;
  explicit_bind_only: boolean;
}

/** Source: to_platform_device() */
export const to_platform_device = (dev: Device): PlatformDevice => dev.owner as PlatformDevice;

/** The drivers of this bus are of this kind, all of them. Source: to_platform_driver() */
export const to_platform_driver = (drv: DeviceDriver): PlatformDriver => drv as PlatformDriver;
