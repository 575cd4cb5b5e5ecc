/** How many cases differ, and in what: the rows above the changes. */
import { CHANGE_KINDS } from '../../compare/kind.js';
import type { Comparison } from '../../compare/types.js';
import { SENTENCES } from '../../trace/explain/headline.js';
import { plural } from '../words.js';

/** A number of cases, and what is true of them. */
export interface Count {
  cases: number;
  text: string;
  /** whether these cases differ */
  differ: boolean;
}

/** The cases that were compared, by the gravest thing that differs; kinds without a case are left out. */
export function countRows({ compared, only }: Comparison): Count[] {
  const differing = CHANGE_KINDS.map((kind) => ({
    cases: compared.filter((each) => each.kind === kind).length,
    text: SENTENCES[kind],
    differ: true,
  }));
  const apart = only.map(({ profile, cases }) => ({
    cases: cases.length,
    text: `for ${profile} only, not compared`,
    differ: false,
  }));
  const equal = compared.filter(({ kind }) => kind === undefined).length;
  return [
    { cases: equal, text: 'the same trace', differ: false },
    ...[...differing, ...apart].filter(({ cases }) => cases > 0),
  ];
}

/** `22 changes in 171 of 199 cases`. */
export function countSentence({ compared, groups }: Comparison): string {
  const differing = compared.filter(({ kind }) => kind !== undefined).length;
  const all = plural(compared.length, 'case');
  if (compared.length === 0) return 'no case holds for both';
  if (differing === 0) return `no difference in ${all}`;
  return `${plural(groups.length, 'change')}, in ${differing} of ${all}`;
}
