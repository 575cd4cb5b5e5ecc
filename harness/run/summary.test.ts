import { expect } from 'chai';
import { isGreen, summarise } from './summary.js';
import { caseOf } from './testing/fixtures.js';
import type { Verdict } from './types.js';

const outcome = (id: string, profile: string, verdict: Verdict) => ({
  case: caseOf([], { id, area: id.split('.')[0]! }),
  profile,
  verdict,
});
const KNOWN = ['old', 'new'];
const pass: Verdict = { kind: 'pass' };
const fail: Verdict = { kind: 'fail', failures: [], calls: [] };

describe('summary', () => {
  it('counts per area and profile', () => {
    const summary = summarise(
      [
        outcome('a.one', 'old', pass),
        outcome('a.one', 'new', fail),
        outcome('a.two', 'old', pass),
        outcome('b.three', 'old', { kind: 'not-applicable', lacks: ['tasks'] }),
      ],
      KNOWN,
    );
    expect(summary).to.include({ cases: 3, runs: 4 });
    expect(summary.counts).to.deep.equal({
      pass: 2,
      fail: 1,
      error: 0,
      'known-failure': 0,
      'not-applicable': 1,
    });
    const cells = summary.cells.map(({ area, profile, counts }) => [area, profile, counts.pass]);
    expect(cells).to.deep.equal([
      ['a', 'old', 2],
      ['a', 'new', 0],
      ['b', 'old', 0],
    ]);
  });

  it('has the profiles in the order of the eras, whichever case comes first', () => {
    const outcomes = ['new', 'old', 'middle'].map((profile) => outcome('a.one', profile, pass));
    const summary = summarise(outcomes, ['oldest', 'old', 'middle', 'new']);
    expect(summary.profiles).to.deep.equal(['old', 'middle', 'new']);
    expect(summary.cells.map(({ profile }) => profile)).to.deep.equal(summary.profiles);
  });

  it('is green without failures and errors, whatever is not applicable', () => {
    const na = outcome('a.x', 'old', { kind: 'not-applicable', lacks: ['tasks'] });
    expect(isGreen(summarise([outcome('a.one', 'old', pass), na], KNOWN))).to.equal(true);
    expect(isGreen(summarise([outcome('a.one', 'old', fail)], KNOWN))).to.equal(false);
  });
});
