import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { kstrtoint } from './kstrtox.js';
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

const types = {
  int: {
    noarg: false,
    parse: kstrtoint,
    show: (value) => `${value}\n`,
  } satisfies ParamType<number>,
  /** Source: kstrtobool(), lib/kstrtox.c */
  bool: {
    noarg: true,
    parse: (text) => {
      if (/^(y|t|1|on)/i.test(text)) return { value: true };
      if (/^(n|f|0|of)/i.test(text)) return { value: false };
      return { error: -Errno.EINVAL };
    },
    show: (value) => (value ? 'Y\n' : 'N\n'),
  } satisfies ParamType<boolean>,
  charp: {
    noarg: false,
    parse: (text) => ({ value: text }),
    show: (value) => `${value}\n`,
  } satisfies ParamType<string>,
};

/** A parameter of a module: its type, its value unless told otherwise, and its file's mode. */
export type ParamDef =
  | { readonly type: 'int'; readonly init: number; readonly mode: number }
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

function set(defs: ParamDefs, params: Params, name: string, text: string): number {
  const parsed: Parsed<ParamValue> = types[defs[name]!.type].parse(text);
  if ('error' in parsed) return parsed.error;
  params[name] = parsed.value;
  return 0;
}

/** Splits a command line at spaces outside double quotes. Source: next_arg(), lib/cmdline.c */
function* words(text: string): Generator<{ name: string; value: string | undefined }> {
  for (const [word] of text.matchAll(/(?:"[^"]*"|[^\s"])+/g)) {
    const eq = word.indexOf('=');
    const unquote = (part: string): string => part.replaceAll('"', '');
    if (eq < 0) yield { name: unquote(word), value: undefined };
    else yield { name: unquote(word.slice(0, eq)), value: unquote(word.slice(eq + 1)) };
  }
}

/** What the kernel says of a value that it can't take. */
function complain(error: number, text: string, name: string): string {
  return error === -Errno.ENOSPC
    ? `\`${text}' too large for parameter \`${name}'`
    : `\`${text}' invalid for parameter \`${name}'`;
}

/**
 * Sets a module's parameters from insmod's command line, in order, stopping at the first bad one.
 * @returns 0 or -errno. Source: parse_args(), kernel/params.c; unknown_module_param_cb(), 6.1
 */
export function parse_args(
  k: Kernel,
  module: string,
  text: string,
  defs: ParamDefs,
  params: Params,
): number {
  for (const { name: given, value } of words(text)) {
    const name = given.replaceAll('-', '_');
    const def = Object.hasOwn(defs, name) ? defs[name] : undefined;
    if (!def) {
      printk(k, LogLevel.WARNING, `${module}: unknown parameter '${given}' ignored`);
      continue;
    }
    const error =
      value === undefined && !types[def.type].noarg
        ? -Errno.EINVAL
        : set(defs, params, name, value ?? 'y');
    if (error) {
      printk(k, LogLevel.ERR, `${module}: ${complain(error, value ?? '', given)}`);
      return error;
    }
  }
  return 0;
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
    *store(_k, _kobj, data) {
      const text = def.type === 'charp' ? data : data.replace(/\n$/, '');
      return set(defs, params, name, text) || data.length;
    },
  }));
}
