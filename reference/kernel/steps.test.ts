import { expect } from 'chai';
import { make_all, undo_all, type Step } from './steps.js';
import { booted, run } from './testing.js';

describe('steps', () => {
  const k = booted();

  /** A step that notes what is done to it, and whose `make` gives `ret`. */
  const noted = (log: string[], name: string, ret = 0): Step<string> => ({
    *make(_k, subject) {
      log.push(`+${name} ${subject}`);
      return ret;
    },
    *undo(_k, subject) {
      log.push(`-${name} ${subject}`);
    },
  });

  it('are taken in order', () => {
    const log: string[] = [];
    const steps = ['a', 'b'].map((name) => noted(log, name));
    expect(run(k, make_all(k, 'x', steps))).to.equal(0);
    expect(log).to.deep.equal(['+a x', '+b x']);
  });

  it('are taken back, newest first, when one fails; that one is not', () => {
    const log: string[] = [];
    const steps = [noted(log, 'a'), noted(log, 'b'), noted(log, 'c', -17), noted(log, 'd')];
    expect(run(k, make_all(k, 'x', steps))).to.equal(-17);
    expect(log).to.deep.equal(['+a x', '+b x', '+c x', '-b x', '-a x']);
  });

  it('fail with a positive result as well', () => {
    const log: string[] = [];
    expect(run(k, make_all(k, 'x', [noted(log, 'a'), noted(log, 'b', 5)]))).to.equal(5);
    expect(log).to.deep.equal(['+a x', '+b x', '-a x']);
  });

  it('need no way back', () => {
    const log: string[] = [];
    const { make } = noted(log, 'b');
    run(k, undo_all(k, 'x', [noted(log, 'a'), { make }, noted(log, 'c')]));
    expect(log).to.deep.equal(['-c x', '-a x']);
  });
});
