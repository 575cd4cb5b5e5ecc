import { expect } from 'chai';
import type { Requirement } from '../suite/compiled.js';
import { coverage, proofsOf, uncovered } from './proofs.js';
import { caseOf } from './testing/fixtures.js';
import type { Outcome, Verdict } from './types.js';

const requirement = (id: string, profiles?: string[]): Requirement => ({
  id,
  text: 'It holds.',
  level: 'MUST',
  reference: 'somewhere',
  source: { file: 'suites/requirements.yaml', line: 1, column: 3 },
  ...(profiles && { profiles }),
});

const VERDICTS = {
  pass: { kind: 'pass' },
  fail: { kind: 'fail', failures: [], calls: [] },
  error: { kind: 'error', fault: { code: 'E_X', message: 'x' }, failures: [], calls: [] },
  'not-applicable': { kind: 'not-applicable', lacks: ['sysfs'] },
} as const satisfies Record<string, Verdict>;

const outcome = (
  id: string,
  profile: string,
  kind: keyof typeof VERDICTS,
  because = ['R-1'],
): Outcome => ({ case: caseOf([], { id, because }), profile, verdict: VERDICTS[kind] });

const PROFILES = ['old', 'new'];

describe('proofsOf', () => {
  it('takes passing cases for proofs, in the profile in which they passed', () => {
    const [proof] = proofsOf(
      [outcome('a.x', 'old', 'pass'), outcome('a.y', 'old', 'fail'), outcome('a.y', 'new', 'pass')],
      [requirement('R-1')],
      PROFILES,
    );
    const told = proof!.evidence.map(({ profile, proves, fails }) => [
      profile,
      proves.map(({ id }) => id),
      fails.map(({ id }) => id),
    ]);
    expect(told).to.deep.equal([
      ['old', ['a.x'], ['a.y']],
      ['new', ['a.y'], []],
    ]);
  });

  it('proves nothing by a failure, a fault, or what was not applicable', () => {
    const outcomes = (['fail', 'error', 'not-applicable'] as const).map((kind) =>
      outcome(`a.${kind}`, 'old', kind),
    );
    const proofs = proofsOf(outcomes, [requirement('R-1')], ['old']);
    expect(proofs[0]!.evidence[0]!.fails.map(({ id }) => id)).to.deep.equal(['a.fail', 'a.error']);
    expect(uncovered(proofs)).to.deep.equal(proofs);
    expect(coverage(proofs)).to.deep.equal({ requirements: 1, claims: 1, proven: 0 });
  });

  it('asks for a requirement only where it holds', () => {
    const proofs = proofsOf(
      [outcome('a.x', 'old', 'pass')],
      [requirement('R-1', ['old']), requirement('R-2', ['older'])],
      PROFILES,
    );
    expect(proofs.map((proof) => proof.requirement.id)).to.deep.equal(['R-1']);
    expect(uncovered(proofs)).to.deep.equal([]);
  });

  it('leaves the profiles without a proof', () => {
    const proofs = proofsOf(
      [outcome('a.x', 'old', 'pass', ['R-1', 'R-2']), outcome('a.x', 'new', 'pass', ['R-2'])],
      [requirement('R-1'), requirement('R-2')],
      PROFILES,
    );
    const gaps = uncovered(proofs);
    expect(gaps.map((proof) => proof.requirement.id)).to.deep.equal(['R-1']);
    expect(gaps[0]!.evidence.map(({ profile }) => profile)).to.deep.equal(['new']);
    expect(coverage(proofs)).to.deep.equal({ requirements: 2, claims: 4, proven: 3 });
  });
});
