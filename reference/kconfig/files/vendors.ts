/** The drivers of real hardware that offer mediated devices. */
import type { KconfigFile } from '../parse.js';

const gvt_host = `config DRM_I915_GVT
	bool "a host of virtual graphics"
	depends on DRM_I915
	default n
`;

/** Source: arch/s390/Kconfig, drivers/gpu/drm/i915/Kconfig, 5.13; the left sides of seed 004, patch 01 */
export const vendors_5_13: KconfigFile = {
  name: 'vendors-5.13.kconfig',
  text: `if S390
config VFIO_CCW
	tristate "subchannels for VFIO"
	depends on S390_CCW_IOMMU && VFIO_MDEV
config VFIO_AP
	tristate "adjunct processors for VFIO"
	depends on S390_AP_IOMMU && VFIO_MDEV_DEVICE && KVM
	depends on ZCRYPT
endif
if X86
${gvt_host}config DRM_I915_GVT_KVMGT
	tristate "virtual graphics for KVM"
	depends on DRM_I915_GVT
	depends on KVM
	depends on VFIO_MDEV && VFIO_MDEV_DEVICE
endif
`,
};

const s390_mdev = `if S390
config VFIO_CCW
	tristate "subchannels for VFIO"
	depends on S390_CCW_IOMMU && VFIO_MDEV
config VFIO_AP
	tristate "adjunct processors for VFIO"
	depends on S390_AP_IOMMU && VFIO_MDEV && KVM
	depends on ZCRYPT
endif
`;

/** Source: the right sides of seed 004, patch 01 */
export const vendors_series_01: KconfigFile = {
  name: 'vendors-series-01.kconfig',
  text: `${s390_mdev}if X86
${gvt_host}config DRM_I915_GVT_KVMGT
	tristate "virtual graphics for KVM"
	depends on DRM_I915_GVT
	depends on KVM
	depends on VFIO_MDEV
endif
`,
};

/** Source: arch/s390/Kconfig, drivers/gpu/drm/i915/Kconfig, 6.1 */
export const vendors_6_1: KconfigFile = {
  name: 'vendors-6.1.kconfig',
  text: `${s390_mdev}if X86
config DRM_I915_GVT
	bool
config DRM_I915_GVT_KVMGT
	tristate "virtual graphics for KVM"
	depends on DRM_I915
	depends on KVM
	depends on VFIO_MDEV
	select DRM_I915_GVT
endif
`,
};

/** Source: arch/s390/Kconfig, drivers/gpu/drm/i915/Kconfig, 6.12 */
export const vendors_6_12: KconfigFile = {
  name: 'vendors-6.12.kconfig',
  text: `if S390
config VFIO_CCW
	tristate "subchannels for VFIO"
	depends on VFIO
	select VFIO_MDEV
config VFIO_AP
	tristate "adjunct processors for VFIO"
	depends on KVM
	depends on VFIO
	depends on AP
	select VFIO_MDEV
endif
if X86
config DRM_I915_GVT
	bool
config DRM_I915_GVT_KVMGT
	tristate "virtual graphics for KVM"
	depends on DRM_I915
	depends on VFIO
	depends on KVM_X86
	select VFIO_MDEV
	select DRM_I915_GVT
endif
`,
};
