/** A comparison for a mail or a pull request: headings, lists, fenced differences, never too long. */
import { changeHeadline } from '../../compare/headline.js';
import { KIND_WORDS } from '../../compare/kind.js';
import type { Comparison, Group } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';
import { plural } from '../words.js';
import { few } from '../few.js';
import { concerned } from './cited.js';
import { countRows, countSentence } from './counts.js';
import type { CompareReport } from './formats.js';
import { unifiedChange } from './unified.js';

/** Forges take 65,536 characters of a comment; mailing lists complain at 100 KB. */
const ROOM = 60_000;
const CASES = 10;
const REQUIREMENTS = 10;

/** Code in a line of text; a trace has no backticks but in what users wrote. */
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

function counts(comparison: Comparison): string[] {
  const rows = countRows(comparison).map(({ cases, text }) => `| ${cases} | ${text} |`);
  return ['| cases | |', '| ---: | :--- |', ...rows];
}

/** A fence that no line inside can close. */
function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.map((line) => /^`*/.exec(line.trim())![0].length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence];
}

function section(group: Group, number: number, requirements: readonly Requirement[]): string {
  const { example, cases, kind, change } = group;
  const { shown, others } = concerned(group, requirements);
  const rest = cases.filter((each) => each !== example.case).map(({ id }) => code(id));
  return [
    '',
    `### ${number}. ${code(changeHeadline(change, example.rows))}`,
    '',
    `${sentence(KIND_WORDS[kind])} in ${plural(cases.length, 'case')}. Shown: ${code(example.case.id)}, ${example.case.title}.`,
    '',
    ...shown.map(({ level, id, text }) => `- ${level} ${id}: ${text}`),
    ...(others.length > 0 ? [`- also concerned: ${few(others, REQUIREMENTS)}`] : []),
    ...(rest.length > 0 ? [`- also in: ${few(rest, CASES)}`] : []),
    '',
    ...fenced(unifiedChange(group)),
    '',
  ].join('\n');
}

/** As many whole sections as there is room for, and how many there are not. */
function sections(parts: readonly string[]): string[] {
  let room = ROOM;
  const fitting = parts.findIndex((part) => (room -= part.length) < 0);
  if (fitting < 0) return [...parts];
  const left = plural(parts.length - fitting, 'more change');
  return [...parts.slice(0, fitting), `\n${left} left out for length; --json tells of all.\n`];
}

/** See the head of this file. */
export const report: CompareReport = ({ comparison, requirements }) => {
  const { profiles, groups, unusable } = comparison;
  const head = [
    `## ${profiles[0]} → ${profiles[1]}: ${countSentence(comparison)}`,
    '',
    ...counts(comparison),
    ...(unusable.length > 0 ? [''] : []),
    ...unusable.map(
      ({ case: { id }, profile, fault }) =>
        `- could not be run: ${code(id)} in ${profile}, ${fault.code} ${fault.message}`,
    ),
    '',
  ].join('\n');
  const parts = groups.map((group, at) => section(group, at + 1, requirements));
  return [head, ...sections(parts)].join('');
};
