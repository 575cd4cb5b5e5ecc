/** The three values of a symbol: not built, built as a module, built in. Source: Documentation/kbuild/kconfig-language.rst, 6.1 */
export type Tristate = 'n' | 'm' | 'y';

const ORDER: readonly Tristate[] = ['n', 'm', 'y'];
const rank = (value: Tristate): number => ORDER.indexOf(value);

export const isTristate = (text: string): text is Tristate =>
  (ORDER as readonly string[]).includes(text);

/** `&&`: the lower one. Source: EXPR_AND() */
export const both = (a: Tristate, b: Tristate): Tristate => (rank(a) < rank(b) ? a : b);

/** `||`: the higher one. Source: EXPR_OR() */
export const either = (a: Tristate, b: Tristate): Tristate => (rank(a) > rank(b) ? a : b);

/** `!`, of which a module is its own. Source: EXPR_NOT() */
export const not = (a: Tristate): Tristate => ORDER[2 - rank(a)]!;
