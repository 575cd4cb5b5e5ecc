import { expect } from 'chai';
import { isGreen, summarise } from './summary.js';
import { caseOf } from './testing/fixtures.js';
import type { Verdict } from './types.js';

const outcome = (id: string, profile: string, verdict: Verdict) => ({
  case: caseOf([], { id, area: id.split('.')[0]! }),
  profile,
  verdict,
});
const pass: Verdict = { kind: 'pass' };
const fail: Verdict = { kind: 'fail', failures: [], calls: [] };

describe('summary', () => {
  it('counts per area and profile', () => {
    const summary = summarise([
      outcome('a.one', 'old', pass),
      outcome('a.one', 'new', fail),
      outcome('a.two', 'old', pass),
      outcome('b.three', 'old', { kind: 'not-applicable', lacks: ['tasks'] }),
    ]);
    expect(summary).to.include({ cases: 3, runs: 4 });
    expect(summary.counts).to.deep.equal({ pass: 2, fail: 1, error: 0, 'not-applicable': 1 });
    const cells = summary.cells.map(({ area, profile, counts }) => [area, profile, counts.pass]);
    expect(cells).to.deep.equal([
      ['a', 'old', 2],
      ['a', 'new', 0],
      ['b', 'old', 0],
    ]);
  });

  it('is green without failures and errors, whatever is not applicable', () => {
    const na = outcome('a.x', 'old', { kind: 'not-applicable', lacks: ['tasks'] });
    expect(isGreen(summarise([outcome('a.one', 'old', pass), na]))).to.equal(true);
    expect(isGreen(summarise([outcome('a.one', 'old', fail)]))).to.equal(false);
  });
});
