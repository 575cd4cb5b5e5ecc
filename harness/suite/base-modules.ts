import type { LoadedModule } from './compiled.js';
import { moduleAndParams } from './verbs/protocol.js';

/** The eras whose shim between mdev and VFIO is a module of its own. */
const SHIM_ERAS = ['linux-5.10', 'linux-5.13'];

/** What nearly every case stands on. */
const BASE: readonly LoadedModule[] = [
  { module: 'vfio' },
  { module: 'vfio_iommu_type1' },
  { module: 'mdev' },
  { module: 'vfio_mdev', only: SHIM_ERAS },
];

/**
 * What is loaded before the first step of a case.
 * @param modules what the case wants in place of the usual ones
 * @param drivers what it wants behind them
 */
export function loadedModules(
  modules: readonly string[] | undefined,
  drivers: readonly string[] = [],
): LoadedModule[] {
  return [...(modules?.map(moduleAndParams) ?? BASE), ...drivers.map(moduleAndParams)];
}
