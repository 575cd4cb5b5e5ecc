/** The changes that two aligned traces consist of: lines that moved together, lines replaced. */
import { groupBy } from '../run/group-by.js';
import { kindOfLines, type ChangeKind } from './kind.js';
import { movedLines, type Partners } from './moves.js';
import type { StepRow } from './rows.js';

/** What is one change to a reader, in one case. */
export interface Change {
  kind: ChangeKind;
  /** indexes of its rows, in order */
  rows: readonly number[];
  /** of lines that moved: whether the second profile has them earlier */
  earlier?: boolean;
  /** whether they moved to another step */
  far?: boolean;
}

/** Neighbouring rows that differ, in one step. */
function hunks(rows: readonly StepRow[]): number[][] {
  const all: number[][] = [];
  for (const [index, row] of rows.entries()) {
    if (row.same) continue;
    const last = all.at(-1);
    if (last?.at(-1) === index - 1 && rows[index - 1]!.step === row.step) last.push(index);
    else all.push([index]);
  }
  return all;
}

/** Lines that left one hunk for another together. */
function moves(all: readonly number[][], rows: readonly StepRow[], partners: Partners): Change[] {
  const hunkOf = new Map(all.flatMap((hunk, at) => hunk.map((index) => [index, at] as const)));
  const removed = [...partners.keys()].filter((index) => rows[index]!.expected !== undefined);
  const together = groupBy(
    removed.sort((a, b) => a - b),
    (index) => `${hunkOf.get(index)!} ${hunkOf.get(partners.get(index)!)!}`,
  );
  return [...together.values()].map((from) => {
    const to = from.map((index) => partners.get(index)!);
    const indexes = [...from, ...to].sort((a, b) => a - b);
    const far = rows[from[0]!]!.step !== rows[to[0]!]!.step;
    return { kind: 'order', rows: indexes, earlier: Math.min(...to) < from[0]!, far };
  });
}

/** Lines that only one side has, or has otherwise. The lines of one answer are one change. */
function replacements(
  all: readonly number[][],
  rows: readonly StepRow[],
  partners: Partners,
): Change[] {
  const left = all.map((hunk) => hunk.filter((index) => !partners.has(index)));
  const kindOf = (hunk: readonly number[]) => kindOfLines(hunk.map((index) => rows[index]!));
  const together = groupBy(
    left.filter((hunk) => hunk.length > 0),
    (hunk) => (kindOf(hunk) === 'result' ? `step ${rows[hunk[0]!]!.step}` : hunk[0]!),
  );
  return [...together.values()].map((hunks) => ({ kind: kindOf(hunks[0]!), rows: hunks.flat() }));
}

/** The changes of two aligned traces, in the order in which they begin. */
export function changesOf(rows: readonly StepRow[]): Change[] {
  const all = hunks(rows);
  const partners = movedLines(rows);
  return [...replacements(all, rows, partners), ...moves(all, rows, partners)].sort(
    (a, b) => a.rows[0]! - b.rows[0]!,
  );
}
