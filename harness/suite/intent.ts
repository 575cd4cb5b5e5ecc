/** Intent rules against the events of a run. */
import type { EventKind } from '../adapter/protocol.js';
import type { EventPattern, IntentClaim, IntentRule, StepEvent } from './compiled.js';
import { describeEvent, describePattern, matches, withReturns, type Seen } from './pattern.js';
import type { ProfileName } from './profiles.js';

/** How the run was seen: rules about what cannot be seen are not judged. */
export interface View {
  profile: ProfileName;
  /** the kinds of event that the implementation reports */
  observes: readonly EventKind[];
  order: 'total' | 'by-kind';
}

export interface Violation {
  rule: IntentRule;
  /** what was expected and what was there instead, one sentence */
  message: string;
  /** the event that breaks the rule; none where one is missing */
  event?: StepEvent;
}

type Broken = Omit<Violation, 'rule'> | undefined;
type ClaimOf<K extends IntentClaim['kind']> = Extract<IntentClaim, { kind: K }>;

const RETURN_OF = { call: 'return', callback: 'callback-return' } as const;

function patternsOf(claim: IntentClaim): readonly EventPattern[] {
  return claim.kind === 'before' ? claim.patterns : [claim.pattern];
}

function kindsIn(pattern: EventPattern): EventKind[] {
  const returns =
    (pattern.kind === 'call' || pattern.kind === 'callback') && pattern.ret !== undefined;
  return returns ? [pattern.kind, RETURN_OF[pattern.kind as 'call' | 'callback']] : [pattern.kind];
}

/** Whether a rule holds in this profile at all. */
export const appliesTo = (rule: IntentRule, profile: ProfileName): boolean =>
  rule.only?.includes(profile) ?? true;

/** Whether a run that is seen like this can tell if the rule holds. */
export function canJudge({ claim }: IntentRule, { observes, order }: View): boolean {
  const patterns = patternsOf(claim);
  const seen = patterns.flatMap(kindsIn).every((kind) => observes.includes(kind));
  if (claim.kind !== 'before' || order === 'total') return seen;
  const [first, second] = claim.patterns;
  return seen && first.kind === second.kind;
}

const CLAIMS: {
  [K in IntentClaim['kind']]: (claim: ClaimOf<K>, events: readonly Seen[]) => Broken;
} = {
  never: ({ pattern }, events) => {
    const event = events.find((each) => matches(pattern, each));
    const message = `expected never: ${describePattern(pattern)}; found ${event && describeEvent(event)}`;
    return event && { message, event };
  },
  always: ({ pattern }, events) =>
    events.some((each) => matches(pattern, each))
      ? undefined
      : { message: `expected ${describePattern(pattern)}; there is none` },
  count: ({ pattern, is }, events) => {
    const found = events.filter((each) => matches(pattern, each));
    if (found.length === is) return undefined;
    const times = `expected ${is} times: ${describePattern(pattern)}; found ${found.length}`;
    const event = found[is];
    return event
      ? { message: `${times}, the first too many is ${describeEvent(event)}`, event }
      : { message: times };
  },
  before: ({ patterns: [first, second] }, events) => {
    const at = (pattern: EventPattern) => events.findIndex((each) => matches(pattern, each));
    const [one, two] = [at(first), at(second)];
    const wanted = `expected ${describePattern(first)} before ${describePattern(second)}`;
    const absent = [one < 0 ? first : undefined, two < 0 ? second : undefined].filter(
      (pattern) => pattern !== undefined,
    );
    if (absent.length > 0) {
      return { message: `${wanted}; there is no ${absent.map(describePattern).join(' and no ')}` };
    }
    if (one < two) return undefined;
    const event = events[two]!;
    return { message: `${wanted}; the latter came first: ${describeEvent(event)}`, event };
  },
};

function scope(rule: IntentRule, events: readonly Seen[]): readonly Seen[] {
  const { in: only, after } = rule;
  if (only === undefined && after === undefined) return events;
  return events.filter(
    ({ step }) => (only === undefined || step === only) && (after === undefined || step > after),
  );
}

/**
 * The rules of a case that a run breaks. Rules of other profiles, and rules that the view cannot
 * judge, are left out; {@link canJudge} tells which.
 * @param events canonical: each uuid of the case is its letter
 */
export function evaluateIntent(
  rules: readonly IntentRule[],
  events: readonly StepEvent[],
  view: View,
): Violation[] {
  const judged = rules.filter((rule) => appliesTo(rule, view.profile) && canJudge(rule, view));
  if (judged.length === 0) return [];
  const seen = withReturns(events);
  return judged.flatMap((rule) => {
    const broken = (
      CLAIMS[rule.claim.kind] as (claim: IntentClaim, events: readonly Seen[]) => Broken
    )(rule.claim, scope(rule, seen));
    return broken ? [{ rule, ...broken }] : [];
  });
}
