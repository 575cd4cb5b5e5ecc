import { expect } from 'chai';
import { profiles } from '../profiles.js';
import { Rig } from '../testing.js';
import { posted } from './eras.js';
import { symbolsOfEra } from './kconfig.js';
import type { Values } from './resolve.js';

class Builder extends Rig {
  kconfig(set?: Values, profile?: string) {
    return this.call({
      method: 'kconfig',
      params: { ...(set && { set }), ...(profile !== undefined && { profile }) },
    });
  }
}

const MDEV: Values = {
  VFIO: 'y',
  VFIO_MDEV: 'y',
  VFIO_MDEV_DEVICE: 'y',
  SAMPLES: 'y',
  SAMPLE_VFIO_MDEV_MTTY: 'y',
};

describe('the Kconfig files', () => {
  for (const { name, kconfig } of profiles) {
    it(`of ${name} can be read`, () => {
      expect([...symbolsOfEra(kconfig).keys()]).to.include.members(['VFIO', 'VFIO_MDEV']);
    });
  }

  it('of what was posted can be read', () => {
    for (const era of Object.values(posted)) expect(symbolsOfEra(era).size).to.be.greaterThan(10);
  });
});

describe('a kernel that is built', () => {
  it('has what is y, can load what is m, and lacks what is n', () => {
    const rig = new Builder('linux-6.1');
    const { values } = rig.kconfig(MDEV);
    expect([values!['VFIO_MDEV'], values!['SAMPLE_VFIO_MDEV_MTTY']]).to.deep.equal(['y', 'm']);
    expect(rig.list('/sys/module')).to.deep.equal(['mdev/', 'vfio/', 'vfio_iommu_type1/']);
    expect(rig.list('/sys/bus/mdev')).to.include('devices/');
    expect([rig.insmod('vfio'), rig.insmod('mdpy'), rig.insmod('mtty')]).to.deep.equal([
      'ENOENT',
      'ENOENT',
      0,
    ]);
    expect([rig.rmmod('mdev'), rig.rmmod('mtty')]).to.deep.equal(['ENOENT', 0]);
  });

  it('shows no users of what is built in', () => {
    const rig = new Builder('linux-6.1');
    rig.kconfig(MDEV);
    expect(rig.list('/sys/module/mdev')).to.deep.equal(['uevent', 'version']);
    rig.insmod('mscript');
    expect(rig.list('/sys/module/mdev')).to.deep.equal(['uevent', 'version']);
    expect(rig.list('/sys/module/mscript/holders')).to.deep.equal([]);
  });

  it('says nothing while it boots', () => {
    const rig = new Builder('linux-6.12');
    rig.kconfig(MDEV);
    expect(rig.events()).to.deep.equal([]);
  });

  it('is not built while something is loaded', () => {
    const rig = new Builder('linux-6.1', 'vfio');
    expect(rig.kconfig(MDEV)).to.deep.equal({ errno: 'EBUSY' });
    expect(rig.kconfig(MDEV, 'linux-6.1').ret).to.equal(0);
    expect(rig.list('/sys/module')).to.deep.equal(['vfio/']);
    rig.rmmod('vfio');
    expect(rig.kconfig(MDEV).ret).to.equal(0);
  });

  it('is another one after the next, and the usual one after a reset', () => {
    const rig = new Builder('linux-6.1');
    rig.kconfig(MDEV);
    expect(rig.kconfig({ VFIO: 'm' }).values!['VFIO_MDEV']).to.equal('n');
    expect([rig.list('/sys/module'), rig.insmod('mdev')]).to.deep.equal([[], 'ENOENT']);
    rig.call({ method: 'reset', params: {} });
    expect([rig.insmod('vfio'), rig.insmod('mdev'), rig.insmod('mtty')]).to.deep.equal([0, 0, 0]);
  });

  it('works in every era as one whose modules were loaded', () => {
    for (const { name } of profiles) {
      const rig = new Builder(name);
      rig.kconfig(MDEV);
      expect(rig.insmod('mscript'), name).to.equal(0);
      const id = '00000001-0000-4000-8000-000000000000';
      expect(rig.create('mscript0/mscript-a', id), name).to.equal(36);
      expect(rig.readlink(`/sys/bus/mdev/devices/${id}/driver`), name).to.match(
        /mscript|vfio_mdev/,
      );
      expect(rig.remove(id), name).to.equal(1);
      expect(rig.rmmod('mscript'), name).to.equal(0);
      expect(rig.machine.finish(), name).to.deep.equal([]);
    }
  });

  it('starts what others use before them', () => {
    for (const { name } of profiles) {
      const rig = new Builder(name);
      const { values } = rig.kconfig({
        ...{ ...MDEV, S390: 'y', S390_CCW_IOMMU: 'y', VFIO_CCW: 'y' },
        ...{ KVM: 'y', ZCRYPT: 'y', S390_AP_IOMMU: 'y', VFIO_AP: 'y' },
      });
      expect([values!['VFIO_CCW'], values!['VFIO_AP']], name).to.deep.equal(['y', 'y']);
      expect(rig.list('/sys/class/mdev_bus'), name).to.include('0.0.0000@');
      expect(rig.machine.finish(), name).to.deep.equal([]);
    }
  });

  it('has files of its own only for what is an era, or was posted', () => {
    const rig = new Builder('linux-6.1');
    expect(() => rig.kconfig({}, 'linux-4.0')).to.throw(
      'there are no Kconfig files of "linux-4.0"',
    );
    expect(() => rig.kconfig({}, 'constructor')).to.throw('constructor');
  });
});
