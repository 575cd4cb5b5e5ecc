/** Binding devices to drivers. Source: drivers/base/dd.c, 6.1 and 6.12 */
import {
  __device_driver_lock,
  __device_driver_unlock,
  bind_preset,
  device_is_bound,
} from './bind-driver.js';
import { KernelBug } from './bug.js';
import {
  driver_deferred_probe_add,
  driver_deferred_probe_del,
  driver_deferred_probe_trigger,
} from './deferred-probe.js';
import { dev_printk, type Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import { ERRNO } from './fault-inject.js';
import type { Kernel } from './kernel.js';
import { LogLevel } from './printk.js';
import type { MightSleep } from './scheduler.js';
import {
  sysfs_create_groups,
  sysfs_create_link,
  sysfs_remove_groups,
  sysfs_remove_link,
} from './sysfs.js';
import { failpointAtomic, optionalTracepoint, tracepoint } from './tracepoint.js';
import { kobject_uevent } from './uevent.js';

/** Whether bus and driver say that they fit; without a callback everything does. */
export function driver_match_device(k: Kernel, drv: DeviceDriver, dev: Device): number {
  return drv.bus.match ? drv.bus.match(k, dev, drv) : 1;
}

/** The same, where the driver core tries by itself and the bus may have its own opinion on that. */
function driver_match_attach(k: Kernel, drv: DeviceDriver, dev: Device): number {
  return drv.bus.match_attach?.(k, dev, drv) ?? driver_match_device(k, drv, dev);
}

/**
 * Source: driver_sysfs_add()
 * @returns 0 or -errno
 * @throws KernelBug `OOPS` for a driver that is not registered
 */
export const driver_sysfs_add = failpointAtomic(
  'driver_sysfs_add',
  (dev: Device, drv: DeviceDriver) => ({ dev: dev.name, driver: drv.name }),
  (k, dev, drv) => {
    if (!drv.p) throw new KernelBug('OOPS', `${drv.name} is bound to ${dev.name}, and has no bus`);
    const list = sysfs_create_link(k, drv.p.kobj, dev.kobj, dev.name);
    if (list) return list;
    const link = sysfs_create_link(k, dev.kobj, drv.p.kobj, 'driver');
    if (link) sysfs_remove_link(k, drv.p.kobj, dev.name);
    return link;
  },
);

/** Source: driver_sysfs_remove() */
export function driver_sysfs_remove(k: Kernel, dev: Device, drv: DeviceDriver): void {
  sysfs_remove_link(k, drv.p!.kobj, dev.name);
  sysfs_remove_link(k, dev.kobj, 'driver');
}

/** Source: device_unbind_cleanup() */
export function device_unbind_cleanup(dev: Device): void {
  for (let release = dev.devres.pop(); release; release = dev.devres.pop()) release();
  dev.driver = undefined;
  dev.driver_data = undefined;
}

/** Errors that say nothing is wrong: the device isn't there, or not yet. */
export const QUIET: ReadonlySet<number> = new Set([
  -Errno.EPROBE_DEFER,
  -Errno.ENODEV,
  -Errno.ENXIO,
]);

/** The driver's attributes; without them it has to let go of the device again. @returns 0 or -errno. Source: really_probe() */
export function* add_driver_groups(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  const error = yield* sysfs_create_groups(k, dev.kobj, drv.dev_groups ?? []);
  if (!error) return 0;
  dev_printk(k, LogLevel.ERR, dev, 'device_add_groups() failed');
  const remove = dev.bus?.remove ?? drv.remove;
  if (remove) yield* remove(k, dev);
  return error;
}

/** Source: device_remove() */
function* device_remove(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<void> {
  yield* sysfs_remove_groups(k, dev.kobj, drv.dev_groups ?? []);
  const remove = dev.bus?.remove ?? drv.remove;
  if (remove) yield* remove(k, dev);
}

/** The device is bound: whoever waits for it may ask again. Source: driver_bound() */
export const driver_bound = tracepoint(
  'driver_bound',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    dev.driver!.p!.devices.push(dev);
    driver_deferred_probe_del(k, dev);
    driver_deferred_probe_trigger(k);
    kobject_uevent(k, dev.kobj, 'bind');
  },
);

/** Tries one driver on one device. @returns what the era says. Source: really_probe() */
export const really_probe = tracepoint(
  'really_probe',
  (dev: Device, drv: DeviceDriver) => ({ dev: dev.name, driver: drv.name }),
  (k, dev, drv) => k.profile.driverCore.binding.really_probe(k, dev, drv),
  ERRNO,
);

/**
 * Binds a given driver to a device, whatever the bus says about the match.
 * @returns what the era says; since 5.14 0 or -errno, -EAGAIN where the driver wants to be asked later
 * Source: device_driver_attach()
 */
export const device_driver_attach = tracepoint(
  'device_driver_attach',
  (drv: DeviceDriver, dev: Device) => ({ driver: drv.name, dev: dev.name }),
  function* (k, drv, dev) {
    yield* __device_driver_lock(k, dev);
    const ret = yield* k.profile.driverCore.binding.device_driver_attach(k, drv, dev);
    __device_driver_unlock(k, dev);
    return ret;
  },
  ERRNO,
);

/** @returns 1 once a driver is bound, 0 if none is, or what stopped the search. */
function* probe_drivers(k: Kernel, dev: Device): MightSleep<number> {
  for (const drv of [...dev.bus!.drivers]) {
    const match = driver_match_attach(k, drv, dev);
    if (match === 0) continue;
    const { binding, probesDeferredMatch } = k.profile.driverCore;
    if (match === -Errno.EPROBE_DEFER) yield* driver_deferred_probe_add(k, dev);
    if (match < 0 && !(match === -Errno.EPROBE_DEFER && probesDeferredMatch)) return match;
    const verdict = binding.verdict(yield* binding.driver_probe_device(k, drv, dev));
    if (verdict) return verdict;
  }
  return 0;
}

function* attach_locked(k: Kernel, dev: Device): MightSleep<number> {
  if (dev.dead) return 0;
  return yield* dev.driver ? bind_preset(k, dev) : probe_drivers(k, dev);
}

/**
 * Offers a device to the drivers of its bus, in the order of their registration.
 * @returns 1 when it is bound, 0 when nobody took it, negative when the search was stopped
 * Source: __device_attach()
 */
const __device_attach = optionalTracepoint(
  '__device_attach',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    yield* dev.mutex.lock(k);
    const ret = yield* attach_locked(k, dev);
    dev.mutex.unlock(k);
    return ret;
  },
);

