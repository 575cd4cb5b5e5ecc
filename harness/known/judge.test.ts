import { expect } from 'chai';
import { judgeKnown, type Scope } from './judge.js';
import { signatureOf } from './signature.js';
import { entry, failing, outcome, wrong } from './testing.js';
import type { KnownFailure } from './types.js';

const broken = failing(wrong('success'));
const signature = signatureOf(broken, 'old');
const scope: Scope = { everything: true, profiles: ['old', 'new'], today: '2027-01-01' };
const outcomes = [
  outcome('a.fails', 'old', broken),
  outcome('a.fails', 'new', broken),
  outcome('a.passes', 'old', { kind: 'pass' }),
  outcome('a.lacks', 'old', { kind: 'not-applicable', lacks: ['tasks'] }),
];

const judged = (entries: KnownFailure[], more: Partial<Scope> = {}) => {
  const result = judgeKnown(outcomes, entries, { ...scope, ...more });
  return {
    kinds: result.outcomes.map(({ verdict }) => verdict.kind),
    problems: result.problems.map(({ code, profiles }) => [code, ...profiles]),
    messages: result.problems.map(({ message }) => message),
  };
};

describe('known failures', () => {
  it('are known where they fail as the entry says', () => {
    const { kinds, problems } = judged([entry('a.fails', { signature })]);
    expect(kinds).to.deep.equal(['known-failure', 'known-failure', 'pass', 'not-applicable']);
    expect(problems).to.deep.equal([]);
  });

  it('are known only in the profiles of the entry', () => {
    const { kinds } = judged([entry('a.fails', { signature, profiles: ['new'] })]);
    expect(kinds.slice(0, 2)).to.deep.equal(['fail', 'known-failure']);
  });

  it('are wrong where the case passes', () => {
    const { problems, messages } = judged([entry('a.passes', { profiles: ['old'] })]);
    expect(problems).to.deep.equal([['E_KNOWN_STALE', 'old']]);
    expect(messages).to.deep.equal(['a.passes passes in old: remove the entry']);
  });

  it('are wrong where the case fails in another way, and stay failures', () => {
    const { kinds, problems } = judged([entry('a.fails', { signature: 'golden:000000000000' })]);
    expect(kinds.slice(0, 2)).to.deep.equal(['fail', 'fail']);
    expect(problems).to.deep.equal([['E_KNOWN_CHANGED', 'old', 'new']]);
  });

  it('are wrong from the day after the last', () => {
    const entries = [entry('a.fails', { signature, reviewBy: '2027-01-01' })];
    expect(judged(entries).problems).to.deep.equal([]);
    const late = judged(entries, { today: '2027-01-02' });
    expect(late.problems).to.deep.equal([['E_KNOWN_EXPIRED']]);
    expect(late.kinds[0]).to.equal('known-failure');
  });

  it('are wrong where nothing was run: no such case, or not applicable', () => {
    expect(judged([entry('a.nowhere')]).problems).to.deep.equal([
      ['E_KNOWN_UNMATCHED', 'old', 'new'],
    ]);
    expect(judged([entry('a.lacks', { profiles: ['old'] })]).problems).to.deep.equal([
      ['E_KNOWN_UNMATCHED', 'old'],
    ]);
  });

  it('are left alone where they were not asked for', () => {
    expect(judged([entry('a.nowhere')], { everything: false }).problems).to.deep.equal([]);
    const elsewhere = [entry('a.nowhere', { profiles: ['other'] })];
    expect(judged(elsewhere).problems).to.deep.equal([]);
  });
});
