import { expect } from 'chai';
import { few, fitting, wrapped } from './few.js';

const ALL = ['one', 'two', 'three', 'four'];

describe('long lists in few words', () => {
  it('few names the first and counts the rest', () => {
    expect(few(ALL, 2)).to.equal('one, two, and 2 more');
    expect(few(ALL, 4)).to.equal('one, two, three, four');
  });

  it('fitting names as many as there is room for, but one at least', () => {
    expect(fitting(ALL, 100)).to.equal('one, two, three, four');
    expect(fitting(ALL, 20)).to.equal('one, two, and 2 more');
    expect(fitting(ALL, 1)).to.equal('one, and 3 more');
    expect(fitting([], 1)).to.equal('');
  });

  it('wrapped names all', () => {
    expect(wrapped(ALL, 10)).to.deep.equal(['one, two,', 'three,', 'four']);
    expect(wrapped([], 10)).to.deep.equal([]);
  });
});
