/** How a module finds the symbols that it needs. Source: kernel/module/main.c, 6.1 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { link_order } from './link-order.js';
import { module_put, modules, try_module_get, type Module } from './module.js';
import { LogLevel, printk } from './printk.js';
import { Taint } from './taint.js';

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
  for (const owner of modules(k).loaded.values()) {
    const found = owner.definition.exports?.find((each) => each.name === symbol);
    if (found && owner.state === 'live') return offered({ owner, gpl: found.gpl });
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

/** Source: ref_module() */
function ref_module(mod: Module, used: Module): void {
  if (mod.uses.includes(used) || !try_module_get(used)) return;
  mod.uses.unshift(used);
  used.users.add(mod);
}

/** Gives back what {@link simplify_symbols} took. Source: module_unload_free() */
export function unref_modules(mod: Module): void {
  for (const used of mod.uses) {
    used.users.delete(mod);
    module_put(used);
  }
}

/** @returns whether the symbol is there for this module. Source: resolve_symbol() */
function resolve_symbol(k: Kernel, mod: Module, symbol: string): boolean {
  const found = find_symbol(k, symbol, !mod.taints.has(Taint.PROPRIETARY));
  if (!found) return false;
  if (found.gpl) mod.using_gplonly_symbols = true;
  if (!inherit_taint(k, mod, found.owner, symbol)) return false;
  if (found.owner) ref_module(mod, found.owner);
  return true;
}

/**
 * Resolves what the module needs, all of it, in the order of its symbol table, and logs each symbol
 * that isn't there.
 * @returns 0 or -ENOENT. Source: simplify_symbols()
 */
export function simplify_symbols(k: Kernel, mod: Module): number {
  let error = 0;
  for (const symbol of link_order(mod.definition.imports)) {
    if (resolve_symbol(k, mod, symbol)) continue;
    error = -Errno.ENOENT;
    printk(k, LogLevel.WARNING, `${mod.name}: Unknown symbol ${symbol} (err ${error})`);
  }
  return error;
}
