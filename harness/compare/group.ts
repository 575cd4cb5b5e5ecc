/** Equal changes of many cases as one. */
import { groupBy } from '../run/group-by.js';
import { READING_ORDER } from './kind.js';
import { changeKey, type Normalise } from './normalise.js';
import type { Change } from './changes.js';
import type { Compared, Group } from './types.js';

interface Occurrence {
  compared: Compared;
  change: Change;
}

/** How much a reader has to look past in order to see just this change. */
const clutter = ({ compared }: Occurrence): number =>
  compared.changes.length * 1000 + compared.rows.length;

function groupOf(same: readonly Occurrence[]): Group {
  const example = same.reduce((best, each) => (clutter(each) < clutter(best) ? each : best));
  return {
    kind: example.change.kind,
    example: example.compared,
    change: example.change,
    cases: [...new Set(same.map(({ compared }) => compared.case))],
  };
}

const place = ({ kind }: Group): number => READING_ORDER.indexOf(kind);

/**
 * The changes of all cases, each once, in reading order, of a kind those in most cases first: what a
 * program would notice does not drown in functions that were renamed.
 */
export function groupChanges(compared: readonly Compared[], normalise: Normalise): Group[] {
  const occurrences = compared.flatMap((each) =>
    each.changes.map((change): Occurrence => ({ compared: each, change })),
  );
  const same = groupBy(occurrences, ({ compared: { rows }, change }) =>
    changeKey(change, rows, normalise),
  );
  return [...same.values()]
    .map(groupOf)
    .sort((a, b) => place(a) - place(b) || b.cases.length - a.cases.length);
}
