/** The calls of a failed case as short lines, up to where it went wrong. */
import type { CallLine, Failure } from '../run/types.js';
import { compareTexts } from '../trace/compare.js';
import { TraceSyntaxError } from '../trace/error.js';
import type { Broken } from '../run/essence.js';
import type { Page } from './formats.js';

/** Calls before these are seldom needed. */
const SHOWN = 12;
const STEP_WIDTH = 56;
const MARGIN = 12;

/** The call at which a failure shows: an index among the calls, or none. */
function placeOf(failure: Failure): number | undefined {
  if (failure.kind === 'expectation') return failure.call;
  if (failure.kind !== 'golden') return undefined;
  try {
    return compareTexts(failure.expected, failure.actual)?.step;
  } catch (error) {
    if (error instanceof TraceSyntaxError) return undefined;
    throw error;
  }
}

/** Index of the first call at which anything shows. */
function firstPlace(failures: readonly Failure[]): number | undefined {
  const places = failures.map(placeOf).filter((place) => place !== undefined);
  return places.length === 0 ? undefined : Math.min(...places);
}

const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;

function line(call: CallLine, last: boolean, { width, colours }: Page): string {
  const number = String(call.step + 1).padStart(3);
  const room = Math.min(STEP_WIDTH, width - MARGIN * 2);
  const text = `${clip(call.text, room).padEnd(room)}  → `;
  const answer = clip(call.answer, width - room - MARGIN);
  const mark = call.wrong ? colours.red('✖') : last ? colours.yellow('▸') : ' ';
  return `  ${mark} ${colours.dim(number)}  ${text}${call.wrong ? colours.red(answer) : answer}`;
}

/** Where only goldens are missing, the calls have nothing to do with it. */
const isAboutCalls = (verdict: Broken): boolean =>
  verdict.kind === 'error' || verdict.failures.some(({ kind }) => kind !== 'no-golden');

/** The lines of the calls made so far. */
export function callsSoFar(verdict: Broken, page: Page): string[] {
  if (!isAboutCalls(verdict)) return [];
  const place = firstPlace(verdict.failures);
  const last = Math.min(place ?? Infinity, verdict.calls.length - 1);
  const first = Math.max(0, last + 1 - SHOWN);
  const shown = verdict.calls.slice(first, last + 1);
  const earlier = first > 0 ? [page.colours.dim(`       … ${first} before`)] : [];
  return [...earlier, ...shown.map((call, at) => line(call, first + at === place, page))];
}
