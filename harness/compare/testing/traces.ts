/** Traces and comparisons for tests, made of as little as possible. */
import { caseOf } from '../../run/testing/fixtures.js';
import { comparedOf } from '../compare.js';
import type { Compared } from '../types.js';

/** A rendered trace: a step for each list of events, given with task and depth. */
export function traceOf(...steps: readonly (readonly string[])[]): string {
  return steps
    .flatMap((events, at) => [
      `  main > read /step/${at}`,
      ...events.map((event) => `  main   ${event}`),
      '  main < read = 0',
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** Two traces of a case of that id, compared. */
export function compared(before: string, after: string, id = 'create-remove.case'): Compared {
  return comparedOf(caseOf([], { id }), before, after);
}
