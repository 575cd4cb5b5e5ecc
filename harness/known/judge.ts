/** Outcomes held against the failures that are known. */
import { isBroken } from '../run/essence.js';
import { groupBy } from '../run/group-by.js';
import type { Outcome } from '../run/types.js';
import type { ProfileName } from '../suite/profiles.js';
import { signatureOf } from './signature.js';
import type { KnownCode, KnownFailure, KnownProblem } from './types.js';

/** What was run, as far as it decides which entries should have met their case. */
export interface Scope {
  /** whether all cases were asked for; if not, an entry may be about one that wasn't */
  everything: boolean;
  profiles: readonly ProfileName[];
  /** as YYYY-MM-DD */
  today: string;
}

export interface JudgedKnown {
  outcomes: Outcome[];
  problems: KnownProblem[];
}

const keyOf = (id: string, profile: string): string => `${id} ${profile}`;

/** What is wrong with an entry in one profile, or nothing. */
function holds(entry: KnownFailure, { profile, verdict }: Outcome): KnownCode | undefined {
  if (verdict.kind === 'not-applicable') return 'E_KNOWN_UNMATCHED';
  if (!isBroken(verdict)) return 'E_KNOWN_STALE';
  return signatureOf(verdict, profile) === entry.signature ? undefined : 'E_KNOWN_CHANGED';
}

const SENTENCES: Readonly<Record<KnownCode, (where: string, entry: KnownFailure) => string>> = {
  E_KNOWN_STALE: (where) => `passes${where}: remove the entry`,
  E_KNOWN_CHANGED: (where, { signature }) =>
    `fails${where}, but not as ${signature}: look at it again`,
  E_KNOWN_EXPIRED: (_where, { reviewBy }) =>
    `was to be looked at by ${reviewBy}: mend it, or give a new day and the reason for it`,
  E_KNOWN_UNMATCHED: (where) => `was not run${where}: correct the entry or remove it`,
};

function problem(
  code: KnownCode,
  entry: KnownFailure,
  profiles: readonly ProfileName[],
): KnownProblem {
  const where = profiles.length > 0 ? ` in ${profiles.join(', ')}` : '';
  const message = `${entry.case} ${SENTENCES[code](where, entry)}`;
  return { code, entry, profiles, message };
}

/** What each entry came to, in the order of the file. */
function problemsOf(
  entry: KnownFailure,
  outcomes: ReadonlyMap<string, Outcome>,
  { everything, profiles, today }: Scope,
): KnownProblem[] {
  const wanted = entry.profiles.filter((profile) => profiles.includes(profile));
  const run = wanted.flatMap((profile) => outcomes.get(keyOf(entry.case, profile)) ?? []);
  if (run.length === 0) {
    return everything && wanted.length > 0 ? [problem('E_KNOWN_UNMATCHED', entry, wanted)] : [];
  }
  const wrong = groupBy(run, (outcome) => holds(entry, outcome));
  const found = [...wrong].flatMap(([code, some]) =>
    code === undefined
      ? []
      : [
          problem(
            code,
            entry,
            some.map(({ profile }) => profile),
          ),
        ],
  );
  return entry.reviewBy < today ? [...found, problem('E_KNOWN_EXPIRED', entry, [])] : found;
}

/**
 * Failures that fail as an entry says become known failures; all else stays what it was.
 * @returns the outcomes in their order, and every entry that doesn't hold
 */
export function judgeKnown(
  outcomes: readonly Outcome[],
  entries: readonly KnownFailure[],
  scope: Scope,
): JudgedKnown {
  const made = new Map(outcomes.map((each) => [keyOf(each.case.id, each.profile), each]));
  const known = new Map(
    entries.flatMap((entry) =>
      entry.profiles.map((profile) => [keyOf(entry.case, profile), entry] as const),
    ),
  );
  return {
    outcomes: outcomes.map((outcome) => {
      const { verdict } = outcome;
      const entry = known.get(keyOf(outcome.case.id, outcome.profile));
      if (!entry || !isBroken(verdict) || holds(entry, outcome) !== undefined) return outcome;
      return { ...outcome, verdict: { kind: 'known-failure', entry, was: verdict } };
    }),
    problems: entries.flatMap((entry) => problemsOf(entry, made, scope)),
  };
}
