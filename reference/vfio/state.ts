import type { DeviceClass } from '../kernel/class.js';
import { Ida } from '../kernel/ida.js';
import { perKernel } from '../kernel/kernel.js';
import { Mutex } from '../kernel/locks.js';
import type { MiscDevice } from '../kernel/misc.js';
import type { Module } from '../kernel/module.js';
import type { VfioGroup, VfioIommuDriver } from './types.js';

/** What the VFIO core keeps while it is loaded. Source: struct vfio, drivers/vfio/vfio_main.c, 6.1 */
export interface Vfio {
  module: Module | undefined;
  class: DeviceClass | undefined;
  device_class: DeviceClass | undefined;
  container_dev: MiscDevice | undefined;
  group_major: number;
  /** how many devices have an inode in the pseudo file system */
  fs_count: number;
  readonly group_ida: Ida;
  readonly device_ida: Ida;
  readonly group_list: VfioGroup[];
  readonly group_lock: Mutex;
  readonly iommu_drivers: VfioIommuDriver[];
  readonly iommu_drivers_lock: Mutex;
}

export const vfio = perKernel<Vfio>(() => ({
  module: undefined,
  class: undefined,
  device_class: undefined,
  container_dev: undefined,
  group_major: 0,
  fs_count: 0,
  group_ida: new Ida(),
  device_ida: new Ida(),
  group_list: [],
  group_lock: new Mutex('vfio.group_lock'),
  iommu_drivers: [],
  iommu_drivers_lock: new Mutex('vfio.iommu_drivers_lock'),
}));
