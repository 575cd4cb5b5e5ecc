/** The kernels that can be put under test, a row each, and what is built for them. */
import { HarnessError } from '../errors.js';

export interface KernelRow {
  /** the era whose goldens it is held against */
  profile: string;
  /** functions of the core that its compiler inlined, so that no probe sees them */
  inlined: readonly string[];
}

/** By the version that names them in `linux:<version>` and in packages. */
export const KERNELS = {
  '6.1': { profile: 'linux-6.1', inlined: [] },
  '6.12': { profile: 'linux-6.12', inlined: ['vfio_init_device'] },
} as const satisfies Record<string, KernelRow>;

export type KernelVersion = keyof typeof KERNELS;

export const KERNEL_VERSIONS = Object.keys(KERNELS) as KernelVersion[];

/** @throws HarnessError `E_KERNEL` for a version without a row */
export function kernelNamed(version: string): KernelVersion {
  if (Object.hasOwn(KERNELS, version)) return version as KernelVersion;
  const message = `there is no kernel ${JSON.stringify(version)}; it is one of ${KERNEL_VERSIONS.join(', ')}`;
  throw new HarnessError('E_KERNEL', message);
}

/** Modules of the kernel's own that cases load. */
export const CORE_MODULES = ['vfio', 'vfio_iommu_type1', 'mdev'] as const;

/** What the port to the host needs, in the order of loading; kernels have some or all of it built in. */
export const PORT_MODULES = [
  'virtio_ring',
  'virtio',
  'virtio_pci_modern_dev',
  'virtio_pci_legacy_dev',
  'virtio_pci',
  'virtio_console',
] as const;

/** Samples of the kernel's source, which distributions don't ship as modules: module → further files. */
export const SAMPLES = { mtty: [], mdpy: ['mdpy-defs.h'], mbochs: [] } as const;

/** Our modules, by their folder in linux/. */
export const OUR_MODULES = {
  mscript: ['mscript'],
  mprop: ['mprop_mdev', 'mprop_vfio'],
} as const;
