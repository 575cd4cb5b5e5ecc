import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { stubsFor, withStubs } from './propose.js';
import { entry, failing, outcome, wrong } from './testing.js';

const outcomes = [
  outcome('a.fails', 'old', failing(wrong('success'))),
  outcome('a.fails', 'new', failing(wrong('success'))),
  outcome('a.other', 'old', failing(wrong('EIO'))),
  outcome('a.passes', 'old', { kind: 'pass' }),
];
const words = { reviewBy: '2027-03-31' };

describe('proposed entries', () => {
  it('are one for each way in which a case fails', () => {
    const stubs = stubsFor(outcomes, []);
    expect(stubs.map(({ case: id, profiles }) => [id, ...profiles])).to.deep.equal([
      ['a.fails', 'old', 'new'],
      ['a.other', 'old'],
    ]);
    expect(stubs[0]!.hint).to.equal('step 1: expected EEXIST, came success');
  });

  it('leave out what has an entry', () => {
    const stubs = stubsFor(outcomes, [entry('a.fails', { profiles: ['old'] }), entry('a.other')]);
    expect(stubs.map(({ profiles }) => profiles)).to.deep.equal([['new']]);
  });

  it('lack what only a person can say', () => {
    const [row] = parse(withStubs('', stubsFor(outcomes, []), words));
    expect(row).to.include({ reason: '', link: '', 'review-by': '2027-03-31' });
  });

  it('say what went wrong in one line, whatever it was', () => {
    const fault = { code: 'E_ADAPTER_EXIT', message: 'gone\n- case: x\n' };
    const dead = outcome('a.dies', 'old', { kind: 'error', fault, failures: [], calls: [] });
    const text = withStubs('', stubsFor([dead], []), words);
    expect(text).to.contain('\n# E_ADAPTER_EXIT gone - case: x');
    expect(parse(text)).to.have.length(1);
  });

  it('never change what is there', () => {
    const before = '# why\n-   case: a.x # odd spacing\n    reason: "so"';
    const after = withStubs(before, stubsFor(outcomes, []), words);
    expect(after.startsWith(`${before}\n`)).to.equal(true);
    expect(parse(after)).to.have.length(3);
  });

  it('carry any reason', () => {
    fc.assert(
      fc.property(fc.string(), (reason) => {
        const text = withStubs('', stubsFor(outcomes.slice(2, 3), []), { ...words, reason });
        expect(parse(text)[0].reason).to.equal(reason);
      }),
    );
  });
});
