/** The cases and requirements that a change concerns, as few words as will do. */
import type { Group } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';

/** The first few of a list, and how many more there are. */
export function few(all: readonly string[], limit: number): string {
  const more = all.length - limit;
  return [...all.slice(0, limit), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** As many of a list as fit into a line. */
export function fitting(all: readonly string[], width: number): string {
  let limit = all.length;
  while (limit > 1 && few(all, limit).length > width) limit--;
  return few(all, limit);
}

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
