import { expect, use } from 'chai';
import { withBehaviour } from '../golden/document.js';
import { GoldenError } from '../golden/error.js';
import { render } from '../trace/render.js';
import type { Trace } from '../trace/types.js';
import { goldenAssertion } from './golden-assertion.js';

use(goldenAssertion);

const reset: Trace = [{ call: { method: 'reset', params: {} }, answer: { ret: 0 }, events: [] }];
const golden = withBehaviour(
  { caseId: 'area.case', behaviours: [], reviews: [] },
  'linux-6.1',
  render(reset),
  [],
);
const options = { profile: 'linux-6.1', store: { load: () => golden } };

describe('matchGolden', () => {
  it('takes a trace or its text', () => {
    expect(reset).to.matchGolden('area.case', options);
    expect(render(reset)).to.matchGolden('area.case', options);
    expect([]).not.to.matchGolden('area.case', options);
  });

  it('fails with the explanation', () => {
    const broken: Trace = [{ ...reset[0]!, answer: { errno: 'EIO' } }];
    expect(() => expect(broken).to.matchGolden('area.case', options)).to.throw(
      /^area\.case on linux-6\.1\nstep 1: reset\nthe result of a call differs[^]*golden {2}main < reset = 0\n {2}actual {2}main < reset = EIO/,
    );
    expect(() => expect(reset).not.to.matchGolden('area.case', options)).to.throw(
      'area.case on linux-6.1: the trace should not be the golden one',
    );
  });

  it('fails where the golden says nothing about the profile', () => {
    const other = { ...options, profile: 'linux-5.10' };
    expect(() => expect(reset).to.matchGolden('area.case', other)).to.throw(
      'area.case on linux-5.10: the golden has no behaviour of this profile',
    );
  });

  it('lets errors of the store through', () => {
    const store = {
      load: (): never => {
        throw new GoldenError('E_GOLDEN_MISSING', 'f', 1, 'none');
      },
    };
    expect(() => expect(reset).to.matchGolden('area.case', { ...options, store }))
      .to.throw()
      .with.property('code', 'E_GOLDEN_MISSING');
  });
});
