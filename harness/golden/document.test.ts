import { expect } from 'chai';
import fc from 'fast-check';
import { digestOf, normalise, requireBehaviour, textsByProfile } from './behaviours.js';
import {
  behaviourFor,
  isReviewed,
  matches,
  parseGolden,
  serialiseGolden,
  withBehaviour,
  withoutProfiles,
} from './document.js';
import { parsePending } from './parse.js';
import { reviewKind, withReview } from './review.js';
import { serialisePending } from './serialise.js';
import type { Behaviour, GoldenDocument } from './types.js';

const ORDER = ['linux-5.10', 'linux-6.1', 'linux-6.12'];
const EMPTY: GoldenDocument = { caseId: 'area.case', behaviours: [], reviews: [] };
const REVIEW = { date: '2026-11-21', reason: 'read against kernel 6.1.192' };

const line = fc.string({ unit: 'binary' }).map((text) => `  ${text.replace(/[\n\r\ud800-\udfff]/g, '_')}\n`);
const body = fc.array(line, { maxLength: 4 }).map((lines) => lines.join(''));
const behaviours: fc.Arbitrary<Behaviour[]> = fc
  .dictionary(fc.constantFrom(...ORDER, 'other'), body)
  .map((texts) => normalise(new Map(Object.entries(texts)), ORDER));
const document = behaviours.map((some): GoldenDocument => ({ ...EMPTY, behaviours: some }));

describe('golden document', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(document, fc.nat(3), (some, reviews) => {
        let whole = some;
        for (let i = 0; i < reviews; i++) whole = withReview(whole, undefined, REVIEW);
        expect(parseGolden(serialiseGolden(whole), 'f')).to.deep.equal(whole);
        const pending = { document: whole, base: 'none' };
        expect(parsePending(serialisePending(pending), 'f')).to.deep.equal(pending);
      }),
    );
  });

  it('has another digest when any character of a behaviour is another', () => {
    fc.assert(
      fc.property(behaviours, fc.nat(), fc.nat(), (some, which, where) => {
        fc.pre(some.length > 0);
        const target = some[which % some.length]!;
        fc.pre(target.text !== '');
        const at = where % target.text.length;
        const changed = target.text[at] === 'x' ? 'y' : 'x';
        const text = target.text.slice(0, at) + changed + target.text.slice(at + 1);
        const edited = some.map((one) => (one === target ? { ...one, text } : one));
        expect(digestOf(edited)).not.to.equal(digestOf(some));
        expect(digestOf([...some].map((one) => ({ ...one })))).to.equal(digestOf(some));
      }),
    );
  });

  it('merges equal behaviours, in the order of the profiles', () => {
    let golden = withBehaviour(EMPTY, 'linux-6.12', '  b\n', ORDER);
    golden = withBehaviour(golden, 'linux-6.1', '  a\n', ORDER);
    golden = withBehaviour(golden, 'linux-5.10', '  b\n', ORDER);
    expect(golden.behaviours).to.deep.equal([
      { profiles: ['linux-5.10', 'linux-6.12'], text: '  b\n' },
      { profiles: ['linux-6.1'], text: '  a\n' },
    ]);
    expect(withoutProfiles(golden, ['linux-5.10', 'linux-6.12'], ORDER).behaviours).to.have.length(1);
    expect(textsByProfile(golden.behaviours).get('linux-6.12')).to.equal('  b\n');
  });

  it('knows the behaviour of a profile', () => {
    const golden = withBehaviour(EMPTY, 'linux-6.1', '  a\n', ORDER);
    expect(matches(golden, 'linux-6.1', '  a\n')).to.equal(true);
    expect(matches(golden, 'linux-6.1', '  b\n')).to.equal(false);
    expect(matches(golden, 'linux-6.12', '  a\n')).to.equal(false);
    expect(behaviourFor(golden, 'linux-6.12')).to.equal(undefined);
  });

  it('is reviewed only with the digest of what it says now', () => {
    const golden = withReview(withBehaviour(EMPTY, 'p', '  a\n', []), undefined, REVIEW);
    expect(isReviewed(golden)).to.equal(true);
    expect(isReviewed(withBehaviour(golden, 'p', '  b\n', []))).to.equal(false);
  });

  it('says how an acceptance changes it', () => {
    const one = withBehaviour(EMPTY, 'p', '  a\n', []);
    const two = withBehaviour(one, 'q', '  b\n', []);
    expect(reviewKind(undefined, one)).to.equal('create');
    expect(reviewKind(one, two)).to.equal('create');
    expect(reviewKind(two, one)).to.equal('trim');
    expect(reviewKind(two, withBehaviour(two, 'q', '  c\n', []))).to.equal('fix');
    expect(reviewKind(one, one)).to.equal('fix');
  });

  it('needs a reason and a day to be accepted', () => {
    for (const bad of [{ reason: ' \n' }, { date: '21.11.2026' }, { date: '2026-13-01' }]) {
      expect(() => withReview(EMPTY, undefined, { ...REVIEW, ...bad }))
        .to.throw()
        .with.property('code', 'E_REVIEW');
    }
    const [review] = withReview(EMPTY, undefined, { ...REVIEW, reason: ' two\n lines ' }).reviews;
    expect(review!.reason).to.equal('two lines');
  });

  it('refuses what it could not hold', () => {
    requireBehaviour('p', '');
    for (const [profile, text] of [
      ['a b', ''],
      ['', ''],
      ['p', 'x\n'],
      ['p', '  x'],
      ['p', '  x\n\n  y\n'],
      ['p', '  x\r\n'],
      ['p', '\n'],
    ] as const) {
      expect(() => {
        requireBehaviour(profile, text);
      })
        .to.throw()
        .with.property('code', 'E_GOLDEN_SYNTAX');
    }
  });
});
