/** Two traces of one case line by line, aligned inside each step. */
import { diffArrays } from 'diff';
import type { Row } from '../trace/explain/align.js';
import { CALL } from '../trace/explain/headline.js';

/** An aligned line, and the index of the step that it belongs to, counting those of either side. */
export interface StepRow extends Row {
  step: number;
}

/** The lines of each step; calls are what a step begins with. */
function steps(text: string): string[][] {
  const all: string[][] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    if (all.length === 0 || CALL.test(line)) all.push([]);
    all.at(-1)!.push(line);
  }
  return all;
}

/** Depth follows from the calls around a line: a line that is only deeper is the same line. */
const sameLine = (a: string, b: string): boolean => a === b || core(a) === core(b);

/** A line of a trace without its indentation: task and event. */
export function core(line: string): string {
  return line.trim().replace(/^(\S+) +/, '$1 ');
}

/** Aligns two lists of lines. */
function align(a: string[], b: string[]): Row[] {
  let [left, right] = [0, 0];
  return diffArrays(a, b, { comparator: sameLine }).flatMap(({ value, added, removed }) =>
    value.map((): Row => {
      if (removed) return { expected: a[left++]!, same: false };
      if (added) return { actual: b[right++]!, same: false };
      return { expected: a[left++]!, actual: b[right++]!, same: true };
    }),
  );
}

/** Steps that make the same call, in order, beside each other; others stand alone. */
function pairSteps(a: string[][], b: string[][]): [string[], string[]][] {
  let [left, right] = [0, 0];
  const comparator = ([one]: string[], [other]: string[]): boolean => one === other;
  return diffArrays(a, b, { comparator }).flatMap(({ value, added, removed }) =>
    value.map((): [string[], string[]] => [added ? [] : a[left++]!, removed ? [] : b[right++]!]),
  );
}

/** All lines of two rendered traces, `expected` first where they differ. */
export function alignTraces(expected: string, actual: string): StepRow[] {
  return pairSteps(steps(expected), steps(actual)).flatMap(([a, b], step) =>
    align(a, b).map((row) => ({ ...row, step })),
  );
}
