import { expect } from 'chai';
import { KernelBug } from '../../kernel/bug.js';
import { A, Rig } from '../../testing.js';

const MODULES = ['vfio', 'vfio_iommu_type1', 'mdev', 'kvm', 'i915 enable_gvt=1', 'kvmgt'];
const TYPE = '0000:00:02.0/i915-GVTg_V5_8';

/** A card that a guest has open. */
function in_use(era: string) {
  const rig = new Rig(era, ...MODULES);
  rig.create(TYPE, A);
  const { group } = rig.container();
  const vm = rig.ioctl(rig.open('/dev/kvm'), 'KVM_CREATE_VM', 0);
  const kvm = rig.ioctl(vm, 'KVM_CREATE_DEVICE', 4);
  rig.ioctl(kvm, 'KVM_DEV_VFIO_GROUP_ADD', { fd: group as number });
  return { rig, device: rig.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A) };
}

describe('a virtual card that was removed under its guest', () => {
  it('is closed where the driver has each descriptor', () => {
    const { rig, device } = in_use('series-11');
    expect(rig.remove(A)).to.equal(1);
    expect(rig.close(device)).to.equal(0);
    expect(rig.read('/sys/module/kvmgt/refcnt')).to.equal('0\n');
  });

  for (const era of ['linux-6.0', 'ccw-2022']) {
    it(`takes the kernel down when it is closed: ${era}`, () => {
      const { rig, device } = in_use(era);
      expect(rig.remove(A)).to.equal(1);
      expect(() => rig.close(device)).to.throw(KernelBug, 'which is NULL');
    });
  }
});
