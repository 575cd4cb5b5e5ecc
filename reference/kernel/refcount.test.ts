import { expect } from 'chai';
import fc from 'fast-check';
import { Refcount } from './refcount.js';
import { expectBug, holds } from './testing.js';

describe('refcount', () => {
  it('begins with one reference and tells when the last one goes', () => {
    const ref = new Refcount('it');
    ref.get();
    expect([ref.value, ref.put(), ref.put(), ref.value]).to.deep.equal([2, false, true, 0]);
  });

  it('is as high as references are held, whatever came before', () => {
    holds(
      fc.property(fc.array(fc.boolean()), (moves) => {
        const ref = new Refcount('it');
        let held = 1;
        for (const up of moves) {
          if (up && held > 0) held += Number(ref.getUnlessZero());
          else if (held > 0) expect(ref.put()).to.equal(--held === 0);
          expect(ref.value).to.equal(held);
        }
      }),
    );
  });

  it('never goes below zero', () => {
    const ref = new Refcount('it');
    ref.put();
    const bug = expectBug('REFCOUNT', () => ref.put());
    expect(bug.message).to.contain('it');
  });

  it('never comes back from zero', () => {
    const ref = new Refcount('it');
    ref.put();
    expectBug('USE_AFTER_FREE', () => {
      ref.get();
    });
    expect([ref.getUnlessZero(), ref.value]).to.deep.equal([false, 0]);
  });
});
