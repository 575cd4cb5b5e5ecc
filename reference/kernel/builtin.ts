/** Modules that are part of the kernel. Source: init/main.c, 6.1 */
import type { Kernel } from './kernel.js';
import { builtin_sysfs_setup } from './module-sysfs.js';
import { Module, modules, type ModuleDefinition } from './module.js';
import { initial_params } from './params.js';
import type { MightSleep } from './scheduler.js';

/**
 * Starts what is built in, in its order; what fails to start is there all the same, and does nothing.
 * Source: do_initcalls()
 */
export function* do_initcalls(
  k: Kernel,
  definitions: readonly ModuleDefinition[],
): MightSleep<void> {
  for (const definition of definitions) {
    const mod = new Module(definition, initial_params(definition.params ?? {}));
    mod.state = 'live';
    modules(k).builtin.push(mod);
    yield* builtin_sysfs_setup(k, mod);
    if (definition.init) yield* definition.init(k, mod);
  }
}
