/** Outcomes counted: per area and profile, and all together. */
import type { ProfileName } from '../suite/profiles.js';
import type { Outcome, VerdictKind } from './types.js';

/** Every verdict, the good ones first; typed by the union, so that none is forgotten. */
const KINDS: Readonly<Record<VerdictKind, true>> = {
  pass: true,
  fail: true,
  error: true,
  'known-failure': true,
  'not-applicable': true,
};
export const VERDICT_KINDS = Object.keys(KINDS) as readonly VerdictKind[];

export type Counts = Record<VerdictKind, number>;

/** The counts of one area in one profile. */
export interface Cell {
  area: string;
  profile: ProfileName;
  counts: Counts;
}

export interface Summary {
  cases: number;
  runs: number;
  counts: Counts;
  /** areas in the order in which they came, the profiles of each in the order of the eras */
  cells: readonly Cell[];
  /** all of the cells, in the order of the eras */
  profiles: readonly ProfileName[];
}

const nothing = (): Counts => Object.fromEntries(VERDICT_KINDS.map((kind) => [kind, 0])) as Counts;

/** Adds up counts. */
export function total(cells: readonly Pick<Cell, 'counts'>[]): Counts {
  const sum = nothing();
  for (const { counts } of cells) for (const kind of VERDICT_KINDS) sum[kind] += counts[kind];
  return sum;
}

/**
 * Counts the outcomes of a run.
 * @param known the table of profiles, in the order of the eras
 */
export function summarise(outcomes: readonly Outcome[], known: readonly ProfileName[]): Summary {
  const cells = new Map<string, Cell>();
  for (const { case: each, profile, verdict } of outcomes) {
    const key = `${each.area} ${profile}`;
    const cell = cells.get(key) ?? { area: each.area, profile, counts: nothing() };
    cell.counts[verdict.kind]++;
    cells.set(key, cell);
  }
  const wanted = new Set(outcomes.map(({ profile }) => profile));
  const profiles = known.filter((profile) => wanted.has(profile));
  const areas = [...new Set([...cells.values()].map(({ area }) => area))];
  return {
    cases: new Set(outcomes.map((outcome) => outcome.case.id)).size,
    runs: outcomes.length,
    counts: total([...cells.values()]),
    cells: areas.flatMap((area) =>
      profiles.flatMap((profile) => cells.get(`${area} ${profile}`) ?? []),
    ),
    profiles,
  };
}

/** Whether everything was as expected. */
export function isGreen({ counts }: Pick<Summary, 'counts'>): boolean {
  return counts.fail === 0 && counts.error === 0;
}
