/** The outcomes for people: a block per failing file, and a line that sums up. */
import { PLAIN } from '../../trace/explain/palette.js';
import { TranscriptError } from '../error.js';
import type { Holds } from '../levels.js';
import { isJudged, type Outcome, type Unjudged } from '../replay.js';
import { block, type BlockOptions } from './block.js';
import { signature } from './signature.js';
import { tally } from './tally.js';

export type HumanOptions = Omit<BlockOptions, 'implementation'>;

const HOLDS: Record<Holds, string> = {
  0: 'L1 does not hold',
  1: 'L1 holds, L2 does not',
  2: 'L2 holds, L3 does not',
  3: 'L3 holds',
};

const indented = (line: string): string => (line === '' ? '' : `  ${line}`);

/** `file:line CODE sentence`: why a file could not be judged. */
export function errorLine({ file, error }: Unjudged): string {
  const isPlaced = error instanceof TranscriptError;
  const place = isPlaced ? `${file}:${error.line}` : file;
  return `${place} ${error.code} ${isPlaced ? error.reason : error.message}`;
}

/** Writes about files one after the other; the same difference is shown once. */
export class HumanReport {
  /** signature of a difference → the file with which it was shown */
  private readonly shown = new Map<string, string>();

  constructor(private readonly options: HumanOptions = {}) {}

  /** What there is to say about one file; nothing if it holds at the asked level. */
  text(outcome: Outcome): string {
    if (!isJudged(outcome) || outcome.mismatch === undefined) return '';
    const { palette = PLAIN } = this.options;
    const { mismatch, file, level, implementation } = outcome;
    const head = `${palette.red('FAIL')} ${palette.bold(file)}: ${HOLDS[level]}`;
    const key = signature(mismatch);
    const earlier = this.shown.get(key);
    if (earlier !== undefined) return `${head}; the same difference as in ${earlier}\n`;
    this.shown.set(key, file);
    const body = block(mismatch, { ...this.options, implementation });
    return [head, '', ...body.map(indented), '', ''].join('\n');
  }

  /** `77 files: L1 77, L2 77, L3 75`. */
  summary(outcomes: readonly Outcome[]): string {
    const { files, L1, L2, L3, unjudged } = tally(outcomes);
    const counted = `${files} ${files === 1 ? 'file' : 'files'}: L1 ${L1}, L2 ${L2}, L3 ${L3}`;
    return unjudged === 0 ? counted : `${counted}; ${unjudged} could not be judged`;
  }
}
