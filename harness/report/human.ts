/** A run for people: failures first, each explained; then the table; then one sentence. */
import type { KnownProblem } from '../known/types.js';
import { groupBy } from '../run/group-by.js';
import { isGreen, type Summary } from '../run/summary.js';
import type { Outcome } from '../run/types.js';
import type { Page, Report, Run } from './formats.js';
import { findings, type Finding } from './group.js';
import { place } from './place.js';
import { countsText, summaryTable } from './summary-table.js';
import { plural } from './words.js';

/** Where nothing works, more than a few failures say no more. */
const SHOWN_WHEN_ALL_FAIL = 3;
/** Fewer than this are no "everything". */
const MANY = 4;

function allFail({ runs, counts }: Summary): boolean {
  return counts.pass === 0 && runs - counts['not-applicable'] >= MANY;
}

/** More reasons than these are for scripts. */
const REASONS = 10;

/** Why runs were left out: each reason once, with how often; the commonest ones. */
function notApplicable(outcomes: readonly Outcome[]): string[] {
  const reasons = outcomes.flatMap(({ verdict }) =>
    verdict.kind === 'not-applicable'
      ? [verdict.reason ?? `for lack of ${verdict.lacks.join(' and ')}`]
      : [],
  );
  const groups = [...groupBy(reasons, (reason) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const rest = groups.length - REASONS;
  return [
    ...groups
      .slice(0, REASONS)
      .map(([reason, all]) => `not applicable: ${plural(all.length, 'run')}, ${reason}`),
    ...(rest > 0 ? [`… and for ${plural(rest, 'more reason')}; --json tells them`] : []),
  ];
}

const NO_GOLDENS =
  'No case has a golden yet: mdevct record proposes them, mdevct accept makes them count.';

/** Whether goldens are all that is missing. */
function lackGoldens(found: readonly Finding[]): boolean {
  const failures = found.flatMap(({ verdict }) => verdict.failures);
  return (
    found.every(({ verdict }) => verdict.kind === 'fail') &&
    failures.every((each) => each.kind === 'no-golden' && each.code === 'E_GOLDEN_MISSING')
  );
}

/** Why nothing works, where that can be said in a sentence. */
function cause(found: readonly Finding[]): string {
  if (lackGoldens(found)) return NO_GOLDENS;
  const { verdict } = found[0]!;
  if (verdict.kind !== 'error' || found.some((each) => each.verdict.kind !== 'error')) {
    return 'Look for what they have in common.';
  }
  const { code, message } = verdict.fault;
  return `No case came to its end, the first one for ${code}: ${message}. mdevct adapter check tells what is wrong with an adapter.`;
}

function everything(summary: Summary, found: readonly Finding[], shown: number): string {
  const runs = summary.counts.fail + summary.counts.error;
  const why = cause(found);
  const rest = found.length > shown ? ` The first ${shown} are above; --json tells of all.` : '';
  return `Everything fails, all ${runs} runs. ${why}${rest}`;
}

/** Entries of the file of known failures that don't hold. */
function knownLines(problems: readonly KnownProblem[], { colours }: Page): string[] {
  const lines = problems.map(
    ({ code, entry, message }) => `${colours.cyan(place(entry.source))} ${code} ${message}`,
  );
  return lines.length > 0 ? [...lines, ''] : [];
}

function closing({ summary, ms, known = [] }: Run, { colours }: Page): string {
  const { cases, runs, counts } = summary;
  const paint = isGreen(summary) && known.length === 0 ? colours.green : colours.red;
  const seconds = (ms / 1000).toFixed(2);
  const wrong =
    known.length > 0
      ? `, ${plural(known.length, 'wrong entry', 'wrong entries')} of known failures`
      : '';
  return `${paint(countsText(counts) + wrong)} (${plural(cases, 'case')}, ${plural(runs, 'run')}, ${seconds} s)`;
}

/** The blocks of failures. What explains them is loaded for them: most runs don't need it. */
async function explained(
  found: readonly Finding[],
  { requirements, adapter }: Run,
  page: Page,
): Promise<string[]> {
  if (found.length === 0) return [];
  const { failureBlock } = await import('./failure.js');
  const known = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  return found.flatMap((finding) => [...failureBlock(finding, known, page, adapter), '']);
}

/** See the head of this file. */
export const report: Report = async (run, page) => {
  const { outcomes, summary, known = [] } = run;
  const found = findings(outcomes);
  const hopeless = allFail(summary);
  const shown = hopeless ? Math.min(SHOWN_WHEN_ALL_FAIL, found.length) : found.length;
  const lines = [
    ...(await explained(found.slice(0, shown), run, page)),
    ...knownLines(known, page),
    ...summaryTable(summary, page),
    '',
    ...notApplicable(outcomes),
    ...(hopeless ? [page.colours.bold(everything(summary, found, shown))] : []),
    closing(run, page),
  ];
  return `${lines.join('\n')}\n`;
};
