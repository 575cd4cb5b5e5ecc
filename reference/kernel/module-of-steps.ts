import type { Kernel } from './kernel.js';
import type { Module, ModuleDefinition } from './module.js';
import { make_all, undo_all, type Step } from './steps.js';

/**
 * A module that makes things when it is loaded, and takes them back, newest first, when it goes.
 * @param make what the steps are made on, for each time that it is loaded
 * @param goes the same steps in the order whose reverse the module goes in, where that differs
 */
export function module_of_steps<T>(
  of: Omit<ModuleDefinition, 'init' | 'exit'>,
  make: (k: Kernel, mod: Module) => T,
  steps: readonly Step<T>[],
  goes: readonly Step<T>[] = steps,
): ModuleDefinition {
  const made = new WeakMap<Module, T>();
  return {
    ...of,
    *init(k, mod) {
      const subject = make(k, mod);
      made.set(mod, subject);
      return yield* make_all(k, subject, steps);
    },
    exit: (k, mod) => undo_all(k, made.get(mod)!, goes),
  };
}
