/** What the driver core of an era does otherwise than those of others. */
import { probe_tells_errno } from './kernel/dd.js';
import { dev_printk } from './kernel/device.js';
import { LogLevel, printk } from './kernel/printk.js';
import type { DriverCoreEra } from './profile.js';

/** Source: call_driver_probe(), drivers/base/dd.c; uevent_show(), drivers/base/core.c, 6.1 */
export const probe_of: DriverCoreEra = {
  ueventShowLocks: true,
  probeFailed(k, dev, drv, error) {
    const text = `${drv.name}: probe of ${dev.name} failed with error ${error}`;
    printk(k, LogLevel.WARNING, text);
  },
  binding: probe_tells_errno,
};

/** Source: call_driver_probe(), drivers/base/dd.c; uevent_show(), drivers/base/core.c, 6.12 */
export const probe_with_driver: DriverCoreEra = {
  ueventShowLocks: false,
  probeFailed(k, dev, drv, error) {
    const text = `probe with driver ${drv.name} failed with error ${error}`;
    dev_printk(k, LogLevel.ERR, dev, text);
  },
  binding: probe_tells_errno,
};
