import { expect } from 'chai';
import type { Failure } from '../run/types.js';
import { PLAIN } from '../trace/explain/palette.js';
import { callsSoFar } from './calls.js';

const plain = (text: string): string => text;
const page = { width: 100, colours: { ...PLAIN, yellow: plain, cyan: plain } };
const calls = Array.from({ length: 20 }, (_, step) => ({
  step,
  text: `create ${step}`,
  answer: 'ret 0',
  wrong: false,
}));
const shown = (...failures: Failure[]): string[] =>
  callsSoFar({ kind: 'fail', failures, calls }, page);

const trace = (last: string): string =>
  `  main > read /x\n  main < read = 0\n  main > read /y\n${last}`;

describe('calls so far', () => {
  it('end at the call with the first difference', () => {
    const expected = trace('  main < read = 0\n');
    const actual = trace('  main < read = EIO\n');
    const lines = shown({ kind: 'golden', expected, actual });
    expect(lines).to.have.length(2);
    expect(lines[1]).to.match(/^ {2}▸ {3}2 {2}create 1 +→ ret 0$/);
  });

  it('are of no interest where only a golden is missing', () => {
    const code = 'E_GOLDEN_MISSING';
    expect(shown({ kind: 'no-golden', code, message: 'm', remedy: 'r' })).to.deep.equal([]);
  });

  it('are all there where the golden is no trace', () => {
    expect(shown({ kind: 'golden', expected: 'x\n', actual: 'y\n' }).at(-1)).to.contain(
      'create 19',
    );
  });

  it('begin with a count of those that are left out', () => {
    const lines = shown({
      kind: 'intent',
      source: { file: 'f', line: 1, column: 1 },
      message: 'm',
    });
    expect(lines[0]).to.contain('… 8 before');
    expect(lines).to.have.length(13);
  });
});
