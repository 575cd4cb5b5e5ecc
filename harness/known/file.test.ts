import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { WORLD } from '../suite/testing.js';
import { loadKnown } from './file.js';

const FIXTURES = 'harness/known/fixtures';

describe('files of known failures', () => {
  for (const name of readdirSync(join(FIXTURES, 'accept'))) {
    it(`accepts ${name}`, async () => {
      const { errors } = await loadKnown(join(FIXTURES, 'accept', name), WORLD);
      expect(errors).to.deep.equal([]);
    });
  }

  for (const name of readdirSync(join(FIXTURES, 'reject'))) {
    it(`rejects ${name}`, async () => {
      const { errors } = await loadKnown(join(FIXTURES, 'reject', name), WORLD);
      expect(errors.map(({ code }) => code)).to.include(name.split('-')[0]);
    });
  }

  it('rejects one that is not there', async () => {
    const { errors } = await loadKnown(join(FIXTURES, 'nowhere.yaml'), WORLD);
    expect(errors[0]!.code).to.equal('E_SUITE_UNREADABLE');
  });

  it('gives entries with their places', async () => {
    const { entries } = await loadKnown(join(FIXTURES, 'accept/several.yaml'), WORLD);
    expect(entries.map(({ profiles }) => profiles)).to.deep.equal([['linux-6.1'], ['linux-6.12']]);
    expect(entries[1]).to.deep.include({ reviewBy: '2028-02-29', reason: 'It dies.' });
    expect(entries[1]!.source.line).to.equal(8);
  });

  it('takes an entry without profiles for all of them', async () => {
    const { entries } = await loadKnown(join(FIXTURES, 'accept/all-profiles.yaml'), WORLD);
    expect(entries[0]!.profiles).to.deep.equal(WORLD.profiles);
  });
});
