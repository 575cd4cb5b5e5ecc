/** The bus whose probe gives each device an IOMMU group, whoever the driver is. Source: drivers/vfio/mdev/mdev_driver.c, 5.10 */
import type { BusOps } from '../kernel/bus.js';
import { dev_printk, type Device } from '../kernel/device.js';
import {
  iommu_group_add_device,
  iommu_group_alloc,
  iommu_group_put,
  iommu_group_remove_device,
} from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { driver_of, named } from './driver.js';
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

const mdev_probe = tracepoint('mdev_probe', named, function* (k, dev: Device) {
  const group = yield* mdev_attach_iommu(k, dev);
  if (group) return group;
  const drv = driver_of(dev);
  const error = drv.probe ? yield* drv.probe(k, to_mdev_device(dev)) : 0;
  if (error) yield* mdev_detach_iommu(k, dev);
  return error;
});

const mdev_remove = tracepoint('mdev_remove', named, function* (k, dev: Device) {
  const drv = driver_of(dev);
  if (drv.remove) yield* drv.remove(k, to_mdev_device(dev));
  yield* mdev_detach_iommu(k, dev);
  return 0;
});

/** Without a match every driver fits every device: the first one that was registered gets it. */
export const grouped_by_probe: BusOps = {
  name: 'mdev',
  probe: mdev_probe,
  *remove(k, dev) {
    yield* mdev_remove(k, dev);
  },
};
