/** The machine that everything else depends on: far fewer symbols than a kernel has, by their names. */
import type { KconfigFile } from '../parse.js';

/** Source: arch/s390/Kconfig, arch/x86/Kconfig, drivers/iommu/Kconfig, 5.13 */
export const machine: KconfigFile = {
  name: 'machine.kconfig',
  text: `# One of two architectures; x86 unless somebody wants the other.
config S390
	bool "a mainframe"
config X86
	bool
	default y if !S390
config IOMMU_API
	bool
config DMA_SHARED_BUFFER
	bool
config FB
	tristate "frame buffers"
config KVM
	tristate "virtual machines"
config SAMPLES
	bool "sample code"

if X86
config DRM_I915
	tristate "Intel graphics"
endif
if S390
config CCW
	bool
	default y
endif
`,
};

/** Source: arch/s390/Kconfig, drivers/crypto/Kconfig, drivers/iommu/Kconfig, 5.13 */
export const s390_iommu: KconfigFile = {
  name: 's390-iommu.kconfig',
  text: `if S390
config ZCRYPT
	tristate "adjunct processors"
config S390_CCW_IOMMU
	bool "an IOMMU for subchannels"
	depends on CCW
	select IOMMU_API
config S390_AP_IOMMU
	bool "an IOMMU for adjunct processors"
	depends on ZCRYPT
	select IOMMU_API
endif
`,
};

/** Source: drivers/s390/crypto/Kconfig, arch/x86/kvm/Kconfig, 6.12 */
export const machine_6_12: KconfigFile = {
  name: 'machine-6.12.kconfig',
  text: `if S390
config AP
	tristate "adjunct processors"
	default y
endif
config KVM_X86
	tristate
	default KVM if X86
`,
};
