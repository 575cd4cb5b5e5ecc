import { expect } from 'chai';
import { AdapterFault } from '../errors.js';
import { FakeAdapter, caseOf, log, write } from '../run/testing/fixtures.js';
import { compareProfiles } from './compare.js';

const PROFILES = ['old', 'new'] as const;
const world = { profiles: PROFILES, vendors: [] };
const planned = (id: string, profiles: readonly string[] = PROFILES, needs: string[] = []) => ({
  case: caseOf([{ call: write }], { id, needs: needs as never[] }),
  profiles,
});

describe('compareProfiles', () => {
  const factory = (profile: string) =>
    new FakeAdapter(() => ({ ret: 36, events: [log(`in ${profile}`)] }), {
      profile,
      capabilities: profile === 'new' ? ['modules', 'time'] : ['modules'],
    });

  it('runs each case in both, and tells what is for one of them apart', async () => {
    const { compared, groups, only, unusable } = await compareProfiles(
      [planned('a.both'), planned('a.old', ['old']), planned('a.time', PROFILES, ['time'])],
      PROFILES,
      { factory, world },
    );
    expect(compared.map(({ case: { id }, kind }) => [id, kind])).to.deep.equal([['a.both', 'log']]);
    expect(groups).to.have.length(1);
    expect(only.map(({ profile, cases }) => [profile, cases.map(({ id }) => id)])).to.deep.equal([
      ['old', ['a.old']],
      ['new', ['a.time']],
    ]);
    expect(unusable).to.deep.equal([]);
  });

  it('goes on after an implementation that failed, or did not start', async () => {
    let died = false;
    const dying = (profile: string) => {
      if (profile === 'new') throw new AdapterFault('E_START', 'no such program');
      return new FakeAdapter(() => {
        if (died) return { ret: 36 };
        died = true;
        throw new AdapterFault('E_MODEL', 'a count below zero');
      });
    };
    const { compared, unusable } = await compareProfiles(
      [planned('a.one'), planned('a.two')],
      PROFILES,
      { factory: dying, world },
    );
    expect(compared).to.deep.equal([]);
    expect(unusable.map((each) => [each.case.id, each.profile, each.fault.code])).to.deep.equal([
      ['a.one', 'old', 'E_MODEL'],
      ['a.one', 'new', 'E_START'],
      ['a.two', 'new', 'E_START'],
    ]);
  });
});
