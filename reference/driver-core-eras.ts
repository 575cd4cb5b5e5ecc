/** What the driver core of an era does otherwise than those of others. */
import { probe_tells_errno } from './kernel/really-probe-errno.js';
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
  probesDeferredMatch: false,
  badMatchEndsWalk: false,
};

/** Source: call_driver_probe(), drivers/base/dd.c; uevent_show(), drivers/base/core.c, 6.12 */
export const probe_with_driver: DriverCoreEra = {
  ueventShowLocks: false,
  probeFailed(k, dev, drv, error) {
    const text = `probe with driver ${drv.name} failed with error ${error}`;
    dev_printk(k, LogLevel.ERR, dev, text);
  },
  binding: probe_tells_errno,
  probesDeferredMatch: false,
  badMatchEndsWalk: false,
};

/**
 * How it was before two repairs of 2022 that the stable kernels have, too: a match that is put off
 * counted as one, and any other error of a match ended a new driver's registration.
 * Source: __device_attach_driver(), __driver_attach(), drivers/base/dd.c; bus_add_driver(), bus.c, 5.14
 */
export const match_5_13 = { probesDeferredMatch: true, badMatchEndsWalk: true };

/** Between the two. Source: __driver_attach(), drivers/base/dd.c, 6.0 */
export const match_6_0 = { probesDeferredMatch: false, badMatchEndsWalk: true };
