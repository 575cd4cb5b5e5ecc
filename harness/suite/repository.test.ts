/** What must hold of the suites of this repository, beside what holds of any. */
import { expect } from 'chai';
import { implementation } from '../run/implementation.js';
import { loadSuites } from './load.js';

describe('the suites of this repository', () => {
  it('have a case for each requirement in every profile that it holds for', async () => {
    const { world } = await implementation();
    const { cases, requirements } = await loadSuites('suites', world);
    const gaps = requirements.flatMap(({ id, profiles = world.profiles }) => {
      const tested = new Set(
        cases.flatMap((each) => (each.because.includes(id) ? each.profiles : [])),
      );
      return profiles
        .filter((profile) => !tested.has(profile))
        .map((profile) => `${id} ${profile}`);
    });
    expect(gaps).to.deep.equal([]);
  });
});
