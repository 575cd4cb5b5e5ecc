import { expect } from 'chai';
import fc from 'fast-check';
import { selectProfiles } from './profiles.js';
import { WORLD } from './testing.js';

const { profiles: known } = WORLD;
const select = (...patterns: string[]) => {
  const selection = selectProfiles(patterns, known);
  return 'profiles' in selection ? selection.profiles : selection.problems;
};
const anyAt = fc.nat({ max: known.length - 1 });

describe('ranges of profiles', () => {
  it('select from one to another, both included', () => {
    expect(select('series-02..series-11')).to.deep.equal(['series-02', 'series-09', 'series-11']);
    expect(select('linux-6.1..')).to.deep.equal(['linux-6.1', 'linux-6.12']);
    expect(select('..linux-5.13')).to.deep.equal(['linux-5.10', 'linux-5.13']);
    expect(select('ccw-2022')).to.deep.equal(['ccw-2022']);
  });

  it('add up in the order of the table, whatever their own', () => {
    expect(select('linux-6.1', 'linux-5.10')).to.deep.equal(['linux-5.10', 'linux-6.1']);
  });

  it('lose their exceptions; exceptions alone start from all', () => {
    expect(select('series-02..series-11', '!series-09')).to.deep.equal(['series-02', 'series-11']);
    expect(select('!series-01..')).to.deep.equal(['linux-5.10', 'linux-5.13']);
  });

  it('are refused with the place and a hint', () => {
    expect(select('linux-6.1', 'sereis-02..')).to.deep.equal([
      {
        code: 'E_SUITE_PROFILE',
        message: 'sereis-02 is no known profile',
        hint: 'did you mean series-02?',
        index: 1,
      },
    ]);
  });

  it('property: a..b is the slice of the table', () => {
    fc.assert(
      fc.property(anyAt, anyAt, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(select(`${known[from]!}..${known[to]!}`)).to.deep.equal(known.slice(from, to + 1));
      }),
    );
  });

  it('property: a list and its exceptions share nothing', () => {
    fc.assert(
      fc.property(fc.array(anyAt, { minLength: 1, maxLength: 4 }), (except) => {
        const names = except.map((at) => known[at]!);
        const left = select(...names.map((name) => `!${name}`));
        expect(left).to.deep.equal(known.filter((name) => !names.includes(name)));
      }),
    );
  });

  it('property: any text is answered, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('.', '!', 'a', '-', ' ') })),
        (list) => {
          const selection = selectProfiles(list, known);
          expect('profiles' in selection || selection.problems.length > 0).to.equal(true);
        },
      ),
    );
  });
});
