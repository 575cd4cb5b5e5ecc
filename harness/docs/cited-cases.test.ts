import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { implementation } from '../run/implementation.js';
import { loadSuites } from '../suite/load.js';
import { AREAS } from '../suite/words.js';
import { citedCases, wrongOf, type KnownCase } from './cited-cases.js';
import { documents } from './documents.js';

const areas: ReadonlySet<string> = new Set(AREAS);

/** Where a case without brackets is meant to hold in every era. */
const STORY = 'docs/eras.md';

describe('cases that the documentation names', () => {
  let cases: ReadonlyMap<string, KnownCase>;
  let profiles: readonly string[];
  before(async function () {
    this.timeout(60_000);
    const { world } = await implementation('reference');
    const loaded = await loadSuites('suites', world);
    profiles = world.profiles;
    cases = new Map(loaded.cases.map((each) => [each.id, each]));
  });

  for (const file of documents()) {
    it(`${file}: they exist, and run where the text says`, () => {
      const cited = citedCases(readFileSync(file, 'utf8'), file, areas);
      expect(
        cited.flatMap((each) => wrongOf(each, cases, profiles, file === STORY) ?? []),
      ).to.deep.equal([]);
    });
  }

  it('are found with the profiles behind them', () => {
    const text = 'a `kconfig.one` b\n`kconfig.two-2` (a.., !b), `mdev.ko` (x)';
    expect(citedCases(text, 'f', areas)).to.deep.equal([
      { at: 'f:1', id: 'kconfig.one' },
      { at: 'f:2', id: 'kconfig.two-2', patterns: ['a..', '!b'] },
    ]);
  });

  describe('are wrong', () => {
    const known = new Map([['a.b', { id: 'a.b', profiles: ['two', 'three'] }]]);
    const all = ['one', 'two', 'three'];
    const wrong = (id: string, patterns?: string[], everywhere = false) =>
      wrongOf({ at: 'f:1', id, ...(patterns && { patterns }) }, known, all, everywhere);

    it('if there is none of that id', () => {
      expect(wrong('a.c')).to.equal('f:1: there is no case a.c');
    });
    it('if a profile is none', () => {
      expect(wrong('a.b', ['four'])).to.equal('f:1: four is no known profile');
    });
    it('if they are not run in a profile that is named', () => {
      expect(wrong('a.b', ['..two'])).to.equal("f:1: a.b isn't run in one");
      expect(wrong('a.b', ['two..'])).to.equal(undefined);
    });
    it('if they are not run everywhere, where that is meant', () => {
      expect(wrong('a.b')).to.equal(undefined);
      expect(wrong('a.b', undefined, true)).to.equal("f:1: a.b isn't run in one");
    });
  });
});
