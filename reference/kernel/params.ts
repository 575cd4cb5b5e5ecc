import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { c_string, kstrtobool, kstrtoint, kstrtouint } from './kstrtox.js';
import { LogLevel, printk } from './printk.js';
import type { Attribute } from './sysfs.js';

type Parsed<T> = { value: T } | { error: number };

/** How values of one type are read and shown. Source: kernel/params.c, 6.1 */
interface ParamType<T> {
  /** whether the name alone, without `=`, is a value */
  readonly noarg: boolean;
  parse(text: string): Parsed<T>;
  show(value: T): string;
}

/** Source: param_set_charp() */
const LONGEST_CHARP = 1024;

const types = {
  int: {
    noarg: false,
    parse: kstrtoint,
    show: (value) => `${value}\n`,
  } satisfies ParamType<number>,
  uint: {
    noarg: false,
    parse: kstrtouint,
    show: (value) => `${value}\n`,
  } satisfies ParamType<number>,
  bool: {
    noarg: true,
    parse: kstrtobool,
    show: (value) => (value ? 'Y\n' : 'N\n'),
  } satisfies ParamType<boolean>,
  charp: {
    noarg: false,
    parse: (text) =>
      text.length > LONGEST_CHARP ? { error: -Errno.ENOSPC } : { value: c_string(text) },
    show: (value) => `${value}\n`,
  } satisfies ParamType<string>,
};

/** A parameter of a module: its type, its value unless told otherwise, and its file's mode. */
export type ParamDef =
  | { readonly type: 'int' | 'uint'; readonly init: number; readonly mode: number }
  | { readonly type: 'bool'; readonly init: boolean; readonly mode: number }
  | { readonly type: 'charp'; readonly init: string; readonly mode: number };
export type ParamDefs = Readonly<Record<string, ParamDef>>;
export type ParamValue = number | boolean | string;
/** The values of a module's parameters, live: its sysfs files change them. */
export type Params = Record<string, ParamValue>;

/** Every parameter at its initial value. */
export function initial_params(defs: ParamDefs): Params {
  return Object.fromEntries(Object.entries(defs).map(([name, def]) => [name, def.init]));
}

function set(k: Kernel, defs: ParamDefs, params: Params, name: string, text: string): number {
  const { type } = defs[name]!;
  const parsed: Parsed<ParamValue> = types[type].parse(text);
  if ('error' in parsed) {
    if (type === 'charp') printk(k, LogLevel.ERR, `${name}: string parameter too long`);
    return parsed.error;
  }
  params[name] = parsed.value;
  return 0;
}

const SPACE = /[\s\xa0]/;

interface Word {
  readonly param: string;
  readonly value: string | undefined;
  /** what follows, without spaces in front */
  readonly rest: string;
}

/** Where the first word ends: at a space outside double quotes. */
function end_of_word(text: string, quoted: boolean): number {
  let inQuote = quoted;
  for (let at = 0; at < text.length; at++) {
    if (!inQuote && SPACE.test(text[at]!)) return at;
    if (text[at] === '"') inQuote = !inQuote;
  }
  return text.length;
}

/**
 * Takes the first word of a command line: a name, and behind the first `=` that isn't the first
 * character, a value. Quotes go where they enclose the word or the value, and stay elsewhere.
 * Source: next_arg(), lib/cmdline.c, 6.1
 */
function next_arg(args: string): Word {
  const quoted = args.startsWith('"');
  const text = quoted ? args.slice(1) : args;
  const end = end_of_word(text, quoted);
  const rest = text.slice(end).trimStart();
  const word = text.slice(0, end);
  const equals = word.indexOf('=', 1);
  const closed = (part: string): string => part.replace(/"$/, '');
  if (equals < 0) return { param: quoted ? closed(word) : word, value: undefined, rest };
  const value = word.slice(equals + 1);
  const unquoted = value.startsWith('"') ? closed(value.slice(1)) : value;
  return { param: word.slice(0, equals), value: quoted ? closed(unquoted) : unquoted, rest };
}

/** What the kernel says of a value that it can't take. */
function complain(error: number, { param, value = '' }: Word): string {
  return error === -Errno.ENOSPC
    ? `\`${value}' too large for parameter \`${param}'`
    : `\`${value}' invalid for parameter \`${param}'`;
}

/** Parameters that every module takes, without a word. */
const MAGIC: ReadonlySet<string> = new Set(['async_probe', 'dyndbg']);

/** Source: unknown_module_param_cb(), kernel/module/main.c, 6.1 */
function unknown_module_param(k: Kernel, module: string, param: string): number {
  if (!MAGIC.has(param)) {
    printk(k, LogLevel.WARNING, `${module}: unknown parameter '${param}' ignored`);
  }
  return 0;
}

/** Sets the parameter of one word. @returns 0 or -errno. Source: parse_one() */
function parse_one(
  k: Kernel,
  module: string,
  { param, value }: Word,
  defs: ParamDefs,
  params: Params,
): number {
  const name = param.replaceAll('-', '_');
  const def = Object.hasOwn(defs, name) ? defs[name] : undefined;
  if (!def) return unknown_module_param(k, module, param);
  if (value === undefined && !types[def.type].noarg) return -Errno.EINVAL;
  return set(k, defs, params, name, value ?? '1');
}

/**
 * Sets a module's parameters from insmod's command line, in order, up to `--`. Each bad one is
 * complained of; the last error counts.
 * @returns 0 or -errno. Source: parse_args(), kernel/params.c, 6.1; its caller load_module()
 */
export function parse_args(
  k: Kernel,
  module: string,
  text: string,
  defs: ParamDefs,
  params: Params,
): number {
  let error = 0;
  for (let args = text.trimStart(); args !== '';) {
    const word = next_arg(args);
    args = word.rest;
    if (word.param === '--' && word.value === undefined) {
      if (!error)
        printk(k, LogLevel.WARNING, `${module}: parameters '${args}' after \`--' ignored`);
      return error;
    }
    const ret = parse_one(k, module, word, defs, params);
    if (!ret) continue;
    error = ret;
    printk(k, LogLevel.ERR, `${module}: ${complain(ret, word)}`);
  }
  return error;
}

/** The files below /sys/module/NAME/parameters. Source: param_attr_show(), param_attr_store(), 6.1 */
export function param_files(defs: ParamDefs, params: Params): readonly Attribute[] {
  return Object.entries(defs).map(([name, def]) => ({
    name,
    mode: def.mode,
    *show() {
      const type = types[def.type] as ParamType<ParamValue>;
      return type.show(params[name]!);
    },
    *store(k, _kobj, data) {
      return set(k, defs, params, name, data) || data.length;
    },
  }));
}
