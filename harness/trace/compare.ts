/** Whether two traces are the same, at which level, and where they first part. */
import type { EventKind, TraceEvent } from '../adapter/protocol.js';
import { parse } from './parse.js';
import { answerLines } from './render-answer.js';
import { callText } from './render-call.js';
import { eventText } from './render-event.js';
import type { StepRecord, Trace } from './types.js';

/** L1: results. L2: also uevents and log, each in order. L3: all events in total order. */
export type Level = 'L1' | 'L2' | 'L3';

/** The worst thing that differs anywhere, in this order. */
export type DifferenceKind = 'calls' | 'result' | 'uevent' | 'log' | 'events' | 'order';

/** Where two traces part. */
export interface Difference {
  kind: DifferenceKind;
  /** First differing step, from 0. */
  step: number;
  /** Index of the first differing event among those compared; absent if call or answer differ. */
  event?: number;
  /** First step whose answer differs, if any does: the event that led there can be earlier. */
  resultStep?: number;
  /** What differs, without task and indentation; absent where that side has nothing. */
  expected?: string;
  actual?: string;
}

type Place = Pick<Difference, 'step' | 'event' | 'expected' | 'actual'>;

/** Everything of a step as text, so that equality is equality of strings. */
interface StepText {
  call: string;
  answer: string;
  uevent: string[];
  log: string[];
  all: string[];
}

function lineOf(event: TraceEvent): string {
  return event.task === 'main' ? eventText(event) : `${event.task}: ${eventText(event)}`;
}

function stepText({ call, answer, events }: StepRecord): StepText {
  const only = (kind: EventKind): string[] => events.filter((e) => e.ev === kind).map(lineOf);
  return {
    call: callText(call),
    answer: answerLines('<', answer).join('\n'),
    uevent: only('uevent'),
    log: only('log'),
    all: events.map(lineOf),
  };
}

const COMPARED: Record<Level, readonly ('uevent' | 'log' | 'all')[]> = {
  L1: [],
  L2: ['uevent', 'log'],
  L3: ['all'],
};

/** The index of the first difference of two lists, or -1. */
function firstDifference(a: readonly string[], b: readonly string[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

function place(step: number, expected?: string, actual?: string, event?: number): Place {
  return {
    step,
    ...(event !== undefined && { event }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
  };
}

/** Where one step differs: its call, then its events, then its answer, as they happened. */
function placeInStep(step: number, level: Level, a?: StepText, b?: StepText): Place | undefined {
  if (a?.call !== b?.call) return place(step, a && `> ${a.call}`, b && `> ${b.call}`);
  if (a === undefined || b === undefined) return undefined;
  for (const list of COMPARED[level]) {
    const i = firstDifference(a[list], b[list]);
    if (i >= 0) return place(step, a[list][i], b[list][i], i);
  }
  return a.answer === b.answer ? undefined : place(step, a.answer, b.answer);
}

function sameLists(pick: (step: StepText) => string[]) {
  return (a: StepText, b: StepText): boolean => firstDifference(pick(a), pick(b)) < 0;
}

const EQUAL: readonly [DifferenceKind, (a: StepText, b: StepText) => boolean][] = [
  ['result', (a, b) => a.answer === b.answer],
  ['uevent', sameLists((step) => step.uevent)],
  ['log', sameLists((step) => step.log)],
  ['events', sameLists((step) => [...step.all].sort())],
];

function kindOf(a: readonly StepText[], b: readonly StepText[]): DifferenceKind {
  if (a.length !== b.length || a.some((step, i) => step.call !== b[i]!.call)) return 'calls';
  for (const [kind, equal] of EQUAL) if (!a.every((step, i) => equal(step, b[i]!))) return kind;
  return 'order';
}

/**
 * Compares two traces, both already projected and with letters for uuids.
 * @returns undefined if they are the same at `level`
 */
export function compareTraces(
  expected: Trace,
  actual: Trace,
  level: Level = 'L3',
): Difference | undefined {
  const a = expected.map(stepText);
  const b = actual.map(stepText);
  const length = Math.max(a.length, b.length);
  for (let step = 0; step < length; step++) {
    const found = placeInStep(step, level, a[step], b[step]);
    if (found === undefined) continue;
    const resultStep = a.findIndex((text, i) => b[i] !== undefined && text.answer !== b[i].answer);
    return { kind: kindOf(a, b), ...found, ...(resultStep >= 0 && { resultStep }) };
  }
  return undefined;
}

/**
 * Compares two rendered traces: equal bytes are never parsed.
 * @throws TraceSyntaxError `E_TRACE_SYNTAX` if they differ and one is no trace text
 */
export function compareTexts(expected: string, actual: string): Difference | undefined {
  return expected === actual ? undefined : compareTraces(parse(expected), parse(actual));
}
