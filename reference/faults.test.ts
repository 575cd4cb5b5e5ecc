/** Functions that are told to fail, through the calls that reach them. */
import { expect } from 'chai';
import { Rig, A, B, device } from './testing.js';

const core = ['vfio', 'vfio_iommu_type1', 'mdev'];
const mtty = (profile: string) => new Rig(profile, ...core, 'mtty');

describe('faults', () => {
  it('make a function fail as often as they were told to, and say so in the trace', () => {
    const rig = mtty('linux-6.1');
    expect(rig.fault('device_add', 'EIO', 2)).to.equal(0);
    expect(rig.events()).to.deep.equal([]);
    expect(rig.create('mtty-2', A)).to.equal('EIO');
    expect(rig.events()).to.include.members([`device_add(${A}, mdev, mtty)`, 'device_add = -5']);
    expect(rig.readlink(device(A))).to.equal('ENOENT');
    expect([rig.create('mtty-2', A), rig.create('mtty-2', A)]).to.deep.equal(['EIO', 36]);
  });

  it('take the place of what was told before', () => {
    const rig = mtty('linux-6.1');
    rig.fault('device_add', 'EIO', 9);
    rig.fault('device_add', 'ENOMEM');
    expect([rig.create('mtty-2', A), rig.create('mtty-2', A)]).to.deep.equal(['ENOMEM', 36]);
  });

  for (const point of ['device_del', 'mdev_match', 'nonsense', 'toString', '']) {
    it(`are refused by ${JSON.stringify(point)}, whose callers take no errno`, () => {
      const rig = mtty('linux-6.1');
      expect(rig.fault(point, 'ENOMEM')).to.equal('EINVAL');
      expect(rig.create('mtty-2', A)).to.equal(36);
    });
  }

  it('do not outlive a reset', () => {
    const rig = new Rig('linux-6.1');
    rig.fault('driver_register', 'ENOMEM');
    rig.call({ method: 'reset', params: {} });
    for (const module of [...core, 'mtty']) expect(rig.insmod(module)).to.equal(0);
  });

  it('refuse an error that has no name', () => {
    expect(() => mtty('linux-6.1').fault('device_add', 'ENONSENSE')).to.throw('ENONSENSE');
  });

  it('show a function that no recording watches only where it fails', () => {
    const rig = mtty('linux-6.1');
    const seen = () => rig.events('call').filter((each) => each.startsWith('driver_sysfs_add'));
    rig.create('mtty-2', B);
    expect(seen()).to.deep.equal([]);
    rig.fault('driver_sysfs_add', 'ENOMEM');
    expect(rig.create('mtty-2', A)).to.equal('ENOMEM');
    expect(seen()).to.deep.equal([`driver_sysfs_add(${A}, mtty)`]);
  });

  for (const profile of ['ccw-2022', 'linux-6.1', 'linux-6.12']) {
    it(`give back what was made for a device that vfio_init_device refuses, in ${profile}`, () => {
      const rig = mtty(profile);
      rig.fault('vfio_init_device', 'ENOMEM');
      expect(rig.create('mtty-2', A)).to.equal('ENOMEM');
      expect(rig.create('mtty-2', A)).to.equal(36);
      if (profile !== 'ccw-2022')
        expect(rig.list(`${device(A)}/vfio-dev`)).to.deep.equal(['vfio0/']);
      rig.remove(A);
      for (const module of ['mtty', ...[...core].reverse()]) expect(rig.rmmod(module)).to.equal(0);
    });
  }
});
