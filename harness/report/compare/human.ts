/** A comparison for people: counts, the changes one line each, then each change side by side. */
import { excerpt } from '../../compare/excerpt.js';
import { changeHeadline, shortened } from '../../compare/headline.js';
import { KIND_WORDS } from '../../compare/kind.js';
import type { Comparison, Group, Unusable } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';
import type { Row } from '../../trace/explain/align.js';
import { columnWidth, sideBySide } from '../../trace/explain/layout.js';
import type { Page } from '../formats.js';
import { place } from '../place.js';
import { table } from '../table.js';
import { plural } from '../words.js';
import { fitting } from '../few.js';
import { concerned } from './cited.js';
import { countRows, countSentence } from './counts.js';
import type { CompareReport } from './formats.js';

const INDENT = '    ';

function counts(comparison: Comparison, { colours }: Page): string[] {
  return table(
    countRows(comparison).map(({ cases, text, differ }) => [
      { text: String(cases).padStart(5), ...(differ && { paint: colours.yellow }) },
      { text },
    ]),
  );
}

const INDEX_MARGIN = 22;

/** The story in short: one line per change. */
function index(groups: readonly Group[], { width, colours }: Page): string[] {
  const header = ['', 'cases', 'what', 'change'].map((text) => ({ text, paint: colours.dim }));
  const rows = groups.map(({ cases, kind, change, example }, at) => [
    { text: String(at + 1).padStart(3), paint: colours.dim },
    { text: String(cases.length).padStart(5) },
    { text: kind, paint: colours.yellow },
    { text: shortened(changeHeadline(change, example.rows), width - INDEX_MARGIN) },
  ]);
  return table([header, ...rows]);
}

/** Lines that fit into a column; task and depth stay whole. */
function narrow(rows: readonly Row[], column: number): Row[] {
  const fit = (line: string): string => {
    const head = /^\S+ +/.exec(line)?.[0] ?? '';
    return head + shortened(line.slice(head.length), Math.max(1, column - head.length));
  };
  return rows.map(({ same, expected, actual }) => ({
    same,
    ...(expected !== undefined && { expected: fit(expected) }),
    ...(actual !== undefined && { actual: fit(actual) }),
  }));
}

/** Both sides of a change beside each other, under the names of the profiles. */
function columns(
  { change, example }: Group,
  names: Comparison['profiles'],
  { width, colours }: Page,
): string[] {
  const room = width - INDENT.length;
  const name = (text: string): string => `  ${text}`;
  const head = { expected: name(names[0]), actual: name(names[1]), same: true };
  const body = excerpt(change.rows, example.rows).flatMap(({ skipped, rows }) => [
    ...(skipped > 0 ? [colours.dim(`⋮ ${plural(skipped, 'line')}`)] : []),
    ...sideBySide(narrow(rows, columnWidth(room)), colours, room),
  ]);
  return [...sideBySide([head], colours, room), ...body];
}

function block(
  group: Group,
  number: number,
  profiles: Comparison['profiles'],
  requirements: readonly Requirement[],
  page: Page,
): string[] {
  const { colours } = page;
  const { example, cases, kind, change } = group;
  const { shown, others } = concerned(group, requirements);
  const room = page.width - INDENT.length * 2;
  const rest = cases.filter((each) => each !== example.case).map(({ id }) => id);
  return [
    colours.bold(`${number}  ${changeHeadline(change, example.rows)}`),
    `${INDENT}${colours.yellow(KIND_WORDS[kind])} in ${plural(cases.length, 'case')}: ${example.case.id}  ${colours.cyan(place(example.case.source))}`,
    ...(rest.length > 0 ? [`${INDENT}  ${colours.dim(fitting(rest, room))}`] : []),
    ...shown.map(({ level, id, text }) => `${INDENT}${level} ${id}: ${text}`),
    ...(others.length > 0 ? [`${INDENT}  ${colours.dim(`also ${fitting(others, room)}`)}`] : []),
    '',
    ...columns(group, profiles, page).map((line) => `${INDENT}${line}`.trimEnd()),
    '',
  ];
}

function fault({ case: { id }, profile, fault: { code, message } }: Unusable, page: Page): string {
  return `${page.colours.red(`⚠ ${id}`)} could not be run in ${profile}: ${code} ${message}`;
}

/** See the head of this file. */
export const report: CompareReport = ({ comparison, requirements }, page) => {
  const { profiles, groups, unusable } = comparison;
  const lines = [
    page.colours.bold(`${profiles[0]} → ${profiles[1]}: ${countSentence(comparison)}`),
    ...counts(comparison, page),
    ...unusable.map((each) => fault(each, page)),
    ...(groups.length > 0 ? ['', ...index(groups, page), ''] : []),
    ...groups.flatMap((group, at) => block(group, at + 1, profiles, requirements, page)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
