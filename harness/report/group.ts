/** Outcomes that say the same of several profiles, so that a reader meets each difference once. */
import { essenceOf, isBroken, type Broken } from '../run/essence.js';
import { groupBy } from '../run/group-by.js';
import type { Outcome } from '../run/types.js';

/** One case, failing in one way. */
export interface Finding {
  case: Outcome['case'];
  profiles: readonly string[];
  verdict: Broken;
}

/** What must be equal for two failures to be shown as one; a fault's words count here. */
function likeness({ case: each, profile, verdict }: Outcome): string {
  const broken = verdict as Broken;
  const fault = broken.kind === 'error' ? broken.fault.message : '';
  return JSON.stringify([each.id, fault, essenceOf(broken, profile)]);
}

/** The failures of a run in its order, equal ones of a case together. */
export function findings(outcomes: readonly Outcome[]): Finding[] {
  const broken = outcomes.filter(({ verdict }) => isBroken(verdict));
  return [...groupBy(broken, likeness).values()].map((same) => ({
    case: same[0]!.case,
    profiles: same.map(({ profile }) => profile),
    verdict: same[0]!.verdict as Broken,
  }));
}
