import { expect } from 'chai';
import { lettersFor } from './letters.js';

const uuid = (n: number): string => `0000000a-0000-0000-0000-${String(n).padStart(12, '0')}`;

describe('lettersFor', () => {
  it('gives letters in the order in which uuids come', () => {
    const { write, uuids } = lettersFor([`x ${uuid(2)}`, `/${uuid(1)}/${uuid(2)}`]);
    expect(write(`/${uuid(1)} ${uuid(2)}`)).to.equal('/B A');
    expect(uuids).to.deep.equal({ A: uuid(2), B: uuid(1) });
  });

  it('has letters for more uuids than the alphabet has', () => {
    const { uuids } = lettersFor(Array.from({ length: 28 }, (_, i) => uuid(i)));
    expect(Object.keys(uuids).slice(-3)).to.deep.equal(['Z', 'A1', 'B1']);
  });
});
