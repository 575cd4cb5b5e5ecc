/** A comparison for scripts: one object on one line, see json-types.ts. */
import { changeHeadline } from '../../compare/headline.js';
import { CHANGE_KINDS, type ChangeKind } from '../../compare/kind.js';
import type { Comparison, Group } from '../../compare/types.js';
import { unified } from '../../trace/explain/layout.js';
import { PLAIN } from '../../trace/explain/palette.js';
import type { CompareReport } from './formats.js';
import type { JsonChange, JsonComparedCase, JsonComparison } from './json-types.js';
import { unifiedChange } from './unified.js';

function change(group: Group): JsonChange {
  const { kind, example, cases } = group;
  const { earlier, rows } = group.change;
  const { id, title, source } = example.case;
  return {
    kind,
    headline: changeHeadline(group.change, example.rows),
    ...(earlier !== undefined && { moved: earlier ? 'earlier' : 'later' }),
    cases: cases.map((each) => each.id),
    requirements: [...new Set(cases.flatMap(({ because }) => because))].sort(),
    example: {
      case: id,
      title,
      source,
      lines: unified(
        rows.map((index) => example.rows[index]!),
        PLAIN,
      ),
      difference: unifiedChange(group).join('\n'),
    },
  };
}

function differing({ compared, groups }: Comparison): JsonComparedCase[] {
  return compared.flatMap(({ case: each, kind }) =>
    kind === undefined
      ? []
      : {
          case: each.id,
          kind,
          changes: groups.flatMap(({ cases }, at) => (cases.includes(each) ? at : [])),
          requirements: each.because,
        },
  );
}

/** See the head of this file. */
export const report: CompareReport = ({ comparison }) => {
  const { profiles, compared, groups, only, unusable } = comparison;
  const of = (kind?: ChangeKind): number => compared.filter((each) => each.kind === kind).length;
  const byKind = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, of(kind)]));
  const object: JsonComparison = {
    format: 1,
    from: profiles[0],
    to: profiles[1],
    summary: {
      compared: compared.length,
      equal: of(),
      byKind: byKind as Record<ChangeKind, number>,
      changes: groups.length,
    },
    changes: groups.map(change),
    cases: differing(comparison),
    only: Object.fromEntries(only.map(({ profile, cases }) => [profile, cases.map((c) => c.id)])),
    unusable: unusable.map((each) => ({ ...each, case: each.case.id })),
  };
  return `${JSON.stringify(object)}\n`;
};
