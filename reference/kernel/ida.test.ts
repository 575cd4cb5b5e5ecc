import { expect } from 'chai';
import fc from 'fast-check';
import { Ida } from './ida.js';
import { holds } from './testing.js';

describe('ida', () => {
  it('hands out the lowest number that is free', () => {
    holds(
      fc.property(fc.array(fc.nat(8)), (frees) => {
        const ida = new Ida();
        const used = new Set<number>();
        for (const id of frees) {
          if (used.delete(id)) {
            ida.free(id);
            continue;
          }
          const free = [...Array(used.size + 1).keys()].find((each) => !used.has(each));
          expect(ida.alloc()).to.equal(free);
          used.add(free!);
        }
      }),
    );
  });

  it('knows when none is used', () => {
    const ida = new Ida();
    const before = ida.empty;
    const id = ida.alloc();
    const during = ida.empty;
    ida.free(id);
    expect([before, during, ida.empty]).to.deep.equal([true, false, true]);
  });
});
