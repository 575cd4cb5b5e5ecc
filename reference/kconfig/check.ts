/** What no single line of Kconfig files shows to be wrong: symbols that nobody declares, and circles. */
import { KconfigError } from './error.js';
import { symbolsOf } from './expr.js';
import type { Declaration } from './parse.js';

type Symbols = ReadonlyMap<string, Declaration>;

/** The symbols whose values a symbol's value is made of, those that select it aside. */
function asked({ prompt, depends, defaults }: Declaration): string[] {
  const exprs = [depends, ...(prompt ? [prompt] : [])];
  for (const { what, when } of defaults) exprs.push(what, when);
  return exprs.flatMap(symbolsOf);
}

/** All of them. */
function sources(symbol: Declaration, symbols: Symbols): string[] {
  const selectors = [...symbols.values()].flatMap(({ name, selects, depends }) =>
    selects
      .filter(({ what }) => what === symbol.name)
      .flatMap(({ when }) => [name, ...symbolsOf(when), ...symbolsOf(depends)]),
  );
  return [...asked(symbol), ...selectors];
}

/** Source: sym_check_deps(), scripts/kconfig/symbol.c, 6.1 */
function checkCircles(symbols: Symbols): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    const symbol = symbols.get(name)!;
    const from = path.indexOf(name);
    if (from >= 0) {
      const circle = [...path.slice(from), name].join(' asks for ');
      throw new KconfigError('E_KCONFIG_CYCLE', symbol.place, circle);
    }
    for (const source of sources(symbol, symbols)) visit(source, [...path, name]);
    done.add(name);
  };
  for (const name of symbols.keys()) visit(name, []);
}

/** @throws KconfigError `E_KCONFIG_UNKNOWN`, `E_KCONFIG_CYCLE` */
export function checkKconfig(symbols: Symbols): void {
  for (const symbol of symbols.values()) {
    const selected = symbol.selects.flatMap(({ what, when }) => [what, ...symbolsOf(when)]);
    const unknown = [...asked(symbol), ...selected].find((name) => !symbols.has(name));
    if (unknown === undefined) continue;
    const sentence = `${symbol.name} speaks of ${unknown}, which nobody declares`;
    throw new KconfigError('E_KCONFIG_UNKNOWN', symbol.place, sentence);
  }
  checkCircles(symbols);
}
