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

/**
 * The symbol that decides about a module, or its name in other eras; those of nobody's tree have none.
 * Source: the Makefiles beside the Kconfig files
 */
const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  css: ['CCW'],
  kvm: ['KVM'],
  ap: ['AP', 'ZCRYPT'],
  i915: ['DRM_I915'],
  vfio: ['VFIO'],
  vfio_iommu_type1: ['VFIO_IOMMU_TYPE1'],
  mdev: ['VFIO_MDEV'],
  vfio_mdev: ['VFIO_MDEV_DEVICE'],
  mtty: ['SAMPLE_VFIO_MDEV_MTTY'],
  mdpy: ['SAMPLE_VFIO_MDEV_MDPY'],
  mbochs: ['SAMPLE_VFIO_MDEV_MBOCHS'],
  vfio_ccw: ['VFIO_CCW'],
  vfio_ap: ['VFIO_AP'],
  kvmgt: ['DRM_I915_GVT_KVMGT'],
};

function valueOf({ name }: ModuleDefinition, values: Values): Tristate {
  const symbols = Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name]! : [];
  const symbol = symbols.find((each) => Object.hasOwn(values, each));
  return symbol === undefined ? 'm' : values[symbol]!;
}

const uses = (user: ModuleDefinition, owner: ModuleDefinition): boolean =>
  owner.exports?.some(({ name }) => user.imports.includes(name)) ?? false;

/** What others use starts before them, else in the order given. Source: the levels of initcalls, include/linux/init.h */
function startOrder(builtin: readonly ModuleDefinition[]): ModuleDefinition[] {
  const left = [...builtin];
  const order: ModuleDefinition[] = [];
  while (left.length > 0) {
    const ready = left.findIndex(
      (each) => !left.some((other) => other !== each && uses(each, other)),
    );
    order.push(...left.splice(Math.max(ready, 0), 1));
  }
  return order;
}

/** What a build makes of an era's modules. */
export interface Built {
  /** part of the kernel, in the order in which it starts them */
  readonly builtin: readonly ModuleDefinition[];
  /** .ko files beside it */
  readonly modules: readonly ModuleDefinition[];
}

export function build(modules: readonly ModuleDefinition[], values: Values): Built {
  return {
    builtin: startOrder(modules.filter((module) => valueOf(module, values) === 'y')),
    modules: modules.filter((module) => valueOf(module, values) === 'm'),
  };
}
