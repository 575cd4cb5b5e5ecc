/** The module vfio_iommu_type1.ko, as far as groups without an IOMMU need it. Source: drivers/vfio/vfio_iommu_type1.c, 6.1 */
import { Errno } from '../kernel/errno.js';
import type { IommuGroup } from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import type { ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import { vfio } from './state.js';
import type { VfioIommu, VfioIommuDriver } from './types.js';

/** Source: include/uapi/linux/vfio.h, 6.1 */
const VFIO_TYPE1_IOMMU = 1;
const VFIO_TYPE1v2_IOMMU = 3;
const VFIO_DMA_CC_IOMMU = 4;
const VFIO_TYPE1_NESTING_IOMMU = 6;
const VFIO_UNMAP_ALL = 9;
const VFIO_UPDATE_VADDR = 10;

/** What the backend does differently from era to era. */
export interface Type1Era {
  /** the extensions that it always has */
  readonly extensions: ReadonlySet<number>;
  /** has a closer look at a group. @returns 0 or -errno */
  readonly inspect: (k: Kernel, group: IommuGroup) => number;
}

const EXTENSIONS_5_10 = [VFIO_TYPE1_IOMMU, VFIO_TYPE1v2_IOMMU, VFIO_TYPE1_NESTING_IOMMU];

/** The group's maker says whether there is an IOMMU. */
export const type1_told: Type1Era = {
  extensions: new Set([...EXTENSIONS_5_10, VFIO_UNMAP_ALL]),
  inspect: () => 0,
};

/** Stable kernels of 6.1 took VFIO_UPDATE_VADDR from mediated devices. Source: vfio_iommu_type1_check_extension(), 5.12 to 6.0 */
const EXTENSIONS_5_12 = [...EXTENSIONS_5_10, VFIO_UNMAP_ALL, VFIO_UPDATE_VADDR];

/** As {@link type1_told}. Source: 5.16 to 6.0 */
export const type1_6_0: Type1Era = { ...type1_told, extensions: new Set(EXTENSIONS_5_12) };

/** A group without devices is of no bus, and there is no domain for it. Source: vfio_iommu_type1_attach_group(), 5.13 */
const of_a_bus = (group: IommuGroup): number => (group.devices.length === 0 ? -Errno.EIO : 0);

/**
 * The devices' bus says whether there is an IOMMU: none for mediated devices, though they could name
 * another device that has one. Where that is asked, the loader complains of the symbol's licence.
 * Source: vfio_bus_is_mdev(), vfio_mdev_iommu_device(); __symbol_get(), kernel/module.c, 5.10.262
 */
export const type1_looks: Type1Era = {
  extensions: new Set(EXTENSIONS_5_10),
  inspect(k, group) {
    const error = of_a_bus(group);
    const text = 'failing symbol_get of non-GPLONLY symbol mdev_get_iommu_device.';
    if (!error) printk(k, LogLevel.WARNING, text);
    return error;
  },
};

/** What mdev knows of a device needs no symbol any more. Source: vfio_mdev_iommu_device(), 5.13 */
export const type1_5_13: Type1Era = {
  extensions: new Set(EXTENSIONS_5_12),
  inspect: (_k, group) => of_a_bus(group),
};

const open =
  (k: Kernel, { inspect }: Type1Era) =>
  (): VfioIommu => {
    const groups = new Set<IommuGroup>();
    return {
      attach_group(group) {
        if (groups.has(group)) return -Errno.EINVAL;
        const error = inspect(k, group);
        if (!error) groups.add(group);
        return error;
      },
      detach_group(group) {
        groups.delete(group);
      },
    };
  };

/** Cache coherency holds where no hardware could break it: once a container is open, always here. */
const check_extension =
  ({ extensions }: Type1Era) =>
  (extension: number, data: VfioIommu | undefined): number => {
    if (extensions.has(extension)) return 1;
    return extension === VFIO_DMA_CC_IOMMU && data ? 1 : 0;
  };

/** The module of one era. */
export const vfio_iommu_type1 = (era: Type1Era): ModuleDefinition => ({
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
    const driver: VfioIommuDriver = {
      name: 'vfio-iommu-type1',
      owner: mod,
      open: open(k, era),
      check_extension: check_extension(era),
    };
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
});
