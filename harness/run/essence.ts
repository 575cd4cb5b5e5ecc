/** What makes two failures the same, for a reader who meets them in several profiles or on several days. */
import type { Failure, Verdict } from './types.js';

/** A verdict that is not as expected. */
export type Broken = Extract<Verdict, { kind: 'fail' | 'error' }>;

export const isBroken = (verdict: Verdict): verdict is Broken =>
  verdict.kind === 'fail' || verdict.kind === 'error';

/** Lines around the first difference; what comes later follows from it, and often from the profile. */
const BEFORE = 3;
const AFTER = 8;

function around(expected: string, actual: string): string[][] {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return [a, b].map((lines) => lines.slice(Math.max(0, at - BEFORE), at + AFTER));
}

/** A failure without what may change while it stays the same: places in files, what follows from it. */
function essence(failure: Failure): unknown {
  switch (failure.kind) {
    case 'golden':
      return { kind: failure.kind, around: around(failure.expected, failure.actual) };
    case 'expectation':
    case 'intent':
      return { ...failure, source: undefined };
    case 'no-golden':
      return failure;
  }
}

/** Texts without the name of a profile, where it stands as a word. */
function without(profile: string, text: string): string {
  const name = profile.replace(/[.]/g, '\\.');
  return text.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), '<profile>');
}

/** Equal for failures that say the same, perhaps of different profiles. */
export function essenceOf(verdict: Broken, profile: string): string {
  const fault = verdict.kind === 'error' ? [verdict.fault.code, verdict.fault.step] : [];
  return without(profile, JSON.stringify([fault, verdict.failures.map(essence)]));
}
