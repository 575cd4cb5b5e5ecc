/** VFIO, and mediated devices below it. */
import type { KconfigFile } from '../parse.js';

/** Source: drivers/vfio/Kconfig, 5.13 */
export const vfio: KconfigFile = {
  name: 'vfio.kconfig',
  text: `config VFIO
	tristate "drivers in user space"
	select IOMMU_API
	select VFIO_IOMMU_TYPE1
config VFIO_IOMMU_TYPE1
	tristate
	depends on VFIO
`,
};

/** Source: drivers/vfio/mdev/Kconfig, 5.13 and 6.1 */
export const mdev: KconfigFile = {
  name: 'mdev.kconfig',
  text: `if VFIO
config VFIO_MDEV
	tristate "mediated devices"
	default n
endif
`,
};

/** The shim, with a symbol of its own. Source: drivers/vfio/mdev/Kconfig, 5.13; seed 004, patch 01, removes it */
export const mdev_device: KconfigFile = {
  name: 'mdev-device.kconfig',
  text: `config VFIO_MDEV_DEVICE
	tristate "a VFIO driver for mediated devices"
	depends on VFIO && VFIO_MDEV
	default n
`,
};

/** No prompt: whoever needs it selects it. Source: drivers/vfio/mdev/Kconfig, 6.12 */
export const mdev_6_12: KconfigFile = {
  name: 'mdev-6.12.kconfig',
  text: `if VFIO
config VFIO_MDEV
	tristate
endif
`,
};
