/** The requirements that a change concerns. */
import type { Group } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';

/** The requirements of the case that is shown, and the ids of those of the others. */
export interface Concerned {
  shown: Requirement[];
  others: string[];
}

/** What a change concerns, by way of the cases in which it shows. */
export function concerned(
  { cases, example }: Group,
  requirements: readonly Requirement[],
): Concerned {
  const here = new Set(example.case.because);
  const all = new Set(cases.flatMap(({ because }) => because));
  return {
    shown: requirements.filter(({ id }) => here.has(id)),
    others: requirements.filter(({ id }) => all.has(id) && !here.has(id)).map(({ id }) => id),
  };
}
