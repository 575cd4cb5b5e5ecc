/** References that a test holds. */
import { expect } from 'chai';
import { Rig, A, device } from './testing.js';

const core = ['vfio', 'vfio_iommu_type1', 'mdev'];

function withDevice(profile: string): Rig {
  const rig = new Rig(profile, ...core, 'mtty');
  rig.create('mtty-2', A);
  rig.events();
  return rig;
}

describe('references', () => {
  it('keep a device from its release, which comes with the last of them', () => {
    const rig = withDevice('linux-6.1');
    expect([rig.hold(device(A)), rig.hold(device(A))]).to.deep.equal([0, 0]);
    expect(rig.remove(A)).to.equal(1);
    expect(rig.list(device(A))).to.equal('ENOENT');
    expect(rig.events('call')).not.to.include(`mdev_device_release(${A})`);
    expect(rig.create('mtty-2', A), 'the uuid is taken').to.equal('EEXIST');
    expect(rig.drop(device(A))).to.equal(0);
    expect(rig.events('call')).not.to.include(`mdev_device_release(${A})`);
    expect(rig.drop(device(A))).to.equal(0);
    expect(rig.events('call')).to.include(`mdev_device_release(${A})`);
    expect(rig.drop(device(A))).to.equal('EINVAL');
    expect(rig.create('mtty-2', A)).to.equal(36);
  });

  for (const profile of ['ccw-2022', 'linux-6.1', 'linux-6.12']) {
    it(`keep a VFIO device from its release, in ${profile}`, () => {
      const rig = withDevice(profile);
      const object = `vfio_device:${A}`;
      expect(rig.hold(object)).to.equal(0);
      expect(rig.remove(A)).to.equal(1);
      expect(rig.events('callback')).not.to.include(`mtty.release(${A})`);
      expect(rig.hold(object), 'nobody finds it any more').to.equal('ENOENT');
      expect(rig.drop(object)).to.equal(0);
      expect(rig.events('callback')).to.include(`mtty.release(${A})`);
      for (const module of ['mtty', ...[...core].reverse()]) {
        expect(rig.rmmod(module), module).to.equal(0);
      }
    });
  }

  it('find no VFIO device that could be held where it has no references of its own', () => {
    expect(withDevice('linux-6.0').hold(`vfio_device:${A}`)).to.equal('ENOENT');
  });

  it('keep a module', () => {
    const rig = new Rig('linux-6.1', 'vfio');
    expect(rig.hold('module:vfio')).to.equal(0);
    expect(rig.rmmod('vfio')).to.equal('EAGAIN');
    expect(rig.drop('module:vfio')).to.equal(0);
    expect(rig.rmmod('vfio')).to.equal(0);
    expect(rig.hold('module:vfio')).to.equal('ENOENT');
  });

  it('make the unloading of a module wait for its directory', () => {
    const rig = new Rig('linux-6.1', 'vfio');
    expect(rig.hold('/sys/module/vfio')).to.equal(0);
    rig.start('unloader', 'rmmod', { module: 'vfio' });
    expect(rig.state('unloader')).to.equal('blocked');
    expect(rig.list('/sys/module/vfio')).to.deep.equal([]);
    expect(rig.drop('/sys/module/vfio')).to.equal(0);
    expect(rig.join('unloader')).to.equal(0);
    expect(rig.list('/sys/module/vfio')).to.equal('ENOENT');
  });

  it('follow links, and outlive what they came by', () => {
    const rig = withDevice('linux-6.1');
    expect(rig.hold(`${device(A)}/mdev_type`)).to.equal(0);
    rig.remove(A);
    expect(rig.drop(`${device(A)}/mdev_type`)).to.equal(0);
  });

  for (const [object, why] of [
    [`${device(A)}/remove`, 'is a file'],
    [`${device(A)}/power`, 'belongs to another object'],
    ['/sys/kernel/debug', 'is no object of sysfs'],
    ['/sys/nowhere', 'is not there'],
    ['/dev/vfio', 'is not there either'],
    ['vfio_device:mtty', 'is none of VFIO'],
    ['module:nosuch', 'is not loaded'],
    ['module:toString', 'is no module'],
  ]) {
    it(`are not taken to what ${why}: ${object}`, () => {
      const rig = withDevice('linux-6.12');
      expect(rig.hold(object!)).to.equal('ENOENT');
      expect(rig.drop(object!)).to.equal('EINVAL');
    });
  }
});
