import type { Bus } from '../kernel/bus.js';
import { perKernel } from '../kernel/kernel.js';
import type { Kobject } from '../kernel/kobject.js';
import { Mutex } from '../kernel/locks.js';
import type { MdevDevice, MdevDriver, MdevParent } from './types.js';

/** What the mdev core keeps while it is loaded. Source: drivers/vfio/mdev/mdev_core.c, 6.1 */
export interface MdevCore {
  bus: Bus | undefined;
  /** /sys/class/mdev_bus */
  compat_class: Kobject | undefined;
  /** every device from its create to its release, over all parents; guarded by the lock */
  readonly mdev_list: MdevDevice[];
  readonly mdev_list_lock: Mutex;
  /** the parents, in the eras where the core knows them */
  readonly parent_list: MdevParent[];
  readonly parent_list_lock: Mutex;
  /** the shim, in the eras where it is part of the core */
  vfio_mdev_driver: MdevDriver | undefined;
}

export const mdev_core = perKernel<MdevCore>(() => ({
  bus: undefined,
  compat_class: undefined,
  mdev_list: [],
  mdev_list_lock: new Mutex('mdev_list_lock'),
  parent_list: [],
  parent_list_lock: new Mutex('parent_list_lock'),
  vfio_mdev_driver: undefined,
}));
