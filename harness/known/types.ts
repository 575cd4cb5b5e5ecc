/** Failures that somebody knows of and lives with for now, one entry of their file each. */
import type { Position } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';

export interface KnownFailure {
  /** id of the case */
  case: string;
  /** those in which it fails, in the order of the eras */
  profiles: readonly ProfileName[];
  /** how it fails, see signature.ts */
  signature: string;
  reason: string;
  link: string;
  /** the last day on which the entry counts, as YYYY-MM-DD */
  reviewBy: string;
  source: Position;
}

/** What can be wrong with an entry whose case was run, or should have been. */
export const KNOWN_CODES = {
  E_KNOWN_STALE: 'the case passes',
  E_KNOWN_CHANGED: 'the case fails in another way',
  E_KNOWN_EXPIRED: 'the day by which the entry was to be looked at again is over',
  E_KNOWN_UNMATCHED: 'the entry is about nothing that was run',
} as const;

export type KnownCode = keyof typeof KNOWN_CODES;

/** An entry that doesn't hold. */
export interface KnownProblem {
  code: KnownCode;
  entry: KnownFailure;
  /** where it doesn't hold; none for an entry that is out of date as a whole */
  profiles: readonly ProfileName[];
  /** one sentence: what is so, and what to do */
  message: string;
}
