/** Two texts line by line, aligned around the place where they first part. */
import { createRequire } from 'node:module';
import type * as Diff from 'diff';

/** A line that both have, or that one has in place of the other's. */
export interface Row {
  expected?: string;
  actual?: string;
  same: boolean;
}

/** The rows that are shown, and how much is not. */
export interface Window {
  rows: Row[];
  /** number of the first row's line, from 1 */
  firstLine: number;
  /** number of the first differing line, from 1 */
  differsAt: number;
  /** that line on both sides; absent where a side has ended */
  first: { expected: string | undefined; actual: string | undefined };
  /** lines of the longer side after the window */
  hidden: number;
}

/** Beyond this many lines after the first difference, nothing is shown, so nothing is aligned. */
const LOOKAHEAD = 400;

function lines(text: string): string[] {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  return all;
}

/** Loaded when the first trace fails: most runs never need it. */
function loadDiff(): typeof Diff {
  return createRequire(import.meta.url)('diff') as typeof Diff;
}

function diffRows(expected: string[], actual: string[]): Row[] {
  const rows: Row[] = [];
  for (const { value, added, removed } of loadDiff().diffArrays(expected, actual)) {
    for (const text of value) {
      if (removed) rows.push({ expected: text, same: false });
      else if (added) rows.push({ actual: text, same: false });
      else rows.push({ expected: text, actual: text, same: true });
    }
  }
  return rows;
}

function count(rows: readonly Row[], side: 'expected' | 'actual'): number {
  return rows.filter((row) => row[side] !== undefined).length;
}

/** Aligns two different texts and cuts out `before` rows before the first difference, `after` from it. */
export function align(expected: string, actual: string, before: number, after: number): Window {
  const a = lines(expected);
  const b = lines(actual);
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  const from = Math.max(0, common - before);
  const rest = [a, b].map((side) => side.slice(common, common + LOOKAHEAD));
  const changed = diffRows(rest[0]!, rest[1]!).slice(0, after);
  const left = (side: string[], name: 'expected' | 'actual'): number =>
    side.length - common - count(changed, name);
  return {
    rows: [
      ...a.slice(from, common).map((text) => ({ expected: text, actual: text, same: true })),
      ...changed,
    ],
    firstLine: from + 1,
    differsAt: common + 1,
    first: { expected: a[common], actual: b[common] },
    hidden: Math.max(left(a, 'expected'), left(b, 'actual')),
  };
}
