import type { DeviceDriver } from './driver.js';
import type { Kernel } from './kernel.js';
import { kobject_create_and_add } from './kobject.js';
import type { MightSleep } from './scheduler.js';
import { sysfs_create_link, sysfs_remove_link } from './sysfs.js';

const link_name = (drv: DeviceDriver): string => `${drv.bus.name}:${drv.name}`;

/** Links a driver and its module to each other. Source: module_add_driver(), drivers/base/module.c, 6.1 */
export function* module_add_driver(k: Kernel, drv: DeviceDriver): MightSleep<void> {
  const mod = drv.owner;
  if (!mod?.kobj) return;
  sysfs_create_link(k, drv.p!.kobj, mod.kobj, 'module');
  if (!mod.drivers_dir) {
    const dir = yield* kobject_create_and_add(k, 'drivers', mod.kobj);
    if (typeof dir === 'number') return;
    mod.drivers_dir = dir;
  }
  sysfs_create_link(k, mod.drivers_dir, drv.p!.kobj, link_name(drv));
}

/** Source: module_remove_driver(), drivers/base/module.c, 6.1 */
export function module_remove_driver(k: Kernel, drv: DeviceDriver): void {
  sysfs_remove_link(k, drv.p!.kobj, 'module');
  if (drv.owner?.drivers_dir) sysfs_remove_link(k, drv.owner.drivers_dir, link_name(drv));
}
