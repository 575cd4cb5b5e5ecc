/**
 * Binding where a probe's errno is nobody's business: 1 says that the device is bound, 0 that the
 * driver didn't take it. Source: drivers/base/dd.c, bus.c, 5.10; the same up to 5.13
 */
import type { BindingEra } from '../profile.js';
import { deferred_trigger_count, driver_deferred_probe_add_trigger } from './deferred-probe.js';
import { before_probe, check_devres } from './bind-driver.js';
import {
  add_driver_groups,
  device_driver_attach,
  device_unbind_cleanup,
  driver_bound,
  driver_sysfs_add,
  driver_sysfs_remove,
  QUIET,
  really_probe,
} from './dd.js';
import type { Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';

/** @returns 0, or the first thing that went wrong, whatever it was */
function* links_probe_groups(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const early = yield* before_probe(k, dev);
  if (early) return early;
  const links = driver_sysfs_add(k, dev, drv);
  if (links) {
    printk(k, LogLevel.ERR, `really_probe: driver_sysfs_add(${dev.name}) failed`);
    return links;
  }
  const probe = dev.bus?.probe ?? drv.probe;
  const ret = probe ? yield* probe(k, dev) : 0;
  if (ret) return ret;
  return yield* add_driver_groups(k, dev, drv);
}

/** All failures take the same way out, which also removes links that were not made. Source: really_probe() */
function* really_probe_flag(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const before = deferred_trigger_count(k);
  const busy = check_devres(k, dev);
  if (busy) return busy;
  dev.driver = drv;
  const ret = yield* links_probe_groups(k, dev, drv);
  if (ret === 0) {
    yield* driver_bound(k, dev);
    return 1;
  }
  driver_sysfs_remove(k, dev, drv);
  device_unbind_cleanup(dev);
  if (ret === -Errno.EPROBE_DEFER) yield* driver_deferred_probe_add_trigger(k, dev, before);
  if (!QUIET.has(ret)) k.profile.driverCore.probeFailed(k, dev, drv, ret);
  return 0;
}

/** Source: driver_probe_device() */
function* driver_probe_device(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number> {
  return dev.registered ? yield* really_probe(k, dev, drv) : -Errno.ENODEV;
}

export const probe_tells_flag: BindingEra = {
  really_probe: really_probe_flag,
  driver_probe_device,
  verdict: (ret) => ret,
  *device_driver_attach(k, drv, dev) {
    return dev.dead || dev.driver ? 0 : yield* driver_probe_device(k, drv, dev);
  },
  *driver_attach(k, drv, dev) {
    yield* device_driver_attach(k, drv, dev);
  },
  *bind(k, drv, dev) {
    if (dev.driver) return -Errno.ENODEV;
    const ret = yield* device_driver_attach(k, drv, dev);
    return ret > 0 ? 0 : ret || -Errno.ENODEV;
  },
};
