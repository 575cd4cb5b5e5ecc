import { createHash } from 'node:crypto';
import { essenceOf, type Broken } from '../run/essence.js';

const DIGITS = 12;

/** What goes wrong, in a word each: kinds of failures, and the code of a fault. */
function kindsOf(verdict: Broken): string {
  const kinds = verdict.failures.map(({ kind }) => kind);
  const fault = verdict.kind === 'error' ? [verdict.fault.code] : [];
  return [...fault, ...new Set(kinds)].join('+');
}

/**
 * How a case fails, in short: `expectation+golden:3f9a2c1b7d04`. It stays the same when lines of the
 * suite move, and when the trace differs only after its first difference; it is another one as soon
 * as another step goes wrong, or goes wrong differently. Profiles that fail alike have it in common.
 */
export function signatureOf(verdict: Broken, profile: string): string {
  const digest = createHash('sha256').update(essenceOf(verdict, profile)).digest('hex');
  return `${kindsOf(verdict)}:${digest.slice(0, DIGITS)}`;
}
