/** Lines that are only elsewhere: each removed line finds the added line that it became. */
import { groupBy } from '../run/group-by.js';
import { kindOfLine } from './kind.js';
import { core, type StepRow } from './rows.js';

/** Index of a removed row → index of the added row with the same line, and the other way round. */
export type Partners = ReadonlyMap<number, number>;

interface Place {
  index: number;
  row: StepRow;
}

/** Pairs the places that agree in `key`, first with first. */
function pairBy(
  removed: readonly Place[],
  added: readonly Place[],
  key: (place: Place) => string,
  partners: Map<number, number>,
): void {
  const isFree = ({ index }: Place): boolean => !partners.has(index);
  const candidates = groupBy(added.filter(isFree), key);
  for (const place of removed.filter(isFree)) {
    const partner = candidates.get(key(place))?.shift();
    if (partner === undefined) continue;
    partners.set(place.index, partner.index);
    partners.set(partner.index, place.index);
  }
}

const lineOf = ({ row }: Place): string => core(row.expected ?? row.actual!);

/** Calls and their answers stand where the case has them; only events move. */
function isEvent({ same, expected, actual }: StepRow): boolean {
  return !same && !['calls', 'result'].includes(kindOfLine(expected ?? actual!));
}

/** Each place with the whole run of neighbours that it is in, and where in it. */
function runs(places: readonly Place[]): Map<Place, string> {
  const all: Place[][] = [];
  for (const place of places) {
    const last = all.at(-1)?.at(-1);
    const goesOn = last?.index === place.index - 1 && last.row.step === place.row.step;
    if (goesOn) all.at(-1)!.push(place);
    else all.push([place]);
  }
  return new Map(
    all.flatMap((run) => {
      const text = run.map(lineOf).join('\n');
      return run.map((place, at) => [place, `${at} of ${text}`] as const);
    }),
  );
}

/**
 * Finds moved lines: whole runs before single lines, and what is in the same step before what is
 * further away, since that is more likely to be the same.
 */
export function movedLines(rows: readonly StepRow[]): Partners {
  const places = rows.map((row, index) => ({ index, row })).filter(({ row }) => isEvent(row));
  const removed = places.filter(({ row }) => row.expected !== undefined);
  const added = places.filter(({ row }) => row.actual !== undefined);
  const partners = new Map<number, number>();
  const runOf = new Map([...runs(removed), ...runs(added)]);
  for (const what of [(place: Place) => runOf.get(place)!, lineOf]) {
    pairBy(removed, added, (place) => `${place.row.step} ${what(place)}`, partners);
    pairBy(removed, added, what, partners);
  }
  return partners;
}
