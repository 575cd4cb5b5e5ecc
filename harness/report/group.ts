/** Outcomes that say the same of several profiles, so that a reader meets each difference once. */
import { groupBy } from '../run/group-by.js';
import type { Failure, Outcome, Verdict } from '../run/types.js';

export type Broken = Extract<Verdict, { kind: 'fail' | 'error' }>;

/** One case, failing in one way. */
export interface Finding {
  case: Outcome['case'];
  profiles: readonly string[];
  verdict: Broken;
}

const isBroken = (verdict: Verdict): verdict is Broken =>
  verdict.kind === 'fail' || verdict.kind === 'error';

/** Lines around the first difference; what comes later follows from it, and often from the profile. */
const BEFORE = 3;
const AFTER = 8;

function around(expected: string, actual: string): string[][] {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return [a, b].map((lines) => lines.slice(Math.max(0, at - BEFORE), at + AFTER));
}

const essence = (failure: Failure): unknown =>
  failure.kind === 'golden' ? around(failure.expected, failure.actual) : failure;

/** Texts without the name of a profile, where it stands as a word. */
function without(profile: string, text: string): string {
  const name = profile.replace(/[.]/g, '\\.');
  return text.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), '<profile>');
}

/** What must be equal for two failures to be shown as one; a profile may be named in them. */
function signature({ case: each, profile, verdict }: Outcome): string {
  const { failures, ...rest } = verdict as Broken;
  return without(profile, JSON.stringify([each.id, rest, failures.map(essence)]));
}

/** The failures of a run in its order, equal ones of a case together. */
export function findings(outcomes: readonly Outcome[]): Finding[] {
  const broken = outcomes.filter(({ verdict }) => isBroken(verdict));
  return [...groupBy(broken, signature).values()].map((same) => ({
    case: same[0]!.case,
    profiles: same.map(({ profile }) => profile),
    verdict: same[0]!.verdict as Broken,
  }));
}
