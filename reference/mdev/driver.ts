/** The mdev bus and its drivers. Source: drivers/vfio/mdev/mdev_driver.c, 6.1; 5.10 has another bus */
import type { BusOps } from '../kernel/bus.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../kernel/driver.js';
import type { Device } from '../kernel/device.js';
import { ERRNO } from '../kernel/fault-inject.js';
import { callback, tracepoint } from '../kernel/tracepoint.js';
import { mdev_core } from './state.js';
import { to_mdev_device, type MdevDriver } from './types.js';

export const named = (dev: Device): { dev: string; driver: string } => ({
  dev: dev.name,
  driver: dev.driver!.name,
});

export const driver_of = (dev: Device): MdevDriver => mdev_drivers.get(dev.driver!)!;

/** The mdev driver behind a device driver. Source: to_mdev_driver() */
const mdev_drivers = new WeakMap<DeviceDriver, MdevDriver>();

const mdev_probe = tracepoint(
  'mdev_probe',
  named,
  function* (k, dev: Device) {
    const drv = driver_of(dev);
    if (!drv.probe) return 0;
    const probe = drv.probe(k, to_mdev_device(dev));
    return yield* callback(k, drv.name, 'probe', { dev: dev.name }, probe);
  },
  ERRNO,
);

const mdev_remove = tracepoint('mdev_remove', named, function* (k, dev: Device) {
  const drv = driver_of(dev);
  if (!drv.remove) return;
  const remove = drv.remove(k, to_mdev_device(dev));
  yield* callback(k, drv.name, 'remove', { dev: dev.name }, remove);
});

/** Nothing matches by itself: a device is bound by its create, to the driver of its parent. */
export const bound_by_create: BusOps = {
  name: 'mdev',
  match: () => 0,
  probe: mdev_probe,
  remove: mdev_remove,
};

/**
 * Registers a driver of mediated devices.
 * @returns 0, the era's refusal, or as driver_register()
 */
export const mdev_register_driver = tracepoint(
  'mdev_register_driver',
  (drv: MdevDriver) => ({
    driver: drv.name,
    ...(drv.device_api === undefined ? {} : { api: drv.device_api }),
  }),
  function* (k, drv) {
    const refused = k.profile.mdev.checkDriver(drv);
    if (refused) return refused;
    drv.driver = {
      name: drv.name,
      owner: drv.owner,
      bus: mdev_core(k).bus!,
      ...(drv.dev_groups ? { dev_groups: drv.dev_groups } : {}),
    };
    mdev_drivers.set(drv.driver, drv);
    return yield* driver_register(k, drv.driver);
  },
  ERRNO,
);

/** Takes a driver away again, from its devices first. */
export const mdev_unregister_driver = tracepoint(
  'mdev_unregister_driver',
  (drv: MdevDriver) => ({ driver: drv.name }),
  function* (k, drv) {
    yield* driver_unregister(k, drv.driver!);
  },
);
