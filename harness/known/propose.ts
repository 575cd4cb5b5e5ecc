/** Entries for failures that nobody has explained yet, as text to be completed by a person. */
import { stringify } from 'yaml';
import { groupBy } from '../run/group-by.js';
import { isBroken, type Broken } from '../run/essence.js';
import type { Failure, Outcome } from '../run/types.js';
import type { ProfileName } from '../suite/profiles.js';
import { signatureOf } from './signature.js';
import type { KnownFailure } from './types.js';

/** What a person has said of all new entries at once; what is not said is left empty. */
export interface Words {
  reason?: string;
  link?: string;
  reviewBy: string;
}

/** A failure without an entry. */
export interface Stub {
  case: string;
  profiles: ProfileName[];
  signature: string;
  /** the first thing that goes wrong, in one line */
  hint: string;
}

const HEAD = '# Failures that are known and accepted until a day; see docs/known-failures.md.\n';
const HINT_WIDTH = 100;

const SAID: { [K in Failure['kind']]: (failure: Extract<Failure, { kind: K }>) => string } = {
  expectation: ({ step, expected, actual }) =>
    `step ${step + 1}: expected ${expected}, came ${actual}`,
  golden: () => 'the trace leaves the golden one',
  'no-golden': ({ message }) => message,
  intent: ({ message }) => message,
};

function hintOf(verdict: Broken): string {
  const [failure] = verdict.failures;
  const text =
    verdict.kind === 'error'
      ? `${verdict.fault.code} ${verdict.fault.message}`
      : (SAID[failure!.kind] as (failure: Failure) => string)(failure!);
  return text.replace(/\s+/g, ' ').slice(0, HINT_WIDTH);
}

/** The failures that have no entry, those of a case that fail alike together. */
export function stubsFor(
  outcomes: readonly Outcome[],
  entries: readonly Pick<KnownFailure, 'case' | 'profiles'>[],
): Stub[] {
  const has = ({ case: { id }, profile }: Outcome): boolean =>
    entries.some((entry) => entry.case === id && entry.profiles.includes(profile));
  const open = outcomes.flatMap((outcome) => {
    const { verdict, profile } = outcome;
    if (!isBroken(verdict) || has(outcome)) return [];
    return [{ id: outcome.case.id, profile, verdict, signature: signatureOf(verdict, profile) }];
  });
  return [...groupBy(open, ({ id, signature }) => `${id} ${signature}`).values()].map((same) => {
    const { id, signature, verdict } = same[0]!;
    const profiles = same.map(({ profile }) => profile);
    return { case: id, profiles, signature, hint: hintOf(verdict) };
  });
}

function textOf({ hint, ...stub }: Stub, { reason = '', link = '', reviewBy }: Words): string {
  const row = { ...stub, reason, link, 'review-by': reviewBy };
  return `# ${hint}\n${stringify([row], { lineWidth: 0, flowCollectionPadding: false })}`;
}

/**
 * A file with entries added at its end; what is there stays as it is, to the byte.
 * @param before the text of the file; empty: it is new
 */
export function withStubs(before: string, stubs: readonly Stub[], words: Words): string {
  const start = before === '' ? HEAD : before.endsWith('\n') ? before : `${before}\n`;
  return [start, ...stubs.map((stub) => textOf(stub, words))].join('\n');
}
