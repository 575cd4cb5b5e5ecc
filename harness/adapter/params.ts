/** Whether a call is one of protocol 1. */
import type { Method, Params } from './protocol.js';
import {
  arg,
  count,
  fd,
  fieldNames,
  hex,
  isObject,
  isText,
  misfitOf,
  object,
  oneOf,
  optional,
  path,
  strangerOf,
  symbols,
  text,
  type Rule,
  type Rules,
  type RulesOf,
} from './rules.js';
import { STARTABLE } from './words.js';

const task: Rule = {
  wanted: 'a name of 1 to 15 characters',
  fits: (value) => isText(value) && value.length >= 1 && value.length <= 15,
};
const times: Rule = {
  wanted: 'a whole number from 1',
  fits: (value) => Number.isInteger(value) && (value as number) >= 1,
};
const errno: Rule = {
  wanted: 'the name of an error, such as ENOMEM',
  fits: (value) => isText(value) && /^E[A-Z0-9_]+$/.test(value),
};
const heldObject: Rule = {
  wanted: 'an absolute path, vfio_device:NAME or module:NAME',
  fits: (value) => isText(value) && /^(\/|vfio_device:.|module:.)/.test(value),
};

const RULES: { readonly [M in Method]: RulesOf<Params<M>> } = {
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

function paramsProblem(method: string, params: unknown, rules: Rules): string | undefined {
  if (!isObject(params)) return `the params of ${method} are no object`;
  const stranger = strangerOf(params, rules);
  if (stranger !== undefined) {
    return `${method} has no parameter ${JSON.stringify(stranger)}; it takes ${fieldNames(rules)}`;
  }
  const misfit = misfitOf(params, rules);
  return misfit && `${misfit.field} of ${method} must be ${misfit.wanted}`;
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
