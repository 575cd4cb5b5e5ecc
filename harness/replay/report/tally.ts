import type { Holds, Level } from '../levels.js';
import { isJudged, type Outcome } from '../replay.js';

/** How many files hold at each level. */
export interface Tally {
  files: number;
  L1: number;
  L2: number;
  L3: number;
  unjudged: number;
}

/** The level of an outcome: what could not be judged holds at none. */
export function levelOf(outcome: Outcome): Holds {
  return isJudged(outcome) ? outcome.level : 0;
}

/** Counts outcomes. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const holdAt = (level: Level): number => outcomes.filter((each) => levelOf(each) >= level).length;
  return {
    files: outcomes.length,
    L1: holdAt(1),
    L2: holdAt(2),
    L3: holdAt(3),
    unjudged: outcomes.filter((each) => !isJudged(each)).length,
  };
}

/** Exit status: 0 if all hold at `asked`, 1 if one doesn't, 2 if one could not be judged. */
export function exitStatus(outcomes: readonly Outcome[], asked: Level): 0 | 1 | 2 {
  if (!outcomes.every(isJudged)) return 2;
  return outcomes.every((each) => levelOf(each) >= asked) ? 0 : 1;
}
