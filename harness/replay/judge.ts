/** How far what came agrees with what was recorded. */
import { project } from '../trace/project.js';
import { render } from '../trace/render.js';
import type { Trace } from '../trace/types.js';
import { viewAt, type Holds, type Level } from './levels.js';
import { mismatchOf, type Mismatch } from './mismatch.js';
import type { Played } from './play.js';
import type { Transcript } from './transcript.js';
import type { View } from './view.js';

/** How far a transcript holds. */
export interface Verdict {
  /** highest level that holds */
  level: Holds;
  /** where the next level breaks first; absent if the asked level holds */
  mismatch?: Mismatch;
}

function viewOf(level: Level, expected: Trace, actual: Trace): View {
  const [left, right] = [viewAt(level, expected), viewAt(level, actual)];
  return {
    level,
    expected: left,
    actual: right,
    texts: { expected: render(left), actual: render(right) },
  };
}

/** The views of the levels that don't hold, from the highest down. */
function brokenViews({ header, calls }: Transcript, trace: Trace): View[] {
  const { points, unordered } = header;
  const projection = { points, ...(unordered && { unordered }) };
  const [expected, actual] = [project(calls, projection), project(trace, projection)];
  const broken: View[] = [];
  for (const level of [3, 2, 1] as const) {
    const view = viewOf(level, expected, actual);
    if (view.texts.expected === view.texts.actual) break;
    broken.push(view);
  }
  return broken;
}

/**
 * Compares what came with the transcript, both as far as its header says that they count.
 * @param asked the level up to which a mismatch is of interest
 */
export function judge(transcript: Transcript, played: Played, asked: Level): Verdict {
  const broken = brokenViews(transcript, played.trace);
  const level = (3 - broken.length) as Holds;
  const seen = broken.find((view) => view.level === asked);
  if (seen === undefined) return { level };
  return { level, mismatch: mismatchOf(transcript, broken.at(-1)!, seen, played.fault) };
}
