/**
 * Symbols and a person's wishes → the values that `make olddefconfig` comes to, with MODULES=y.
 * Source: sym_calc_value(), sym_calc_visibility(), scripts/kconfig/symbol.c, 6.1
 */
import { evaluate, type Expr } from './expr.js';
import type { Declaration } from './parse.js';
import { both, either, type Tristate } from './tristate.js';

export type Values = Readonly<Record<string, Tristate>>;

class Resolver {
  private readonly known = new Map<string, Tristate>();

  constructor(
    private readonly symbols: ReadonlyMap<string, Declaration>,
    private readonly wishes: Values,
  ) {}

  private readonly of = (expr: Expr): Tristate => evaluate(expr, this.value);

  readonly value = (name: string): Tristate => {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const symbol = this.symbols.get(name)!;
    const value = either(this.chosen(symbol), this.selected(symbol));
    // There is no module of a bool.
    const fitting = symbol.type === 'bool' && value === 'm' ? 'y' : value;
    this.known.set(name, fitting);
    return fitting;
  };

  /** What a person may set it to at most; `n` where nobody can. */
  private visible({ prompt, depends, type }: Declaration): Tristate {
    if (!prompt) return 'n';
    const limit = both(this.of(prompt), this.of(depends));
    return type === 'bool' && limit === 'm' ? 'y' : limit;
  }

  /** Their own wish as far as the limit, else the first default whose condition holds. */
  private chosen(symbol: Declaration): Tristate {
    const limit = this.visible(symbol);
    const wish = this.wish(symbol);
    if (limit !== 'n' && wish !== undefined) return both(wish, limit);
    for (const { what, when } of symbol.defaults) {
      const holds = both(this.of(when), this.of(symbol.depends));
      if (holds !== 'n') return both(this.of(what), holds);
    }
    return 'n';
  }

  private wish({ name, type }: Declaration): Tristate | undefined {
    const wish = Object.hasOwn(this.wishes, name) ? this.wishes[name] : undefined;
    return type === 'bool' && wish === 'm' ? undefined : wish;
  }

  /** What those who select it force it to be, whatever it depends on itself. */
  private selected({ name }: Declaration): Tristate {
    let forced: Tristate = 'n';
    for (const selector of this.symbols.values()) {
      for (const { what, when } of selector.selects) {
        if (what !== name) continue;
        const strength = both(
          both(this.value(selector.name), this.of(when)),
          this.of(selector.depends),
        );
        forced = either(forced, strength);
      }
    }
    return forced;
  }
}

/**
 * The value of every symbol.
 * @param symbols without circles, see `checkKconfig`
 * @param wishes as in a .config; those for symbols that there are not, or that can't be set, say nothing
 */
export function resolveKconfig(
  symbols: ReadonlyMap<string, Declaration>,
  wishes: Values,
): Record<string, Tristate> {
  const resolver = new Resolver(symbols, wishes);
  const names = [...symbols.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, resolver.value(name)]));
}
