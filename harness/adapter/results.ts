/** Whether what an implementation answers is protocol 1: results, events, and how it introduces itself. */
import type { EventKind, Method } from './protocol.js';
import {
  arg,
  count,
  fieldNames,
  hex,
  integer,
  isListOf,
  isObject,
  isText,
  misfitOf,
  name,
  oneOf,
  optional,
  strangerOf,
  symbols,
  text,
  texts,
  type Rule,
  type Rules,
} from './rules.js';
import { CAPABILITIES, EVENT_KINDS, VENDOR } from './words.js';

/** What is wrong with a message, as a sentence without its subject; undefined: nothing. */
export type Problem = string | undefined;

function problemOf(value: unknown, rules: Rules): Problem {
  if (!isObject(value)) return 'is no object';
  const stranger = strangerOf(value, rules);
  if (stranger !== undefined) {
    return `has a field ${JSON.stringify(stranger)} that protocol 1 doesn't know; it has ${fieldNames(rules)}`;
  }
  const misfit = misfitOf(value, rules);
  return misfit && `has no right ${misfit.field}: it must be ${misfit.wanted}`;
}

const fits =
  (rules: Rules) =>
  (value: unknown): boolean =>
    problemOf(value, rules) === undefined;

const isErrno = (value: unknown): boolean => isText(value) && /^E[A-Z0-9_]+$/.test(value);
const isMode = (value: unknown): boolean => isText(value) && /^[0-7]+$/.test(value);
const isCapability = (word: unknown): boolean =>
  isText(word) && ((CAPABILITIES as readonly string[]).includes(word) || VENDOR.test(word));

const errno: Rule = { wanted: 'the name of an error, such as EEXIST', fits: isErrno };
const zero = oneOf(0);
const ENTRY: Rules = {
  path: text,
  mode: { wanted: 'st_mode, octal', fits: isMode },
  link: optional(text),
  data: optional(text),
  errno: optional(errno),
};
const entries: Rule = {
  wanted: 'a list of {path, mode, link?, data?, errno?}',
  fits: (value) => isListOf(value, fits(ENTRY)),
};

const recordOf = (wanted: string, fitting: (value: unknown) => boolean): Rule => ({
  wanted,
  fits: (value) => {
    if (!isObject(value)) return false;
    for (const key in value) if (!fitting(value[key])) return false;
    return true;
  },
});

const REFUSED: Rules = { errno };
const CALLED: Rules = { ret: integer, arg: optional(arg) };
const taskResult: Rule = {
  wanted: 'what the call of the task came to',
  fits: (value) => fits(REFUSED)(value) || fits(CALLED)(value),
};

const DONE: Rules = { ret: zero };
const RETURNED: Rules = { ret: integer };

/** How an implementation introduces itself. */
const HELLO: Rules = {
  protocol: oneOf(1),
  name,
  version: text,
  profile: name,
  capabilities: {
    wanted: `a list of ${CAPABILITIES.join(', ')} and vendor:<name>`,
    fits: (value) => isListOf(value, isCapability),
  },
  observes: {
    wanted: `a list of ${EVENT_KINDS.join(', ')}`,
    fits: (value) => isListOf(value, (kind) => EVENT_KINDS.includes(kind as EventKind)),
  },
  order: oneOf('total', 'by-kind'),
  clock: oneOf('virtual', 'real'),
};

/** What each method comes to where nothing refuses it, beside `events`. */
const RESULTS: Readonly<Record<Method, Rules>> = {
  hello: HELLO,
  reset: DONE,
  insmod: RETURNED,
  rmmod: RETURNED,
  write: RETURNED,
  read: { ret: count, data: text },
  readlink: { ret: zero, data: text },
  list: { ret: zero, names: texts },
  tree: { ret: zero, entries },
  open: RETURNED,
  close: RETURNED,
  fdwrite: RETURNED,
  ioctl: CALLED,
  pread: { ret: integer, hex: optional(hex) },
  pwrite: RETURNED,
  mmap: RETURNED,
  start: DONE,
  task: { state: oneOf('running', 'blocked', 'done'), result: optional(taskResult) },
  join: CALLED,
  kill: DONE,
  advance: DONE,
  fault: DONE,
  hold: DONE,
  drop: DONE,
  kconfig: { ret: zero, values: symbols },
  bye: DONE,
};

/** What is wrong with the answer to a call. */
export function answerProblem(method: Method, answer: Record<string, unknown>): Problem {
  return problemOf(answer, Object.hasOwn(answer, 'errno') ? REFUSED : RESULTS[method]);
}

const isScalar = (value: unknown): boolean => isText(value) || Number.isFinite(value);
const args = recordOf('names with texts or numbers', isScalar);
const ret = optional({ wanted: 'a number', fits: Number.isFinite });

const common = (kind: EventKind) => ({ ev: oneOf(kind), task: text });
const EVENTS: Readonly<Record<EventKind, Rules>> = {
  uevent: {
    ...common('uevent'),
    action: text,
    devpath: text,
    env: recordOf('names with texts', isText),
  },
  log: { ...common('log'), level: oneOf(0, 1, 2, 3, 4, 5, 6, 7), message: text },
  call: { ...common('call'), fn: text, args },
  return: { ...common('return'), fn: text, ret },
  callback: { ...common('callback'), driver: text, op: text, args },
  'callback-return': { ...common('callback-return'), driver: text, op: text, ret },
  sysfs: { ...common('sysfs'), change: oneOf('+', '-'), path: text },
};

/** What is wrong with an event. */
export function eventProblem(event: unknown): Problem {
  const kind = isObject(event) ? event['ev'] : undefined;
  if (!isText(kind) || !Object.hasOwn(EVENTS, kind)) {
    return `is of no kind of event: ev is ${JSON.stringify(kind)}, not ${EVENT_KINDS.join(' or ')}`;
  }
  return problemOf(event, EVENTS[kind as EventKind]);
}
