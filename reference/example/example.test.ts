import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Profile } from '../profile.js';
import { profiles } from '../profiles.js';
import { A, B, C, Rig } from '../testing.js';
import { links_first } from './links-first.js';

const TYPE = 'mnull/mnull-only';
const loaded = (era: Profile): Rig => new Rig(era, 'vfio', 'vfio_iommu_type1', 'mdev', 'mnull');

/** What happens at a create, as far as it is about binding and the link to the type. */
function story(era: Profile): string[] {
  const rig = loaded(era);
  rig.create(TYPE, A);
  return rig.events('uevent', 'sysfs').flatMap((event) => /^bind|mdev_type/.exec(event)?.[0] ?? []);
}

describe('the example of CONTRIBUTING', () => {
  it('is the code that is here', () => {
    const text = readFileSync('CONTRIBUTING.md', 'utf8');
    for (const file of ['mnull', 'links-first']) {
      const code = readFileSync(`reference/example/${file}.ts`, 'utf8');
      expect(text).to.contain(`\`\`\`ts\n${code}\`\`\``);
    }
  });

  it('adds a driver that makes as many devices as it says', () => {
    const rig = loaded(links_first);
    expect([A, B, C].map((id) => rig.create(TYPE, id))).to.deep.equal([36, 36, 'EUSERS']);
    expect(rig.remove(A)).to.equal(1);
    expect(rig.available(TYPE)).to.equal(1);
  });

  it('adds an era that differs in what one row says', () => {
    const before = { ...links_first, mdev: profiles.at(-1)!.mdev };
    expect(story(before)).to.deep.equal(['bind', 'mdev_type']);
    expect(story(links_first)).to.deep.equal(['mdev_type', 'bind']);
  });
});
