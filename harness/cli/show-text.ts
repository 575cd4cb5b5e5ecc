/** A case as text. */
import type { PlannedCase } from '../run/plan.js';
import { loadedText } from '../report/loaded.js';
import { place } from '../report/place.js';
import type { Palette } from '../report/palette.js';
import type {
  CallTemplate,
  CompiledCase,
  CompiledStep,
  IntentClaim,
  IntentRule,
  Leak,
  Requirement,
} from '../suite/compiled.js';
import { describePattern } from '../suite/pattern.js';
import { describe } from '../suite/judge.js';
import { withLetters } from '../suite/uuids.js';

type ClaimOf<K extends IntentClaim['kind']> = Extract<IntentClaim, { kind: K }>;

const CLAIMS: { [K in IntentClaim['kind']]: (claim: ClaimOf<K>) => string } = {
  never: ({ pattern }) => `never ${describePattern(pattern)}`,
  always: ({ pattern }) => describePattern(pattern),
  count: ({ pattern, is }) => `${is} times ${describePattern(pattern)}`,
  before: ({ patterns: [first, second] }) =>
    `${describePattern(first)} before ${describePattern(second)}`,
};

function intentText({ claim, in: step, after, only }: IntentRule): string {
  const text = (CLAIMS[claim.kind] as (claim: IntentClaim) => string)(claim);
  return [
    text,
    ...(step === undefined ? [] : [`in step ${step + 1}`]),
    ...(after === undefined ? [] : [`after step ${after + 1}`]),
    ...(only === undefined ? [] : [`in ${only.join(', ')}`]),
  ].join(', ');
}

const leakText = ({ what, only }: Leak): string =>
  withLetters(what) + (only === undefined ? '' : `, in ${only.join(', ')}`);

/** What a case is about: where it is, why it is there, where it holds, what must be true of it. */
export function headLines(
  { case: each, profiles }: PlannedCase,
  requirements: readonly Requirement[],
  { bold, cyan, dim }: Palette,
): string[] {
  return [
    bold(each.id),
    each.title,
    cyan(place(each.source)),
    '',
    ...requirements.flatMap(({ id, level, text, reference }) => [
      `${level} ${id}: ${text}`,
      dim(`  ${reference}`),
    ]),
    `profiles  ${profiles.join(', ')}`,
    ...(each.needs.length > 0 ? [`needs     ${each.needs.join(', ')}`] : []),
    ...(each.loaded.length > 0 ? [`loaded    ${loadedText(each)}`] : []),
    ...(each.leaks ?? []).map((leak) => `leaks     ${leakText(leak)}`),
    ...each.intent.map((rule) => `intent    ${intentText(rule)}`),
  ];
}

function outcome({ calls, only }: CompiledStep): string {
  const where = only === undefined ? '' : `  (only ${only.join(', ')})`;
  return `→ ${describe(calls.at(-1)!.expect)}${where}`;
}

/** The steps as their author wrote them, with what is expected. */
export function stepLines({ steps }: CompiledCase): string[] {
  const width = Math.max(...steps.map(({ text }) => text.length));
  return steps.map((step) => {
    const number = String(step.index + 1).padStart(3);
    return `${number}  ${step.text.padEnd(width)}  ${outcome(step)}`;
  });
}

/** A call as it is sent, with `$name` for a descriptor and letters for uuids. */
function callText({ method, params }: CallTemplate): string {
  const text = JSON.stringify(params, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'ref' in value ? `$${String(value.ref)}` : value,
  );
  return `${method} ${withLetters(text)}`;
}

/** The calls of the protocol that each step stands for. */
export function callLines({ steps }: CompiledCase): string[] {
  return steps.flatMap((step) => [
    `${String(step.index + 1).padStart(3)}  ${step.text}  ${outcome(step)}`,
    ...step.calls.map(({ template, bind }) => {
      const name = bind === undefined ? '' : `  as $${bind}`;
      return `       ${callText(template)}${name}`;
    }),
  ]);
}
