/** Kconfig files → symbols. Source: Documentation/kbuild/kconfig-language.rst, 6.1; the part of it that our files use */
import { KconfigError, type KconfigCode, type Place } from './error.js';
import { and, isSymbol, parseExpr, YES, type Expr } from './expr.js';

export interface KconfigFile {
  readonly name: string;
  readonly text: string;
}

interface Conditional<T> {
  readonly what: T;
  readonly when: Expr;
}

/** One symbol, as declared. */
export interface Declaration {
  readonly name: string;
  readonly place: Place;
  type: 'bool' | 'tristate' | undefined;
  /** the condition of the prompt; without a prompt nobody can set the symbol */
  prompt: Expr | undefined;
  /** all that it depends on, the enclosing conditions included */
  depends: Expr;
  readonly defaults: Conditional<Expr>[];
  readonly selects: Conditional<string>[];
}

/** What stands behind `if` at the end of a line. */
function condition(text: string, place: Place): { head: string; when: Expr } {
  const found = /^(.*?)\s+if\s+(.*)$/.exec(text);
  if (!found) return { head: text.trim(), when: YES };
  return { head: found[1]!.trim(), when: parseExpr(found[2]!, place) };
}

function setPrompt(symbol: Declaration, text: string, fail: Fail, place: Place): void {
  const { head, when } = condition(text, place);
  if (!/^"[^"]*"$/.test(head)) fail('E_KCONFIG_TEXT', 'a prompt is a text in double quotes');
  symbol.prompt = when;
}

type Fail = (code: KconfigCode, sentence: string) => never;
type Attribute = (symbol: Declaration, rest: string, fail: Fail, place: Place) => void;

const typed =
  (type: 'bool' | 'tristate'): Attribute =>
  (symbol, rest, fail, place) => {
    if (symbol.type) fail('E_KCONFIG_TYPE', `${symbol.name} has the type ${symbol.type} already`);
    symbol.type = type;
    if (rest !== '') setPrompt(symbol, rest, fail, place);
  };

const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  bool: typed('bool'),
  tristate: typed('tristate'),
  prompt: setPrompt,
  depends(symbol, rest, fail, place) {
    const expr = /^on\s+(.*)$/.exec(rest)?.[1];
    if (expr === undefined) return fail('E_KCONFIG_WORD', '"depends" goes on with "on"');
    symbol.depends = and(symbol.depends, parseExpr(expr, place));
  },
  default(symbol, rest, _fail, place) {
    const { head, when } = condition(rest, place);
    symbol.defaults.push({ what: parseExpr(head, place), when });
  },
  select(symbol, rest, fail, place) {
    const { head, when } = condition(rest, place);
    if (!isSymbol(head)) fail('E_KCONFIG_NAME', `"${head}" is no symbol to be selected`);
    symbol.selects.push({ what: head, when });
  },
};

/** One file under way. */
class Parser {
  private readonly ifs: { when: Expr; place: Place }[] = [];
  private current: Declaration | undefined;
  private line = 0;

  constructor(
    private readonly file: string,
    private readonly symbols: Map<string, Declaration>,
  ) {}

  private get place(): Place {
    return { file: this.file, line: this.line };
  }

  private readonly fail: Fail = (code, sentence) => {
    throw new KconfigError(code, this.place, sentence);
  };

  private finish(): void {
    const { current } = this;
    if (current && !current.type) {
      const sentence = `${current.name} is neither bool nor tristate`;
      throw new KconfigError('E_KCONFIG_TYPE', current.place, sentence);
    }
    this.current = undefined;
  }

  private declare(name: string): void {
    this.finish();
    if (!isSymbol(name)) this.fail('E_KCONFIG_NAME', `"${name}" is no name of a symbol`);
    const other = this.symbols.get(name);
    if (other) {
      const { file, line } = other.place;
      this.fail('E_KCONFIG_TWICE', `${name} is declared at ${file}:${line} already`);
    }
    this.current = {
      name,
      place: this.place,
      type: undefined,
      prompt: undefined,
      depends: this.ifs.reduce<Expr>((all, { when }) => and(all, when), YES),
      defaults: [],
      selects: [],
    };
    this.symbols.set(name, this.current);
  }

  private read(word: string, rest: string): void {
    if (word === 'config') return this.declare(rest);
    if (word === 'if') {
      this.finish();
      this.ifs.push({ when: parseExpr(rest, this.place), place: this.place });
    } else if (word === 'endif') {
      this.finish();
      if (!this.ifs.pop()) this.fail('E_KCONFIG_IF', 'there is no "if" that ends here');
    } else {
      const attribute = Object.hasOwn(ATTRIBUTES, word) ? ATTRIBUTES[word] : undefined;
      if (!attribute) this.fail('E_KCONFIG_WORD', `"${word}" is no word of these files`);
      if (!this.current) this.fail('E_KCONFIG_PLACE', `"${word}" belongs below a config`);
      attribute(this.current, rest, this.fail, this.place);
    }
  }

  parse(text: string): void {
    for (const raw of text.split('\n')) {
      this.line++;
      const [word, rest = ''] = raw
        .replace(/#.*$/, '')
        .trim()
        .split(/\s+(.*)/s);
      if (word) this.read(word, rest);
    }
    this.finish();
    const open = this.ifs.at(-1);
    if (open) throw new KconfigError('E_KCONFIG_IF', open.place, 'this "if" has no "endif"');
  }
}

/**
 * The symbols of some files, in the order of their declaration.
 * @throws KconfigError for the first thing that is wrong
 */
export function parseKconfig(files: readonly KconfigFile[]): Map<string, Declaration> {
  const symbols = new Map<string, Declaration>();
  for (const { name, text } of files) new Parser(name, symbols).parse(text);
  return symbols;
}
