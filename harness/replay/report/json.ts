/** The outcomes for scripts. */
import { callText } from '../../trace/render-call.js';
import type { Holds } from '../levels.js';
import { isJudged, type Outcome } from '../replay.js';
import { levelOf, tally } from './tally.js';

interface JsonResult {
  file: string;
  /** highest level that holds, 0 if none */
  level: Holds;
  step?: string;
  call?: string;
  expected?: string;
  actual?: string;
  /** only where the file could not be judged */
  error?: { code: string; message: string };
}

function resultOf(outcome: Outcome): JsonResult {
  const result: JsonResult = { file: outcome.file, level: levelOf(outcome) };
  if (!isJudged(outcome)) {
    const { code, message } = outcome.error;
    return { ...result, error: { code, message } };
  }
  if (outcome.mismatch === undefined) return result;
  const { step, call, expected, actual } = outcome.mismatch;
  return {
    ...result,
    ...(step !== undefined && { step }),
    call: callText(call),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
  };
}

/** One JSON object on one line: `{files, L1, L2, L3, results}`. */
export function jsonReport(outcomes: readonly Outcome[]): string {
  const { files, L1, L2, L3 } = tally(outcomes);
  return JSON.stringify({ files, L1, L2, L3, results: outcomes.map(resultOf) });
}
