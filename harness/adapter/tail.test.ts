import { expect } from 'chai';
import { Tail } from './tail.js';

function tail(limit: number, ...chunks: string[]): string {
  const kept = new Tail(limit);
  for (const chunk of chunks) kept.push(Buffer.from(chunk));
  return kept.text;
}

describe('Tail', () => {
  it('keeps the end, however it came', () => {
    expect(tail(4, 'abcdefgh')).to.equal('efgh');
    expect(tail(4, ...'abcdefghijklmnopq')).to.equal('nopq');
    expect(tail(4, 'ab')).to.equal('ab');
    expect(tail(4)).to.equal('');
  });

  it('does not start with half a character', () => {
    expect(tail(4, 'xéab€')).to.equal('b€');
    expect(tail(4, 'é€')).to.equal('€');
  });
});
