/**
 * Whether a call is one of protocol 1, said without the library behind the schemas of protocol.ts:
 * loading it would take longer than a short run. A test holds both against each other.
 */
import type { Method, Params, StartableMethod } from './protocol.js';

/** What belongs in a field. */
interface Rule {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
  readonly optional?: true;
}

type Rules<T> = { readonly [F in keyof T]-?: Rule };

const optional = (rule: Rule): Rule => ({ ...rule, optional: true });
const oneOf = (...words: readonly unknown[]): Rule => ({
  wanted: words.join(' or '),
  fits: (value) => words.includes(value),
});

const isText = (value: unknown): value is string => typeof value === 'string';
const isHex = (value: unknown): boolean =>
  isText(value) && value.length % 2 === 0 && /^[0-9a-f]*$/.test(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOnly = (value: unknown, key: string, fits: (inner: unknown) => boolean): boolean =>
  isObject(value) && Object.getOwnPropertyNames(value).join() === key && fits(value[key]);

const text: Rule = { wanted: 'a text', fits: isText };
const path: Rule = {
  wanted: 'an absolute path',
  fits: (value) => isText(value) && value.startsWith('/'),
};
const fd: Rule = { wanted: 'a descriptor, a whole number', fits: Number.isInteger };
const hex: Rule = { wanted: 'bytes, two digits each', fits: isHex };
const count: Rule = {
  wanted: 'a whole number from 0',
  fits: (value) => Number.isInteger(value) && (value as number) >= 0,
};
const task: Rule = {
  wanted: 'a name of 1 to 15 characters',
  fits: (value) => isText(value) && value.length >= 1 && value.length <= 15,
};
const arg: Rule = {
  wanted: 'a number, a text, {fd} or {hex}',
  fits: (value) =>
    Number.isFinite(value) ||
    isText(value) ||
    isOnly(value, 'fd', fd.fits) ||
    isOnly(value, 'hex', isHex),
};
const times: Rule = {
  wanted: 'a whole number from 1',
  fits: (value) => Number.isInteger(value) && (value as number) >= 1,
};
const errno: Rule = {
  wanted: 'the name of an error, such as ENOMEM',
  fits: (value) => isText(value) && /^E[A-Z0-9]+$/.test(value),
};
const heldObject: Rule = {
  wanted: 'an absolute path, vfio_device:NAME or module:NAME',
  fits: (value) => isText(value) && /^(\/|vfio_device:.|module:.)/.test(value),
};
const symbols: Rule = {
  wanted: 'an object of one symbol or more, each y, m or n',
  fits: (value) =>
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(
      ([name, each]) =>
        /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(name) && ['y', 'm', 'n'].includes(each as string),
    ),
};
const object: Rule = { wanted: 'an object', fits: isObject };

const STARTABLE: Readonly<Record<StartableMethod, true>> = {
  insmod: true,
  rmmod: true,
  write: true,
  fdwrite: true,
  close: true,
  ioctl: true,
};

const RULES: { readonly [M in Method]: Rules<Params<M>> } = {
  hello: { protocol: oneOf(1), profile: optional(text) },
  reset: {},
  insmod: { module: text, params: optional(text) },
  rmmod: { module: text },
  write: { path, data: text },
  read: { path },
  readlink: { path },
  list: { path },
  tree: { path, depth: count },
  open: { path, flags: optional(oneOf('O_RDONLY', 'O_WRONLY', 'O_RDWR')) },
  close: { fd },
  fdwrite: { fd, data: text },
  ioctl: { fd, request: text, arg: optional(arg) },
  pread: { fd, offset: count, count },
  pwrite: { fd, offset: count, hex },
  mmap: { fd, offset: count, length: count },
  start: { task, method: oneOf(...Object.keys(STARTABLE)), params: object },
  task: { task },
  join: { task },
  kill: { task, signal: oneOf('SIGTERM', 'SIGKILL') },
  advance: { ms: count },
  fault: { point: text, errno, times },
  hold: { object: heldObject },
  drop: { object: heldObject },
  kconfig: { profile: optional(text), set: optional(symbols) },
  bye: {},
};

/** Why a call is none, as a code and a sentence. */
export interface CallProblem {
  code: 'E_METHOD' | 'E_PARAMS';
  message: string;
}

function paramsProblem(
  method: string,
  params: unknown,
  rules: Readonly<Record<string, Rule>>,
): string | undefined {
  if (!isObject(params)) return `the params of ${method} are no object`;
  const fields = Object.entries(rules);
  const stranger = Object.getOwnPropertyNames(params).find((name) => !Object.hasOwn(rules, name));
  if (stranger !== undefined) {
    const known = fields.map(([name]) => name).join(', ') || 'none';
    return `${method} has no parameter ${JSON.stringify(stranger)}; it takes ${known}`;
  }
  for (const [name, rule] of fields) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined && rule.optional) continue;
    if (!rule.fits(value)) return `${name} of ${method} must be ${rule.wanted}`;
  }
  return undefined;
}

/**
 * What is wrong with a call of whatever origin.
 * @returns undefined if it can be made
 */
export function callProblem(call: unknown): CallProblem | undefined {
  const { method, params } = isObject(call) ? call : {};
  if (!isText(method) || !Object.hasOwn(RULES, method)) {
    const name = isText(method) ? JSON.stringify(method) : `of the type ${typeof method}`;
    return { code: 'E_METHOD', message: `protocol 1 has no method ${name}` };
  }
  const message = paramsProblem(method, params, RULES[method as Method]);
  if (message !== undefined) return { code: 'E_PARAMS', message };
  return method === 'start' ? callProblem(params) : undefined;
}
