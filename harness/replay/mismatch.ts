/** Where what came first parts from what was recorded. */
import type { Call } from '../adapter/protocol.js';
import { compareTraces, type Difference } from '../trace/compare.js';
import { answerLines } from '../trace/render-answer.js';
import { callText } from '../trace/render-call.js';
import type { Level } from './levels.js';
import type { Transcript } from './transcript.js';
import { linesOfCall, type Sides, type View } from './view.js';

/** A call, and the first line of it that differs. */
export interface Place {
  /** title of the step; absent before the first one */
  step?: string;
  call: Call;
  /** line of the call in the transcript, from 1 */
  line: number;
  /** the first line that differs, of an event or the result; absent where that side has nothing */
  expected?: string;
  actual?: string;
}

/** The first call that breaks a level. */
export interface Mismatch extends Place {
  /** the lowest level that does not hold */
  level: Level;
  /** both sides of the call, rendered, as far as the asked level sees them */
  texts: Sides<string>;
  /** where the asked level parts already, if that is in an earlier call */
  earlier?: Place;
}

/** A side that has nothing is absent. */
function present({ expected, actual }: Partial<Sides<string | undefined>>): Partial<Sides<string>> {
  return { ...(expected !== undefined && { expected }), ...(actual !== undefined && { actual }) };
}

/** Answers have many lines; the first that differs says it. */
function firstLines(
  expected: readonly string[],
  actual: readonly string[],
): Partial<Sides<string>> {
  const length = Math.max(expected.length, actual.length);
  let i = 0;
  while (i < length - 1 && expected[i] === actual[i]) i++;
  return present({ expected: expected[i]?.trim(), actual: actual[i]?.trim() });
}

/** A call without an answer, as what came instead. */
function faultLine(fault: string | undefined): string {
  return `! ${fault ?? 'no answer'}`;
}

function sidesOf(view: View, difference: Difference, fault?: string): Partial<Sides<string>> {
  const { step: index, event } = difference;
  if (event !== undefined) return present(difference);
  const [left, right] = [view.expected[index]!, view.actual[index]];
  const head = `< ${left.call.method}`;
  return firstLines(
    answerLines(head, left.answer),
    right === undefined ? [faultLine(fault)] : answerLines(head, right.answer),
  );
}

function placeOf(view: View, difference: Difference, { calls }: Transcript, fault?: string): Place {
  const { call, line, step } = calls[difference.step]!;
  return { call, line, ...(step !== undefined && { step }), ...sidesOf(view, difference, fault) };
}

/** Both sides of one call; of a call without an answer, why there is none. */
function textsOf(view: View, index: number, fault?: string): Sides<string> {
  const { call } = view.expected[index]!;
  return {
    expected: linesOfCall(view.texts.expected, index),
    actual:
      index < view.actual.length
        ? linesOfCall(view.texts.actual, index)
        : `  main > ${callText(call)}\n  main ${faultLine(fault)}\n`,
  };
}

/**
 * Finds the first call that breaks a level.
 * @param broken both sides at the lowest level that does not hold
 * @param seen both sides at the level that was asked for
 * @param fault why the last call has no answer
 */
export function mismatchOf(
  transcript: Transcript,
  broken: View,
  seen: View,
  fault?: string,
): Mismatch {
  const difference = compareTraces(broken.expected, broken.actual)!;
  const first = compareTraces(seen.expected, seen.actual)!;
  return {
    level: broken.level,
    ...placeOf(broken, difference, transcript, fault),
    texts: textsOf(seen, difference.step, fault),
    ...(first.step < difference.step && { earlier: placeOf(seen, first, transcript, fault) }),
  };
}
