/**
 * Binding where the errno of a probe reaches whoever asked for it. Source: drivers/base/dd.c, bus.c, 6.1;
 * the same from 5.14 on
 */
import type { BindingEra } from '../profile.js';
import {
  __device_driver_lock,
  __device_driver_unlock,
  before_probe,
  check_devres,
} from './bind-driver.js';
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
import { deferred_trigger_count, driver_deferred_probe_add_trigger } from './deferred-probe.js';
import type { Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { pm_runtime_get_sync, pm_runtime_put } from './power.js';
import type { MightSleep } from './scheduler.js';

/** Source: call_driver_probe() @returns what the probe returned */
function* call_driver_probe(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const probe = dev.bus?.probe ?? drv.probe;
  const ret = probe ? yield* probe(k, dev) : 0;
  if (ret !== 0 && !QUIET.has(ret)) k.profile.driverCore.probeFailed(k, dev, drv, ret);
  return ret;
}

/**
 * @returns 0 when bound, a positive errno when the probe failed, a negative one when something
 *   else did
 * Source: really_probe(), 5.14 and later
 */
function* really_probe_errno(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const busy = check_devres(k, dev);
  if (busy) return busy;
  dev.driver = drv;
  const early = (yield* before_probe(k, dev)) || driver_sysfs_add(k, dev, drv);
  if (early) {
    device_unbind_cleanup(dev);
    return early;
  }
  const failed = yield* probe_and_group(k, dev, drv);
  if (failed === 0) {
    yield* driver_bound(k, dev);
    return 0;
  }
  driver_sysfs_remove(k, dev, drv);
  device_unbind_cleanup(dev);
  return failed;
}

function* probe_and_group(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const ret = yield* call_driver_probe(k, dev, drv);
  if (ret) return -ret;
  return yield* add_driver_groups(k, dev, drv);
}

/**
 * Source: __driver_probe_device()
 * @returns as {@link really_probe}; -ENODEV for a device that is gone, -EBUSY for one that is bound
 */
function* __driver_probe_device(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number> {
  if (dev.dead || !dev.registered) return -Errno.ENODEV;
  if (dev.driver) return -Errno.EBUSY;
  if (dev.parent) pm_runtime_get_sync(dev.parent);
  const ret = yield* really_probe(k, dev, drv);
  if (dev.parent) pm_runtime_put(dev.parent);
  return ret;
}

/** As {@link __driver_probe_device}; a device whose driver wants to be asked later will be. */
function* driver_probe_device(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number> {
  const before = deferred_trigger_count(k);
  const ret = yield* __driver_probe_device(k, drv, dev);
  if (Math.abs(ret) === Errno.EPROBE_DEFER) {
    yield* driver_deferred_probe_add_trigger(k, dev, before);
  }
  return ret;
}

/** Source: device_driver_attach(), drivers/base/dd.c; bind_store(), drivers/base/bus.c, 5.14 and later */
export const probe_tells_errno: BindingEra = {
  really_probe: really_probe_errno,
  driver_probe_device,
  verdict: (ret) => (ret > 0 ? 0 : ret || 1),
  *device_driver_attach(k, drv, dev) {
    const ret = yield* __driver_probe_device(k, drv, dev);
    const error = ret > 0 ? -ret : ret;
    return error === -Errno.EPROBE_DEFER ? -Errno.EAGAIN : error;
  },
  *driver_attach(k, drv, dev) {
    yield* __device_driver_lock(k, dev);
    if (!dev.driver) yield* driver_probe_device(k, drv, dev);
    __device_driver_unlock(k, dev);
  },
  bind: (k, drv, dev) => device_driver_attach(k, drv, dev),
};
