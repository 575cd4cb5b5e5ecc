/** Loading and unloading modules. Source: kernel/module/main.c, 6.1 and 6.12 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { link_order } from './link-order.js';
import { mod_sysfs_setup, mod_sysfs_teardown } from './module-sysfs.js';
import { Module, modules, try_module_get, module_put, type ModuleDefinition } from './module.js';
import { initial_params, parse_args } from './params.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { kobject_uevent } from './uevent.js';

/** Source: license_is_gpl_compatible(), include/linux/license.h, 6.1 */
const GPL_COMPATIBLE: ReadonlySet<string> = new Set([
  'GPL',
  'GPL v2',
  'GPL and additional rights',
  'Dual BSD/GPL',
  'Dual MIT/GPL',
  'Dual MPL/GPL',
]);

const PROPRIETARY = 'P';
const OUT_OF_TREE = 'O';
const UNSIGNED = 'E';

function taint(k: Kernel, mod: Module, letter: string): void {
  modules(k).taints.add(letter);
  mod.taints.add(letter);
}

/** A licence that is not the GPL taints kernel and module, also if the load fails. Source: set_license() */
function set_license(k: Kernel, mod: Module): void {
  const { license } = mod.definition;
  if (GPL_COMPATIBLE.has(license)) return;
  const table = modules(k);
  const news = !table.taints.has(PROPRIETARY);
  const warn = (text: string): void => {
    printk(k, LogLevel.WARNING, text);
  };
  if (news) warn(`${mod.name}: module license '${license}' taints kernel.`);
  taint(k, mod, PROPRIETARY);
  if (table.debug_locks) {
    table.debug_locks = false;
    warn('Disabling lock debugging due to kernel taint');
  }
  if (news && k.profile.loader.announcesLicenseTaint) {
    warn(`${mod.name}: module license taints kernel.`);
  }
}

/** Who offers a symbol to a module of that licence. Source: find_symbol() */
function find_symbol(
  k: Kernel,
  symbol: string,
  gplok: boolean,
): { owner: Module | undefined } | undefined {
  const offers = (gpl: boolean): boolean => gplok || !gpl;
  if (k.profile.loader.kernelGplSymbols.has(symbol))
    return offers(true) ? { owner: undefined } : undefined;
  for (const owner of modules(k).loaded.values()) {
    const found = owner.definition.exports?.find((each) => each.name === symbol);
    if (found && owner.state === 'live') return offers(found.gpl) ? { owner } : undefined;
  }
  return undefined;
}

/** Source: ref_module() */
function ref_module(mod: Module, used: Module): void {
  if (mod.uses.includes(used) || !try_module_get(used)) return;
  mod.uses.unshift(used);
  used.users.add(mod);
}

function unref_modules(mod: Module): void {
  for (const used of mod.uses) {
    used.users.delete(mod);
    module_put(used);
  }
}

/**
 * Resolves what the module needs, all of it, and logs each symbol that isn't there.
 * @returns 0 or -ENOENT. Source: simplify_symbols(), resolve_symbol_wait()
 */
function simplify_symbols(k: Kernel, mod: Module): number {
  let error = 0;
  for (const symbol of link_order(mod.definition.imports)) {
    const found = find_symbol(k, symbol, !mod.taints.has(PROPRIETARY));
    if (!found) {
      printk(k, LogLevel.WARNING, `${mod.name}: Unknown symbol ${symbol} (err ${-Errno.ENOENT})`);
      error = -Errno.ENOENT;
    } else if (found.owner) {
      ref_module(mod, found.owner);
    }
  }
  return error;
}

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
  if (definition.outOfTree) taint(k, mod, OUT_OF_TREE);
  set_license(k, mod);
  const old = loaded.get(mod.name);
  if (old) return old.state === 'live' ? -Errno.EEXIST : -Errno.EBUSY;
  loaded.set(mod.name, mod);
  if (definition.outOfTree) taint(k, mod, UNSIGNED);
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
