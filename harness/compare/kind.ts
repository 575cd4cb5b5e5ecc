/** What kind of thing a change is about, in the words of the comparison of traces. */
import type { DifferenceKind } from '../trace/compare.js';
import type { StepRow } from './rows.js';

export type ChangeKind = DifferenceKind;

/** The gravest first, as when traces are compared. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  'calls',
  'result',
  'uevent',
  'log',
  'events',
  'order',
];

/**
 * The order in which changes are told: what a program notices, what else is seen, what is only a matter
 * of functions. Calls that one side alone makes are the case's own doing, so they come last.
 */
export const READING_ORDER: readonly ChangeKind[] = [
  'result',
  'uevent',
  'log',
  'order',
  'events',
  'calls',
];

/** How a change of each kind is called. */
export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  calls: 'other calls',
  result: 'another result',
  uevent: 'other uevents',
  log: 'another log',
  events: 'other events',
  order: 'another order',
};

/** By what a line of a trace begins with, after its task; the first that fits. */
const SIGNS: readonly [ChangeKind, RegExp][] = [
  ['calls', /^ {2}\S+ > /],
  ['result', /^ {2}\S+ (< | *(name|entry|result|value|data=|hex=|arg) ?)/],
  ['uevent', /^ {2}\S+ +uevent /],
  ['log', /^ {2}\S+ +log /],
];

/** What a line of a trace is about. */
export function kindOfLine(line: string): ChangeKind {
  return SIGNS.find(([, sign]) => sign.test(line))?.[0] ?? 'events';
}

/** The gravest kind among lines that are not the same. */
export function kindOfLines(rows: readonly StepRow[]): ChangeKind {
  const kinds = new Set(rows.map((row) => kindOfLine(row.expected ?? row.actual!)));
  return CHANGE_KINDS.find((kind) => kinds.has(kind)) ?? 'events';
}
