import type { Kernel } from './kernel.js';
import { perKernel } from './kernel.js';
import type { Kobject } from './kobject.js';
import type { ParamDefs, Params } from './params.js';
import { WaitQueue, type MightSleep } from './scheduler.js';
import { Completion } from './wait.js';

/** A symbol that a module exports. */
export interface Export {
  readonly name: string;
  /** EXPORT_SYMBOL_GPL: not there for modules with another licence */
  readonly gpl: boolean;
}

/** What is in a .ko file. */
export interface ModuleDefinition {
  readonly name: string;
  readonly license: string;
  readonly version?: string;
  /** built outside the kernel's tree, which taints the module */
  readonly outOfTree?: boolean;
  /** the vendor drivers in it, where it is part of the kernel's tree */
  readonly vendors?: readonly string[];
  /** the symbols it needs from other modules, and those of the kernel itself that are GPL-only */
  readonly imports: readonly string[];
  readonly exports?: readonly Export[];
  readonly params?: ParamDefs;
  /** functions that are watched once it is loaded, beside those that the profile names */
  readonly traces?: readonly string[];
  init?(k: Kernel, mod: Module): MightSleep<number>;
  exit?(k: Kernel, mod: Module): MightSleep<void>;
}

/**
 * The vendor drivers of a module: its own where it says so, else it is one if it is no part of the
 * kernel; what only links does nothing to be one.
 */
export const vendor_drivers = (module: ModuleDefinition): readonly string[] =>
  module.vendors ?? (module.outOfTree && module.init ? [module.name] : []);

/** Source: enum module_state, include/linux/module.h, 6.1 */
export type ModuleState = 'unformed' | 'coming' | 'live' | 'going';

/** A module in memory. Source: struct module, include/linux/module.h, 6.1 */
export class Module {
  state: ModuleState = 'unformed';
  /** references that keep it in memory */
  refcnt = 0;
  /** letters, as in an oops */
  readonly taints = new Set<string>();
  /** a symbol for GPL modules only was resolved */
  using_gplonly_symbols = false;
  /** modules that this one uses, the last resolved first */
  readonly uses: Module[] = [];
  readonly users = new Set<Module>();
  /** /sys/module/NAME and what is in it, while it is there */
  kobj: Kobject | undefined;
  /** its last reference is gone */
  readonly kobj_completion = new Completion('module_kobj.kobj_completion');
  holders_dir: Kobject | undefined;
  drivers_dir: Kobject | undefined;
  notes_dir: Kobject | undefined;

  constructor(
    readonly definition: ModuleDefinition,
    readonly params: Params,
  ) {}

  get name(): string {
    return this.definition.name;
  }
}

/** The modules in memory, and what they did to the kernel. */
export interface ModuleTable {
  readonly loaded: Map<string, Module>;
  /** what is part of the kernel, and never goes */
  readonly builtin: Module[];
  readonly taints: Set<string>;
  debug_locks: boolean;
  /** who waits for a module to have come, or to be gone */
  readonly wq: WaitQueue;
}

export const modules: (k: Kernel) => ModuleTable = perKernel(() => ({
  loaded: new Map(),
  builtin: [],
  taints: new Set(),
  debug_locks: true,
  wq: new WaitQueue('module_wq'),
}));

/**
 * Pins a module against removal.
 * @param mod undefined for what is built in, which never goes
 * @returns false once it is on its way out
 * Source: try_module_get(), kernel/module/main.c, 6.1
 */
export function try_module_get(mod: Module | undefined): boolean {
  if (!mod) return true;
  if (mod.state === 'going') return false;
  mod.refcnt++;
  return true;
}

/**
 * What the file `refcnt` shows: the references, or -1 once the module is being unloaded.
 * Source: module_refcount(), kernel/module/main.c, 6.1
 */
export function module_refcount(mod: Module): number {
  return mod.state === 'going' ? -1 : mod.refcnt;
}

/** Source: module_put() */
export function module_put(mod: Module | undefined): void {
  if (mod) mod.refcnt--;
}
