import { expect } from 'chai';
import { readInPieces, writeInPieces, type PieceAccess } from './chunked-access.js';
import { outcome, toHex } from './device-fixture.js';

describe('chunked access', () => {
  const trace = (seen: string[]): PieceAccess => {
    return (pos, _buffer, count) => seen.push(`${pos}+${count}`) > 0;
  };

  it('splits at natural alignment', () => {
    const seen: string[] = [];
    readInPieces(1, 10, trace(seen));
    expect(seen).to.deep.equal(['1+1', '2+2', '4+4', '8+2', '10+1']);
    seen.length = 0;
    expect(writeInPieces(6, new Uint8Array(7), trace(seen))).to.equal(7);
    expect(seen).to.deep.equal(['6+2', '8+4', '12+1']);
  });

  it('makes no access for nothing', () => {
    const seen: string[] = [];
    expect(readInPieces(0, 0, trace(seen))).to.deep.equal(new Uint8Array(0));
    expect(writeInPieces(0, new Uint8Array(0), trace(seen))).to.equal(0);
    expect(seen).to.deep.equal([]);
  });

  it('fails as a whole, after the pieces before', () => {
    const seen: number[] = [];
    const upTo4: PieceAccess = (pos) => pos < 4 && seen.push(pos) > 0;
    expect(outcome(readInPieces(2, 4, upTo4) as number)).to.equal('EFAULT');
    expect(outcome(writeInPieces(2, new Uint8Array(4), upTo4))).to.equal('EFAULT');
    expect(seen).to.deep.equal([2, 2]);
  });

  it('gives away what was on the stack, renewed or not', () => {
    const sets: PieceAccess = (pos, buffer) => {
      if (pos === 4) buffer[0] = 0;
      return true;
    };
    const read = (freshPerPiece: boolean) =>
      toHex(readInPieces(0, 12, sets, { bytes: [0xaa, 1, 2, 3], freshPerPiece }) as Uint8Array);
    expect(read(true)).to.equal('aa010203' + '00010203' + 'aa010203');
    expect(read(false)).to.equal('aa010203' + '00010203' + '00010203');
  });

  it('hands narrow writes over in four bytes', () => {
    const buffers: string[] = [];
    writeInPieces(1, Uint8Array.of(0xff), (_pos, buffer) => buffers.push(toHex(buffer)) > 0);
    expect(buffers).to.deep.equal(['ff000000']);
  });
});
