import { expect } from 'chai';
import { caseOf } from '../run/testing/fixtures.js';
import type { Failure, Outcome } from '../run/types.js';
import { findings } from './group.js';

const failing = (profile: string, ...failures: Failure[]): Outcome => ({
  case: caseOf([]),
  profile,
  verdict: { kind: 'fail', failures, calls: [] },
});
const golden = (actual: string): Failure => ({ kind: 'golden', expected: 'a\nb\n', actual });
const missing = (profile: string): Failure => ({
  kind: 'no-golden',
  code: 'E_GOLDEN_MISSING',
  message: `says nothing about ${profile}`,
  remedy: 'record',
});
const profiles = (...outcomes: Outcome[]) => findings(outcomes).map((found) => found.profiles);

describe('findings', () => {
  it('puts equal failures of a case together', () => {
    const both = profiles(failing('old', golden('a\nc\n')), failing('new', golden('a\nc\n')));
    expect(both).to.deep.equal([['old', 'new']]);
    expect(profiles(failing('old', missing('old')), failing('new', missing('new')))).to.deep.equal([
      ['old', 'new'],
    ]);
  });

  it('keeps different ones apart, and leaves out what is no failure', () => {
    const pass: Outcome = { case: caseOf([]), profile: 'middle', verdict: { kind: 'pass' } };
    const found = profiles(
      failing('old', golden('a\nc\n')),
      pass,
      failing('new', golden('a\nd\n')),
    );
    expect(found).to.deep.equal([['old'], ['new']]);
  });

  it('goes by the surroundings of the first difference', () => {
    const tail = (word: string) => `a\nc\n${'same\n'.repeat(20)}${word}\n`;
    expect(
      profiles(failing('old', golden(tail('x'))), failing('new', golden(tail('y')))),
    ).to.deep.equal([['old', 'new']]);
  });
});
