/** Values of symbols, and the kernel that is built with them. */
import type { ModuleDefinition } from '../kernel/module.js';
import { checkKconfig } from './check.js';
import { type KconfigEra } from './eras.js';
import { parseKconfig, type Declaration } from './parse.js';
import { resolveKconfig, type Values } from './resolve.js';
import type { Tristate } from './tristate.js';

const read = new WeakMap<KconfigEra, Map<string, Declaration>>();

/** The symbols of an era; its files are read when somebody asks first. */
export function symbolsOfEra(era: KconfigEra): ReadonlyMap<string, Declaration> {
  let symbols = read.get(era);
  if (!symbols) {
    symbols = parseKconfig(era);
    checkKconfig(symbols);
    read.set(era, symbols);
  }
  return symbols;
}

/** What `make olddefconfig` makes of wishes. */
export function olddefconfig(era: KconfigEra, wishes: Values): Record<string, Tristate> {
  return resolveKconfig(symbolsOfEra(era), wishes);
}

/** The symbol that decides about a module; those of nobody's tree have none. Source: the Makefiles beside the Kconfig files */
const SYMBOLS: Readonly<Record<string, string>> = {
  vfio: 'VFIO',
  vfio_iommu_type1: 'VFIO_IOMMU_TYPE1',
  mdev: 'VFIO_MDEV',
  vfio_mdev: 'VFIO_MDEV_DEVICE',
  mtty: 'SAMPLE_VFIO_MDEV_MTTY',
  mdpy: 'SAMPLE_VFIO_MDEV_MDPY',
  mbochs: 'SAMPLE_VFIO_MDEV_MBOCHS',
  vfio_ccw: 'VFIO_CCW',
  vfio_ap: 'VFIO_AP',
  kvmgt: 'DRM_I915_GVT_KVMGT',
};

/** What a build makes of an era's modules. */
export interface Built {
  /** part of the kernel, in the order in which it starts them */
  readonly builtin: readonly ModuleDefinition[];
  /** .ko files beside it */
  readonly modules: readonly ModuleDefinition[];
}

export function build(modules: readonly ModuleDefinition[], values: Values): Built {
  const value = ({ name }: ModuleDefinition): Tristate => {
    const symbol = Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name]! : undefined;
    return (symbol !== undefined && values[symbol]) || 'm';
  };
  return {
    builtin: modules.filter((module) => value(module) === 'y'),
    modules: modules.filter((module) => value(module) === 'm'),
  };
}
