/** The module vfio_iommu_type1.ko, as far as groups without an IOMMU need it. Source: drivers/vfio/vfio_iommu_type1.c, 6.1 */
import { Errno } from '../kernel/errno.js';
import type { IommuGroup } from '../kernel/iommu.js';
import type { ModuleDefinition } from '../kernel/module.js';
import { vfio } from './state.js';
import type { VfioIommu, VfioIommuDriver } from './types.js';

/** Source: include/uapi/linux/vfio.h, 6.1 */
const VFIO_TYPE1_IOMMU = 1;
const VFIO_TYPE1v2_IOMMU = 3;
const VFIO_DMA_CC_IOMMU = 4;
const VFIO_TYPE1_NESTING_IOMMU = 6;
const VFIO_UNMAP_ALL = 9;

const ALWAYS: ReadonlySet<number> = new Set([
  VFIO_TYPE1_IOMMU,
  VFIO_TYPE1v2_IOMMU,
  VFIO_TYPE1_NESTING_IOMMU,
  VFIO_UNMAP_ALL,
]);

function open(): VfioIommu {
  const groups = new Set<IommuGroup>();
  return {
    attach_group(group) {
      if (groups.has(group)) return -Errno.EINVAL;
      groups.add(group);
      return 0;
    },
    detach_group(group) {
      groups.delete(group);
    },
  };
}

/** Cache coherency holds where no hardware could break it: once a container is open, always here. */
function check_extension(extension: number, data: VfioIommu | undefined): number {
  if (ALWAYS.has(extension)) return 1;
  return extension === VFIO_DMA_CC_IOMMU && data ? 1 : 0;
}

export const vfio_iommu_type1: ModuleDefinition = {
  name: 'vfio_iommu_type1',
  license: 'GPL v2',
  version: '0.2',
  params: {
    allow_unsafe_interrupts: { type: 'bool', init: false, mode: 0o644 },
    disable_hugepages: { type: 'bool', init: false, mode: 0o644 },
    dma_entry_limit: { type: 'uint', init: 0xffff, mode: 0o644 },
  },
  imports: [
    'vfio_info_add_capability',
    'vfio_info_cap_add',
    'vfio_info_cap_shift',
    'vfio_register_iommu_driver',
    'vfio_unregister_iommu_driver',
  ],

  *init(k, mod) {
    const driver: VfioIommuDriver = { name: 'vfio-iommu-type1', owner: mod, open, check_extension };
    vfio(k).iommu_drivers.unshift(driver);
    return 0;
  },

  *exit(k, mod) {
    const { iommu_drivers } = vfio(k);
    iommu_drivers.splice(
      iommu_drivers.findIndex((driver) => driver.owner === mod),
      1,
    );
  },
};
