import { expect } from 'chai';
import { changeHeadline } from './headline.js';
import { compared, traceOf } from './testing/traces.js';

/** The changes of two traces, as kind and headline. */
function told(before: string, after: string): string[] {
  const { changes, rows } = compared(before, after);
  return changes.map((change) => `${change.kind}: ${changeHeadline(change, rows)}`);
}

const [A, B, C, D] = ['log <6> a', '+ /sys/b', '+ /sys/c', 'log <6> d'] as const;

describe('changesOf', () => {
  it('finds none between equal traces', () => {
    expect(compared(traceOf([A]), traceOf([A]))).not.to.have.property('kind');
    expect(told(traceOf([A]), traceOf([A]))).to.deep.equal([]);
  });

  it('tells lines that moved inside a step, and which way', () => {
    expect(told(traceOf([A, B, C]), traceOf([C, A, B]))).to.deep.equal([
      'order: + /sys/c comes earlier',
    ]);
    expect(told(traceOf([A, B, C]), traceOf([B, C, A]))).to.deep.equal([
      'order: log <6> a comes later',
    ]);
  });

  it('tells lines that moved to another step together', () => {
    expect(told(traceOf([A], [B, C, D]), traceOf([A, B, C], [D]))).to.deep.equal([
      'order: + /sys/b and 1 more line come in an earlier step',
    ]);
    expect(told(traceOf([A, B, C], [D]), traceOf([A], [B, C, D]))).to.deep.equal([
      'order: + /sys/b and 1 more line come in a later step',
    ]);
  });

  it('keeps what moved together apart from what moved elsewhere', () => {
    const end = '< device_del = void';
    const before = traceOf([A], [B, end, D], [C, end]);
    const after = traceOf([A, B, end], [D, C, end], []);
    expect(told(before, after)).to.deep.equal([
      'order: + /sys/b and 1 more line come in an earlier step',
      'order: + /sys/c and 1 more line come in an earlier step',
    ]);
  });

  it('tells what is new, gone, and replaced, each by itself', () => {
    expect(told(traceOf([A, B]), traceOf([A, B, D]))).to.deep.equal(['log: log <6> d is new']);
    expect(told(traceOf([A, B, C]), traceOf([A]))).to.deep.equal([
      'events: + /sys/b and 1 more line are gone',
    ]);
    expect(told(traceOf([A, B]), traceOf([D, B]))).to.deep.equal(['log: log <6> a  →  log <6> d']);
  });

  it('names of a replacement what it is called by', () => {
    expect(told(traceOf([B, A]), traceOf([C, D]))).to.deep.equal(['log: log <6> a  →  log <6> d']);
    expect(told(traceOf([B, A]), traceOf([C]))).to.deep.equal(['log: log <6> a is gone']);
    expect(told(traceOf([B]), traceOf([C, D]))).to.deep.equal(['log: log <6> d is new']);
  });

  it('names the call of another answer, whose lines are one change', () => {
    const list = (...names: string[]): string =>
      [
        '  main > list /sys/x',
        `  main < list = 0 names=${names.length}`,
        ...names.map((name) => `  main   name ${name}`),
        '',
      ].join('\n');
    expect(told(list('a', 'b', 'c'), list('a', 'c'))).to.deep.equal([
      'result: list /sys/x: 0 names=3  →  0 names=2',
    ]);
  });

  it('takes a line that is only deeper for the same', () => {
    const before = traceOf([B]);
    const after = traceOf(['device_add A', '  + /sys/b', '< device_add = 0']);
    expect(told(before, after)).to.deep.equal([
      'events: device_add A is new',
      'events: < device_add = 0 is new',
    ]);
  });

  it('takes a step of one side only for one change', () => {
    const step = '  main > close 12\n  main < close = 0\n';
    expect(told(traceOf([A], [B]) + step, traceOf([A], [B]))).to.deep.equal([
      'calls: > close 12 and 1 more line are gone',
    ]);
  });
});
