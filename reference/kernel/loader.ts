/** Loading and unloading modules. Source: kernel/module/main.c, 6.1 and 6.12 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { mod_sysfs_setup, mod_sysfs_teardown } from './module-sysfs.js';
import { Module, modules, type ModuleDefinition, type ModuleState } from './module.js';
import { initial_params, parse_args } from './params.js';
import type { MightSleep } from './scheduler.js';
import { simplify_symbols, unref_modules } from './symbols.js';
import { add_taint_module, set_license, Taint } from './taint.js';
import { kobject_uevent } from './uevent.js';
import { wait_event } from './wait.js';

/** Takes a module that didn't make it, or is done, out of memory. Source: free_module() */
function unlink(k: Kernel, mod: Module): void {
  unref_modules(mod);
  const { loaded, wq } = modules(k);
  loaded.delete(mod.name);
  k.sched.wake(wq);
}

/**
 * Takes the place of the module's name, once whoever has it is done.
 * @returns 0; -EEXIST where another one is loaded, -EBUSY where it goes or didn't make it,
 *   -ERESTARTSYS after a signal
 * Source: add_unformed_module(), finished_loading()
 */
function* add_unformed_module(k: Kernel, mod: Module): MightSleep<number> {
  const { loaded, wq } = modules(k);
  const { loadsAgain } = k.profile.loader;
  const state = (): ModuleState | undefined => loaded.get(mod.name)?.state;
  const settled = (): boolean => {
    const now = state();
    return now === undefined || now === 'live' || (now === 'going' && !loadsAgain);
  };
  while (state() !== undefined) {
    if (state() === 'live') return -Errno.EEXIST;
    const outcome = yield* wait_event(k, wq, settled, { interruptible: true });
    if (outcome === 'signal') return -Errno.ERESTARTSYS;
    if (!loadsAgain) return state() === 'live' ? -Errno.EEXIST : -Errno.EBUSY;
  }
  loaded.set(mod.name, mod);
  return 0;
}

/**
 * Loads a module.
 * @param args insmod's command line behind the file name
 * @returns 0; -ENOENT if there is no such file or a symbol is missing, -EEXIST if it is loaded,
 *   -EBUSY where it can't be told yet, a parameter's error, or what the module's init returns
 * Source: load_module(), do_init_module()
 */
export function* load_module(
  k: Kernel,
  definition: ModuleDefinition | undefined,
  args: string,
): MightSleep<number> {
  if (!definition) return -Errno.ENOENT;
  const mod = new Module(definition, initial_params(definition.params ?? {}));
  if (definition.outOfTree) add_taint_module(k, mod, Taint.OUT_OF_TREE);
  set_license(k, mod);
  const taken = yield* add_unformed_module(k, mod);
  if (taken) return taken;
  if (definition.outOfTree) add_taint_module(k, mod, Taint.UNSIGNED);
  const error = (yield* simplify_symbols(k, mod)) || (yield* coming(k, mod, args));
  if (error) {
    unlink(k, mod);
    return error;
  }
  return yield* do_init_module(k, mod);
}

/** A module that is whole, but for its init. Source: complete_formation() and what follows it in load_module() */
function* coming(k: Kernel, mod: Module, args: string): MightSleep<number> {
  mod.state = 'coming';
  const { params = {} } = mod.definition;
  return parse_args(k, mod.name, args, params, mod.params) || (yield* mod_sysfs_setup(k, mod));
}

function* do_init_module(k: Kernel, mod: Module): MightSleep<number> {
  for (const fn of mod.definition.traces ?? []) k.traced.add(fn);
  const error = mod.definition.init ? yield* mod.definition.init(k, mod) : 0;
  if (error) {
    mod.state = 'going';
    yield* mod_sysfs_teardown(k, mod);
    unlink(k, mod);
    return error;
  }
  mod.state = 'live';
  kobject_uevent(k, mod.kobj!, 'add');
  k.sched.wake(modules(k).wq);
  return 0;
}

/**
 * Unloads a module (O_NONBLOCK).
 * @returns 0; -ENOENT if it isn't loaded, -EAGAIN while it is in use, -EBUSY while it comes or goes
 * Source: delete_module()
 */
export function* delete_module(k: Kernel, name: string): MightSleep<number> {
  const mod = modules(k).loaded.get(name);
  if (!mod || mod.state === 'unformed') return -Errno.ENOENT;
  if (mod.users.size > 0) return -Errno.EAGAIN;
  if (mod.state !== 'live') return -Errno.EBUSY;
  if (mod.refcnt !== 0) return -Errno.EAGAIN;
  if (mod.definition.init && !mod.definition.exit) return -Errno.EBUSY;
  mod.state = 'going';
  if (mod.definition.exit) yield* mod.definition.exit(k, mod);
  yield* mod_sysfs_teardown(k, mod);
  unlink(k, mod);
  return 0;
}
