/** The files of a bus and of its drivers. Source: drivers/base/bus.c, 6.1 */
import type { Bus } from './bus.js';
import { device_attach, device_driver_detach, driver_match_device } from './dd.js';
import { get_device, put_device, type Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { sysfs_streq } from './kstrtox.js';
import type { MightSleep } from './scheduler.js';
import { kobject_synth_uevent } from './synth-uevent.js';
import type { Attribute } from './sysfs.js';

/**
 * Does something to the device that a file names, holding a reference to it.
 * @returns what `action` returns, or -ENODEV if the bus has no such device
 */
function* with_device(
  k: Kernel,
  bus: Bus,
  name: string,
  action: (dev: Device) => MightSleep<number>,
): MightSleep<number> {
  const dev = bus.devices.find((each) => sysfs_streq(name, each.name));
  if (!dev) return -Errno.ENODEV;
  get_device(dev);
  const ret = yield* action(dev);
  yield* put_device(k, dev);
  return ret;
}

const uevent: Attribute = {
  name: 'uevent',
  mode: 0o200,
  *store(k, kobj, data) {
    return kobject_synth_uevent(k, kobj, data) || data.length;
  },
};

/** Source: bus_rescan_devices_helper() */
function* bus_rescan_devices_helper(k: Kernel, dev: Device): MightSleep<number> {
  const parent = dev.bus?.need_parent_lock ? dev.parent : undefined;
  if (parent) yield* parent.mutex.lock(k);
  const ret = yield* device_attach(k, dev);
  parent?.mutex.unlock(k);
  return ret;
}

/** Source: drivers_probe_store(), drivers_autoprobe_store(), bus_uevent_store() */
export function bus_files(bus: Bus): readonly Attribute[] {
  return [
    uevent,
    {
      name: 'drivers_probe',
      mode: 0o200,
      store: (k, _kobj, data) =>
        with_device(k, bus, data, function* (dev) {
          if (dev.driver) return data.length;
          return (yield* bus_rescan_devices_helper(k, dev)) < 0 ? -Errno.EINVAL : data.length;
        }),
    },
    {
      name: 'drivers_autoprobe',
      mode: 0o644,
      *show() {
        return `${Number(bus.drivers_autoprobe)}\n`;
      },
      *store(_k, _kobj, data) {
        bus.drivers_autoprobe = data[0] !== '0';
        return data.length;
      },
    },
  ];
}

/** Source: bind_store(), unbind_store(), uevent_store() */
export function driver_files(drv: DeviceDriver): readonly Attribute[] {
  const { bus } = drv;
  const common = [uevent, ...(bus.drv_groups ?? []).flatMap(({ attrs }) => attrs)];
  if (drv.suppress_bind_attrs) return common;
  return [
    ...common,
    {
      name: 'unbind',
      mode: 0o200,
      store: (k, _kobj, data) =>
        with_device(k, bus, data, function* (dev) {
          if (dev.driver !== drv) return -Errno.ENODEV;
          yield* device_driver_detach(k, dev);
          return data.length;
        }),
    },
    {
      name: 'bind',
      mode: 0o200,
      store: (k, _kobj, data) =>
        with_device(k, bus, data, function* (dev) {
          const match = bus.match_bind?.(k, dev, drv) ?? driver_match_device(k, drv, dev);
          if (!match) return -Errno.ENODEV;
          return (yield* k.profile.driverCore.binding.bind(k, drv, dev)) || data.length;
        }),
    },
  ];
}
