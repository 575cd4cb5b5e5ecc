/** Patterns of canonical events: which events they match, and both in words. */
import type { EventKind, TraceEvent } from '../adapter/protocol.js';
import type { EventPattern, StepEvent } from './compiled.js';
import { regexSource } from './formats.js';
import { bare } from './uuids.js';

/** An event, and what the function that it entered returned, if it did. */
export interface Seen extends StepEvent {
  ret?: number;
}

type Of<K extends EventPattern['kind']> = Extract<EventPattern, { kind: K }>;
type EventOf<K extends EventKind> = Extract<TraceEvent, { ev: K }>;
type Match<K extends EventPattern['kind']> = (
  pattern: Of<K>,
  event: EventOf<K>,
  ret: number | undefined,
) => boolean;

function includes(
  all: Readonly<Record<string, string | number>>,
  some: Readonly<Record<string, string | number>> = {},
): boolean {
  return Object.entries(some).every(([key, value]) => bare(String(all[key])) === String(value));
}

const same = <T>(wanted: T | undefined, found: T | undefined): boolean =>
  wanted === undefined || wanted === found;

function matchesPath(pattern: string, path: string): boolean {
  const [wanted, found] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === found.length &&
    wanted.every((part, index) => part === '*' || part === found[index])
  );
}

function matchesText(pattern: string, message: string): boolean {
  const regex = regexSource(pattern);
  return regex === undefined ? message.includes(pattern) : new RegExp(regex).test(message);
}

const MATCH: { [K in EventPattern['kind']]: Match<K> } = {
  uevent: ({ action, of, below, env }, event) => {
    const parts = bare(event.devpath).split('/');
    return (
      event.action === action &&
      same(of, parts.at(-1)) &&
      (below === undefined || parts.slice(0, -1).includes(below)) &&
      includes(event.env, env)
    );
  },
  log: ({ text, level }, event) =>
    same(level, event.level) && matchesText(text, bare(event.message)),
  call: ({ fn, args, ret }, event, returned) =>
    event.fn === fn && includes(event.args, args) && same(ret, returned),
  callback: ({ driver, op, args, ret }, event, returned) =>
    event.driver === driver && event.op === op && includes(event.args, args) && same(ret, returned),
  sysfs: ({ change, path }, event) =>
    event.change === change && matchesPath(path, bare(event.path)),
};

/** Whether an event is of the kind that a pattern speaks of. */
export function matches(pattern: EventPattern, { event, ret }: Seen): boolean {
  if (event.ev !== pattern.kind || !same(pattern.task, event.task)) return false;
  const match = MATCH[pattern.kind] as unknown as Match<EventPattern['kind']>;
  return match(pattern, event, ret);
}

const entered = (event: TraceEvent): string | undefined =>
  event.ev === 'call' || event.ev === 'return'
    ? event.fn
    : event.ev === 'callback' || event.ev === 'callback-return'
      ? `${event.driver}.${event.op}`
      : undefined;

/** Gives each call and callback what it returned: the next return of that function in its task, nested ones aside. */
export function withReturns(events: readonly StepEvent[]): Seen[] {
  const open = new Map<string, Seen[]>();
  return events.map(({ step, event }) => {
    const seen: Seen = { step, event };
    const name = entered(event);
    if (name === undefined) return seen;
    const key = `${event.task} ${name}`;
    const stack = open.get(key) ?? [];
    open.set(key, stack);
    if (event.ev === 'call' || event.ev === 'callback') stack.push(seen);
    else if (event.ev === 'return' || event.ev === 'callback-return') {
      const entry = stack.pop();
      if (entry && event.ret !== undefined) entry.ret = event.ret;
    }
    return seen;
  });
}

const listed = (fields: Readonly<Record<string, unknown>> = {}): string =>
  Object.entries(fields)
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('');
const returning = (ret: number | undefined): string => (ret === undefined ? '' : ` = ${ret}`);
const ofDevice = (of?: string): string => (of === undefined ? '' : ` of ${of}`);

const PATTERN_WORDS: { [K in EventPattern['kind']]: (pattern: Of<K>) => string } = {
  uevent: ({ action, of, below, env }) =>
    `uevent ${action}${ofDevice(of)}${below === undefined ? '' : ` below ${below}`}${listed(env)}`,
  log: ({ text, level }) =>
    `log ${JSON.stringify(text)}${level === undefined ? '' : ` at ${level}`}`,
  call: ({ fn, args, ret }) => `call ${fn}${listed(args)}${returning(ret)}`,
  callback: ({ driver, op, args, ret }) =>
    `callback ${driver}.${op}${listed(args)}${returning(ret)}`,
  sysfs: ({ change, path }) => `sysfs ${change} ${path}`,
};

/** A pattern in words. */
export function describePattern(pattern: EventPattern): string {
  const words = PATTERN_WORDS[pattern.kind] as (pattern: EventPattern) => string;
  return words(pattern) + (pattern.task === undefined ? '' : ` in task ${pattern.task}`);
}

/** An event in words: the step it belongs to, its kind and its fields. */
export function describeEvent({ step, event }: StepEvent): string {
  const { ev, task, ...fields } = event;
  const words = Object.values(fields).flatMap((value): string[] =>
    typeof value === 'object' ? [listed(value).trim()] : [String(value)],
  );
  return `step ${step + 1}, task ${task}: ${[ev, ...words].join(' ').trim()}`;
}
