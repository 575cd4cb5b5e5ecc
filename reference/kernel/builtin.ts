/** Modules that are part of the kernel. Source: init/main.c, 6.1 */
import type { Kernel } from './kernel.js';
import { builtin_sysfs_setup, builtin_sysfs_teardown } from './module-sysfs.js';
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
    mod.state = 'coming';
    modules(k).builtin.push(mod);
    yield* builtin_sysfs_setup(k, mod);
    const error = definition.init ? yield* definition.init(k, mod) : 0;
    mod.state = error ? 'going' : 'live';
  }
}

/**
 * Takes all of that back, the last one first: no kernel ever does, but only so a machine that ends can
 * tell what it has lost.
 */
export function* undo_initcalls(k: Kernel): MightSleep<void> {
  const { builtin } = modules(k);
  for (let mod = builtin.at(-1); mod; mod = builtin.at(-1)) {
    const { exit } = mod.definition;
    if (mod.state === 'live' && exit) yield* exit(k, mod);
    yield* builtin_sysfs_teardown(k, mod);
    builtin.pop();
  }
}
