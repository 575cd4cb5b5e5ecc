/** Outcomes and entries for tests, made of as little as possible. */
import { caseOf } from '../run/testing/fixtures.js';
import type { Failure, Outcome, Verdict } from '../run/types.js';
import type { KnownFailure } from './types.js';

const source = { file: 'suites/area/topic.yaml', line: 10, column: 9 };

export const wrong = (actual: string, line = 10): Failure => ({
  kind: 'expectation',
  source: { ...source, line },
  call: 0,
  step: 0,
  expected: 'EEXIST',
  actual,
});

export const failing = (...failures: Failure[]): Extract<Verdict, { kind: 'fail' }> => ({
  kind: 'fail',
  failures,
  calls: [],
});

export const outcome = (id: string, profile: string, verdict: Verdict): Outcome => ({
  case: caseOf([], { id }),
  profile,
  verdict,
});

export const entry = (id: string, more: Partial<KnownFailure> = {}): KnownFailure => ({
  case: id,
  profiles: ['old', 'new'],
  signature: '',
  reason: 'It is slow.',
  link: 'https://example.org/1',
  reviewBy: '2027-03-31',
  source: { file: 'known.yaml', line: 1, column: 3 },
  ...more,
});
