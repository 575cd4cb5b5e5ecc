import { expect } from 'chai';
import { A, Rig } from '../testing.js';

const BETWEEN = [
  'linux-5.13',
  'series-01',
  'series-02',
  'series-09',
  'series-11',
  'linux-5.14',
  'linux-6.0',
  'ccw-2022',
];

describe('type 1 between the recorded eras', () => {
  for (const era of BETWEEN) {
    const shim = era === 'linux-5.13' ? ['vfio_mdev'] : [];
    const rig = () => new Rig(era, 'vfio', 'vfio_iommu_type1', 'mdev', ...shim, 'mscript');

    it(`${era}: unmaps all at once and updates addresses, as since 5.12`, () => {
      const r = rig();
      const container = r.open('/dev/vfio/vfio');
      const known = [...Array(12).keys()].filter(
        (extension) => r.ioctl(container, 'VFIO_CHECK_EXTENSION', extension) === 1,
      );
      expect(known).to.deep.equal([1, 3, 6, 9, 10]);
    });

    it(`${era}: looks up no symbol of mdev`, () => {
      const r = rig();
      r.create('mscript0/mscript-a', A);
      r.events();
      expect(r.openDevice(A).device).to.be.a('number');
      expect(r.events('log').filter((line) => /symbol_get/.test(line))).to.deep.equal([]);
    });
  }
});
