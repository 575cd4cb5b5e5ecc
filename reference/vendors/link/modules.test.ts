import { expect } from 'chai';
import { profiles } from '../../profiles.js';
import { Rig } from '../../testing.js';
import { link_modules } from './modules.js';
import { symbol_groups } from './symbols.js';

describe('modules that only link', () => {
  it('have names of their own that a kernel takes', () => {
    const names = link_modules.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[a-z0-9_]{1,55}$/);
  });

  it('come in pairs that differ in their licence alone', () => {
    for (const group of Object.keys(symbol_groups)) {
      const [gpl, prop] = ['mgpl', 'mprop'].map((kind) =>
        link_modules.find(({ name }) => name === `${kind}_${group}`),
      );
      expect({ ...gpl, name: '', license: '' }).to.deep.equal({ ...prop, name: '', license: '' });
    }
  });

  it('count what the thread counts', () => {
    const count = (group: string) => new Set(symbol_groups[group]).size;
    expect(['open_22', 'open_18', 'open_21', 'all_5_13'].map(count)).to.deep.equal([
      22, 18, 21, 37,
    ]);
  });

  for (const { name } of profiles) {
    it(`leave no trace but that of the loader on ${name}`, () => {
      const rig = new Rig(name, 'vfio', 'mdev', 'mgpl_iommu_driver');
      expect(rig.list('/sys/module/vfio/holders')).to.include('mgpl_iommu_driver@');
      expect(rig.rmmod('mgpl_iommu_driver')).to.equal(0);
      expect([rig.rmmod('mdev'), rig.rmmod('vfio')]).to.deep.equal([0, 0]);
    });
  }
});
