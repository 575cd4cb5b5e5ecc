/** The bus whose probe gives each device an IOMMU group, whoever the driver is. Source: drivers/vfio/mdev/mdev_driver.c, 5.10 */
import type { BusOps } from '../kernel/bus.js';
import { dev_printk, type Device } from '../kernel/device.js';
import { ERRNO } from '../kernel/fault-inject.js';
import {
  iommu_group_add_device,
  iommu_group_alloc,
  iommu_group_put,
  iommu_group_remove_device,
} from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { callback, tracepoint } from '../kernel/tracepoint.js';
import { driver_of, named } from './driver.js';
import { mdev_core } from './state.js';
import { to_mdev_device } from './types.js';

/** The device keeps the group. @returns 0 or -errno */
function* mdev_attach_iommu(k: Kernel, dev: Device): MightSleep<number> {
  const group = yield* iommu_group_alloc(k);
  if (typeof group === 'number') return group;
  const error = yield* iommu_group_add_device(k, group, dev);
  if (!error) dev_printk(k, LogLevel.INFO, dev, `MDEV: group_id = ${group.id}`);
  yield* iommu_group_put(k, group);
  return error;
}

function* mdev_detach_iommu(k: Kernel, dev: Device): MightSleep<void> {
  yield* iommu_group_remove_device(k, dev);
  dev_printk(k, LogLevel.INFO, dev, 'MDEV: detaching iommu');
}

/** How a driver is called. */
type Caller = <R>(k: Kernel, dev: Device, op: string, body: MightSleep<R>) => MightSleep<R>;

/** A bus whose drivers are called like that. */
function grouped(call: Caller): BusOps {
  const mdev_probe = tracepoint(
    'mdev_probe',
    named,
    function* (k, dev: Device) {
      const group = yield* mdev_attach_iommu(k, dev);
      if (group) return group;
      const drv = driver_of(dev);
      const mdev = to_mdev_device(dev);
      const error = drv.probe ? yield* call(k, dev, 'probe', drv.probe(k, mdev)) : 0;
      if (drv.probe) mdev.probe_err = error;
      if (error) yield* mdev_detach_iommu(k, dev);
      return error;
    },
    ERRNO,
  );

  const mdev_remove = tracepoint('mdev_remove', named, function* (k, dev: Device) {
    const drv = driver_of(dev);
    if (drv.remove) yield* call(k, dev, 'remove', drv.remove(k, to_mdev_device(dev)));
    yield* mdev_detach_iommu(k, dev);
    return 0;
  });

  return {
    name: 'mdev',
    probe: mdev_probe,
    *remove(k, dev) {
      yield* mdev_remove(k, dev);
    },
  };
}

/** Without a match every driver fits every device: the first one that was registered gets it. */
export const grouped_by_probe = grouped((_k, _dev, _op, body) => body);

/** As {@link grouped_by_probe}, with drivers of vendors on the bus; the shim is part of the core. */
const with_vendors = grouped((k, dev, op, body) =>
  driver_of(dev) === mdev_core(k).vfio_mdev_driver
    ? body
    : callback(k, dev.driver!.name, op, { dev: dev.name }, body),
);

/** Only the driver that the parent names fits. Source: mdev_match(), the series, patch 02 */
export const matched_with_parent: BusOps = {
  ...with_vendors,
  match: (_k, dev, drv) => Number(to_mdev_device(dev).type.parent!.mdev_driver!.driver === drv),
};

/** Nothing fits by itself: a create binds. Source: mdev_match(), drivers/vfio/mdev/mdev_driver.c, 5.14 */
export const grouped_by_create: BusOps = { ...with_vendors, match: () => 0 };
