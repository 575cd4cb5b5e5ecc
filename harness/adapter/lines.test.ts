import { expect } from 'chai';
import { LineSplitter } from './lines.js';

function split(limit: number, ...chunks: string[]): { lines: string[]; rest: number } {
  const lines: string[] = [];
  const splitter = new LineSplitter(
    limit,
    (line) => lines.push(line.toString()),
    () => lines.push('too long'),
  );
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  return { lines, rest: splitter.rest };
}

describe('LineSplitter', () => {
  it('finds the lines wherever the stream is cut', () => {
    const text = 'one\n\ntwo three\nfour';
    for (let a = 0; a <= text.length; a++) {
      for (let b = a; b <= text.length; b++) {
        const { lines, rest } = split(99, text.slice(0, a), text.slice(a, b), text.slice(b));
        expect(lines).to.deep.equal(['one', '', 'two three']);
        expect(rest).to.equal(4);
      }
    }
  });

  it('takes a line of the limit, and none that is longer', () => {
    expect(split(3, 'abc\nabcd\n').lines).to.deep.equal(['abc', 'too long']);
    expect(split(3, 'ab', 'c', '\n').lines).to.deep.equal(['abc']);
    expect(split(3, 'ab', 'cd').lines).to.deep.equal(['too long']);
  });

  it('keeps nothing of a line that is too long', () => {
    expect(split(3, 'abcd').rest).to.equal(0);
  });
});
