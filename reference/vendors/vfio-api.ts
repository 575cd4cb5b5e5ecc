/** How a driver makes its device known to VFIO: three forms, one after the other. */
import type { Device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import {
  _vfio_alloc_device,
  new_vfio_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
} from '../vfio/device.js';
import {
  vfio_init_group_dev,
  vfio_register_group_dev,
  vfio_uninit_group_dev,
} from '../vfio/group-dev.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';

export interface VfioApi {
  /** @returns a device that nobody knows yet, or -errno */
  alloc(k: Kernel, dev: Device, ops: VfioDeviceOps): MightSleep<VfioDevice | number>;
  /** @returns 0 or -errno */
  register(k: Kernel, device: VfioDevice): MightSleep<number>;
  free(k: Kernel, device: VfioDevice): MightSleep<void>;
  /** what that needs of vfio.ko, beside the unregistration */
  readonly imports: readonly string[];
}

/** The bus made the IOMMU group; freeing is kfree(). Source: 5.13, 5.14 */
export const in_group_of_bus: VfioApi = {
  alloc: vfio_init_group_dev,
  register: vfio_register_group_dev,
  *free() {
    // The device is the driver's memory, which needs no giving back here.
  },
  imports: ['vfio_init_group_dev', 'vfio_register_group_dev'],
};

/** The registration makes an IOMMU group. Source: 5.16 to 6.0 */
export const in_group_of_its_own: VfioApi = {
  alloc: vfio_init_group_dev,
  register: vfio_register_emulated_iommu_dev,
  free: vfio_uninit_group_dev,
  imports: ['vfio_init_group_dev', 'vfio_register_emulated_iommu_dev', 'vfio_uninit_group_dev'],
};

/** The core allocates and counts. Source: September 2022, 6.1 */
export const allocated: VfioApi = {
  alloc: _vfio_alloc_device,
  register: vfio_register_emulated_iommu_dev,
  free: vfio_put_device,
  imports: ['_vfio_alloc_device', 'vfio_free_device', 'vfio_register_emulated_iommu_dev'],
};

/** The memory is the driver's own, the count the core's. Source: September 2022, 6.1 */
export const initialised: VfioApi = {
  alloc: new_vfio_device,
  register: vfio_register_emulated_iommu_dev,
  free: vfio_put_device,
  imports: ['vfio_init_device', 'vfio_register_emulated_iommu_dev'],
};
