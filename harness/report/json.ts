/** A run for scripts: one object on one line, see json-types.ts. */
import type { KnownProblem } from '../known/types.js';
import { isGreen } from '../run/summary.js';
import type { Failure, Outcome, Verdict, VerdictKind } from '../run/types.js';
import type { Requirement } from '../suite/compiled.js';
import type { Report } from './formats.js';
import type { JsonFailure, JsonKnownProblem, JsonReport, JsonResult } from './json-types.js';

/** What explains is loaded for the first difference: most runs have none. */
async function withExplanations(failures: readonly Failure[]): Promise<JsonFailure[]> {
  if (!failures.some(({ kind }) => kind === 'golden')) return [...failures];
  const { explain } = await import('../trace/explain.js');
  const names = { expectedName: 'golden', actualName: 'actual' };
  return failures.map((failure) =>
    failure.kind === 'golden'
      ? { ...failure, explanation: explain(failure.expected, failure.actual, names) }
      : failure,
  );
}

type Details = Pick<JsonResult, 'failures' | 'calls' | 'fault' | 'lacks' | 'reason' | 'known'>;

type Detail<K extends VerdictKind> = (verdict: Extract<Verdict, { kind: K }>) => Promise<Details>;

const DETAILS: { [K in VerdictKind]: Detail<K> } = {
  pass: async () => ({}),
  fail: async ({ failures, calls }) => ({ failures: await withExplanations(failures), calls }),
  error: async ({ fault, failures, calls }) => ({
    fault,
    failures: await withExplanations(failures),
    calls,
  }),
  'not-applicable': async ({ lacks, reason }) => ({ lacks, ...(reason && { reason }) }),
  'known-failure': async ({ was, entry }) => {
    const { reason, link, reviewBy, signature } = entry;
    const { failures } = was;
    return { known: { reason, link, reviewBy, signature }, failures: [...failures] };
  },
};

async function result(
  { case: each, profile, verdict }: Outcome,
  known: ReadonlyMap<string, Requirement>,
): Promise<JsonResult> {
  const details = DETAILS[verdict.kind] as (verdict: Verdict) => Promise<Details>;
  return {
    case: each.id,
    title: each.title,
    suite: each.suite,
    area: each.area,
    profile,
    verdict: verdict.kind,
    source: each.source,
    requirements: each.because.map((id) => {
      const requirement = known.get(id);
      return requirement ? { id, level: requirement.level, text: requirement.text } : { id };
    }),
    ...(await details(verdict)),
  };
}

const knownProblem = ({ code, entry, profiles, message }: KnownProblem): JsonKnownProblem => ({
  code,
  case: entry.case,
  profiles,
  source: entry.source,
  message,
});

/** See the head of this file. */
export const report: Report = async (run) => {
  const { adapter, outcomes, summary, requirements, ms, known: problems } = run;
  const known = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  const { cases, runs, counts, cells } = summary;
  const object: JsonReport = {
    format: 1,
    adapter,
    summary: { cases, runs, counts, ok: isGreen(summary) && !problems?.length, ms: Math.round(ms) },
    areas: [...cells],
    ...(problems && { known: problems.map(knownProblem) }),
    results: await Promise.all(outcomes.map((outcome) => result(outcome, known))),
  };
  return `${JSON.stringify(object)}\n`;
};
