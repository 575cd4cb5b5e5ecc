/** Expressions over symbols: `A && (B || !C) && D = y && m`. Source: scripts/kconfig/parser.y, expr.c, 6.1 */
import { KconfigError, type Place } from './error.js';
import { both, either, isTristate, not, type Tristate } from './tristate.js';

export type Operand = { readonly constant: Tristate } | { readonly symbol: string };

export type Expr =
  | Operand
  | { readonly op: '&&' | '||'; readonly left: Expr; readonly right: Expr }
  | { readonly op: '!'; readonly of: Expr }
  | { readonly op: '=' | '!='; readonly left: Operand; readonly right: Operand };

export const YES: Expr = { constant: 'y' };

export const and = (left: Expr, right: Expr): Expr => ({ op: '&&', left, right });

const TOKEN = /\s*(&&|\|\||!=|[=!()]|[A-Za-z0-9_]+)/y;

function tokens(text: string, place: Place): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) {
      const rest = text.slice(at).trim();
      throw new KconfigError('E_KCONFIG_EXPR', place, `no expression goes on with "${rest}"`);
    }
    found.push(token);
  }
  return found;
}

export const isSymbol = (word: string): boolean => /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(word);

/** Reads tokens from the front, by precedence: `||` below `&&` below `!` below `=`. */
class Reader {
  constructor(
    private readonly left: string[],
    private readonly place: Place,
  ) {}

  private fail(wanted: string): never {
    const found = this.left[0] === undefined ? 'the expression ends' : `"${this.left[0]}" stands`;
    throw new KconfigError('E_KCONFIG_EXPR', this.place, `${found} where ${wanted} belongs`);
  }

  private take(token: string): boolean {
    if (this.left[0] !== token) return false;
    this.left.shift();
    return true;
  }

  private operand(): Operand {
    const word = this.left[0];
    if (word === undefined || !(isTristate(word) || isSymbol(word)))
      this.fail('a symbol, y, m or n');
    this.left.shift();
    return isTristate(word) ? { constant: word } : { symbol: word };
  }

  private compared(): Expr {
    if (this.take('(')) {
      const inner = this.any();
      if (!this.take(')')) this.fail('")"');
      return inner;
    }
    const left = this.operand();
    for (const op of ['=', '!='] as const) {
      if (this.take(op)) return { op, left, right: this.operand() };
    }
    return left;
  }

  private negated(): Expr {
    return this.take('!') ? { op: '!', of: this.negated() } : this.compared();
  }

  private all(): Expr {
    let left = this.negated();
    while (this.take('&&')) left = and(left, this.negated());
    return left;
  }

  private any(): Expr {
    let left = this.all();
    while (this.take('||')) left = { op: '||', left, right: this.all() };
    return left;
  }

  whole(): Expr {
    const expr = this.any();
    if (this.left.length > 0) this.fail('its end');
    return expr;
  }
}

/** @throws KconfigError `E_KCONFIG_EXPR` */
export function parseExpr(text: string, place: Place): Expr {
  return new Reader(tokens(text, place), place).whole();
}

/** The symbols that an expression asks for. */
export function symbolsOf(expr: Expr): string[] {
  if ('symbol' in expr) return [expr.symbol];
  if ('constant' in expr) return [];
  return expr.op === '!' ? symbolsOf(expr.of) : [...symbolsOf(expr.left), ...symbolsOf(expr.right)];
}

/** @param value what a symbol is. Source: expr_calc_value() */
export function evaluate(expr: Expr, value: (symbol: string) => Tristate): Tristate {
  if ('constant' in expr) return expr.constant;
  if ('symbol' in expr) return value(expr.symbol);
  const of = (part: Expr): Tristate => evaluate(part, value);
  switch (expr.op) {
    case '&&':
      return both(of(expr.left), of(expr.right));
    case '||':
      return either(of(expr.left), of(expr.right));
    case '!':
      return not(of(expr.of));
    case '=':
      return of(expr.left) === of(expr.right) ? 'y' : 'n';
    case '!=':
      return of(expr.left) === of(expr.right) ? 'n' : 'y';
  }
}
