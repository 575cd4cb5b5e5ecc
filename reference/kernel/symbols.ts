/** How a module finds the symbols that it needs. Source: kernel/module/main.c, 6.1 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { link_order } from './link-order.js';
import { module_put, modules, try_module_get, type Module } from './module.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { Taint } from './taint.js';
import { wait_event } from './wait.js';

/** A symbol that somebody offers: a module, or the kernel itself. */
interface Found {
  readonly owner: Module | undefined;
  readonly gpl: boolean;
}

/** Who offers a symbol, if it is for modules of that licence. Source: find_symbol() */
function find_symbol(k: Kernel, symbol: string, gplok: boolean): Found | undefined {
  const offered = (found: Found): Found | undefined => (gplok || !found.gpl ? found : undefined);
  if (k.profile.loader.kernelGplSymbols.has(symbol)) {
    return offered({ owner: undefined, gpl: true });
  }
  const { builtin, loaded } = modules(k);
  for (const mod of [...builtin, ...loaded.values()]) {
    const found = mod.definition.exports?.find((each) => each.name === symbol);
    if (!found || mod.state === 'unformed') continue;
    return offered({ owner: builtin.includes(mod) ? undefined : mod, gpl: found.gpl });
  }
  return undefined;
}

/**
 * What comes from a proprietary module makes its user one: not the kernel, which is tainted already.
 * @returns false where the user has a symbol that is for GPL modules only
 * Source: inherit_taint(), since 5.9
 */
function inherit_taint(k: Kernel, mod: Module, owner: Module | undefined, symbol: string): boolean {
  if (!owner?.taints.has(Taint.PROPRIETARY)) return true;
  const name = k.profile.loader.namesTaintingSymbol ? ` ${symbol}` : '';
  const from = `uses symbols${name} from proprietary module ${owner.name}`;
  if (mod.using_gplonly_symbols) {
    printk(k, LogLevel.ERR, `${mod.name}: module using GPL-only symbols ${from}.`);
    return false;
  }
  if (!mod.taints.has(Taint.PROPRIETARY)) {
    printk(k, LogLevel.WARNING, `${mod.name}: module ${from}, inheriting taint.`);
    mod.taints.add(Taint.PROPRIETARY);
  }
  return true;
}

/** @returns 0; -EBUSY while the other one's init runs, -ENOENT once it goes. Source: ref_module(), strong_try_module_get() */
function ref_module(mod: Module, used: Module): number {
  if (mod.uses.includes(used)) return 0;
  if (used.state === 'coming') return -Errno.EBUSY;
  if (!try_module_get(used)) return -Errno.ENOENT;
  mod.uses.unshift(used);
  used.users.add(mod);
  return 0;
}

/** Gives back what {@link simplify_symbols} took. Source: module_unload_free() */
export function unref_modules(mod: Module): void {
  for (const used of mod.uses) {
    used.users.delete(mod);
    module_put(used);
  }
}

/** How the search for a symbol ended, and whose it is. */
interface Resolution {
  readonly error: number;
  readonly owner?: Module;
}

/** @returns 0 where the symbol is there for this module; else -ENOENT, or -EBUSY where it soon is. Source: resolve_symbol() */
function resolve_symbol(k: Kernel, mod: Module, symbol: string): Resolution {
  const found = find_symbol(k, symbol, !mod.taints.has(Taint.PROPRIETARY));
  if (!found) return { error: -Errno.ENOENT };
  const { owner, gpl } = found;
  if (gpl) mod.using_gplonly_symbols = true;
  if (!inherit_taint(k, mod, owner, symbol)) return { error: -Errno.ENOENT };
  return owner ? { error: ref_module(mod, owner), owner } : { error: 0 };
}

/** How long a module waits for another one's init, for each symbol. Source: resolve_symbol_wait() */
const INIT_WAIT_MS = 30_000;

/** As {@link resolve_symbol}, once the init of the symbol's owner has ended. Source: resolve_symbol_wait() */
function* resolve_symbol_wait(k: Kernel, mod: Module, symbol: string): MightSleep<number> {
  let last: Resolution;
  const ended = (): boolean => {
    last = resolve_symbol(k, mod, symbol);
    return last.error !== -Errno.EBUSY;
  };
  const limits = { timeoutMs: INIT_WAIT_MS, interruptible: true };
  const outcome = yield* wait_event(k, modules(k).wq, ended, limits);
  const { error, owner } = last!;
  if (outcome !== 'done') {
    const text = `${mod.name}: gave up waiting for init of module ${owner!.name}.`;
    printk(k, LogLevel.WARNING, text);
  }
  return error;
}

/**
 * Resolves what the module needs, all of it, in the order of its symbol table, and logs each symbol
 * that isn't there.
 * @returns 0, or the last error: -ENOENT, or -EBUSY where another module's init didn't end
 * Source: simplify_symbols()
 */
export function* simplify_symbols(k: Kernel, mod: Module): MightSleep<number> {
  let last = 0;
  for (const symbol of link_order(mod.definition.imports)) {
    const error = yield* resolve_symbol_wait(k, mod, symbol);
    if (!error) continue;
    last = error;
    printk(k, LogLevel.WARNING, `${mod.name}: Unknown symbol ${symbol} (err ${error})`);
  }
  return last;
}