/** As {@link __device_attach}, on behalf of somebody who asks. Source: device_attach() */
export const device_attach = optionalTracepoint(
  'device_attach',
  (dev: Device) => ({ dev: dev.name }),
  (k, dev) => __device_attach(k, dev),
  ERRNO,
);

/** As {@link __device_attach}, for a new device. Source: device_initial_probe() */
export const device_initial_probe = optionalTracepoint(
  'device_initial_probe',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev): MightSleep<void> {
    yield* __device_attach(k, dev);
  },
);

/**
 * Offers all devices of the bus to a driver; that it refuses is nobody's concern.
 * @returns 0, or where the era says so the error of a match
 * Source: driver_attach(), __driver_attach()
 */
export const driver_attach = optionalTracepoint(
  'driver_attach',
  (drv: DeviceDriver) => ({ driver: drv.name }),
  function* (k, drv) {
    for (const dev of [...drv.bus.devices]) {
      const { badMatchEndsWalk, probesDeferredMatch } = k.profile.driverCore;
      const match = driver_match_attach(k, drv, dev);
      const later = match === -Errno.EPROBE_DEFER;
      if (later) yield* driver_deferred_probe_add(k, dev);
      if (match < 0 && !later && badMatchEndsWalk) return match;
      if (match <= 0 && !(later && probesDeferredMatch)) continue;
      yield* k.profile.driverCore.binding.driver_attach(k, drv, dev);
    }
    return 0;
  },
);

/**
 * Takes the driver away from a device, if it has one.
 * @param only this driver, or any
 * Source: device_release_driver_internal(), __device_release_driver()
 */
const device_release_driver_internal = optionalTracepoint(
  'device_release_driver_internal',
  (dev: Device, _only: DeviceDriver | undefined) => ({
    dev: dev.name,
    ...(dev.driver ? { driver: dev.driver.name } : {}),
  }),
  function* (k, dev, only) {
    yield* dev.mutex.lock(k);
    const drv = dev.driver;
    if (drv && (!only || only === drv)) {
      if (!device_is_bound(dev)) {
        throw new KernelBug('OOPS', `klist_remove: ${dev.name} has a driver and was never bound`);
      }
      driver_sysfs_remove(k, dev, drv);
      yield* device_remove(k, dev, drv);
      device_unbind_cleanup(dev);
      drv.p!.devices.splice(drv.p!.devices.indexOf(dev), 1);
      kobject_uevent(k, dev.kobj, 'unbind');
    }
    dev.mutex.unlock(k);
  },
);

/** Takes away whatever driver the device has, for who may hold the parent's lock. Source: device_release_driver() */
export function device_release_driver(k: Kernel, dev: Device): MightSleep<void> {
  return device_release_driver_internal(k, dev, undefined);
}

/** As {@link device_release_driver}, with all the locks that the bus wants. Source: device_driver_detach() */
export function* device_driver_detach(
  k: Kernel,
  dev: Device,
  only?: DeviceDriver,
): MightSleep<void> {
  const parent = dev.bus?.need_parent_lock ? dev.parent : undefined;
  if (parent) yield* parent.mutex.lock(k);
  yield* device_release_driver_internal(k, dev, only);
  parent?.mutex.unlock(k);
}

/** Takes a driver away from all its devices, the last bound first. Source: driver_detach() */
export function* driver_detach(k: Kernel, drv: DeviceDriver): MightSleep<void> {
  for (let dev = drv.p!.devices.at(-1); dev; dev = drv.p!.devices.at(-1)) {
    yield* device_driver_detach(k, dev, drv);
  }
}
