/** Loading and unloading modules. Source: kernel/module/main.c, 6.1 and 6.12 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { mod_sysfs_setup, mod_sysfs_teardown } from './module-sysfs.js';
import { Module, modules, type ModuleDefinition } from './module.js';
import { initial_params, parse_args } from './params.js';
import type { MightSleep } from './scheduler.js';
import { simplify_symbols, unref_modules } from './symbols.js';
import { add_taint_module, set_license, Taint } from './taint.js';
import { kobject_uevent } from './uevent.js';

/** Takes a module that didn't make it, or is done, out of memory. Source: free_module() */
function unlink(k: Kernel, mod: Module): void {
  unref_modules(mod);
  modules(k).loaded.delete(mod.name);
}

/**
 * Loads a module.
 * @param args insmod's command line behind the file name
 * @returns 0; -ENOENT if there is no such file or a symbol is missing, -EEXIST if it is loaded,
 *   -EBUSY while it comes or goes, a parameter's error, or what the module's init returns
 * Source: load_module(), do_init_module()
 */
export function* load_module(
  k: Kernel,
  definition: ModuleDefinition | undefined,
  args: string,
): MightSleep<number> {
  if (!definition) return -Errno.ENOENT;
  const { loaded } = modules(k);
  const mod = new Module(definition, initial_params(definition.params ?? {}));
  if (definition.outOfTree) add_taint_module(k, mod, Taint.OUT_OF_TREE);
  set_license(k, mod);
  const old = loaded.get(mod.name);
  if (old) return old.state === 'live' ? -Errno.EEXIST : -Errno.EBUSY;
  loaded.set(mod.name, mod);
  if (definition.outOfTree) add_taint_module(k, mod, Taint.UNSIGNED);
  const error =
    simplify_symbols(k, mod) ||
    parse_args(k, mod.name, args, definition.params ?? {}, mod.params) ||
    (yield* mod_sysfs_setup(k, mod));
  if (error) {
    unlink(k, mod);
    return error;
  }
  return yield* do_init_module(k, mod);
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
  return 0;
}

/**
 * Unloads a module (O_NONBLOCK).
 * @returns 0; -ENOENT if it isn't loaded, -EAGAIN while it is in use, -EBUSY while it comes or goes
 * Source: delete_module()
 */
export function* delete_module(k: Kernel, name: string): MightSleep<number> {
  const mod = modules(k).loaded.get(name);
  if (!mod) return -Errno.ENOENT;
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
