/** The requirements that a change concerns. */
import type { Group } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';

/** The requirements of the case that is shown, and the ids of those of the others. */
export interface Concerned {
  shown: Requirement[];
  /** those of most cases first */
  others: string[];
}

/** Requirement → in how many of the cases it is. */
function countsOf(cases: Group['cases']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { because } of cases) {
    for (const id of because) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** What a change concerns, by way of the cases in which it shows. */
export function concerned(
  { cases, example }: Group,
  requirements: readonly Requirement[],
): Concerned {
  const here = new Set(example.case.because);
  const counts = countsOf(cases);
  const others = requirements.map(({ id }) => id).filter((id) => counts.has(id) && !here.has(id));
  return {
    shown: requirements.filter(({ id }) => here.has(id)),
    others: others.sort((a, b) => counts.get(b)! - counts.get(a)!),
  };
}
