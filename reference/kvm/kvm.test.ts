import { expect } from 'chai';
import { KernelBug } from '../kernel/bug.js';
import { A, Rig } from '../testing.js';
import { KvmRequest, kvmRequestNumber } from './uapi.js';

const BASE = ['vfio', 'vfio_iommu_type1', 'mdev', 'kvm', 'mtty'];
/** An era for each way of holding a group. */
const HOLDERS = ['series-02', 'linux-6.0', 'linux-6.1'] as const;

function machine(rig: Rig) {
  const kvm = rig.open('/dev/kvm');
  const vm = rig.ioctl(kvm, 'KVM_CREATE_VM', 0);
  return { kvm, vm, device: rig.ioctl(vm, 'KVM_CREATE_DEVICE', 4) };
}

describe('requests of kvm', () => {
  it('are known by all their names', () => {
    expect(kvmRequestNumber('KVM_DEV_VFIO_FILE_ADD')).to.equal(KvmRequest.KVM_DEV_VFIO_GROUP_ADD);
    expect(kvmRequestNumber('KVM_RUN')).to.equal(undefined);
  });

  it('belong to one kind of file each', () => {
    const rig = new Rig('linux-6.1', ...BASE);
    const { kvm, vm, device } = machine(rig);
    expect(rig.ioctl(kvm, 'KVM_CREATE_DEVICE', 4)).to.equal('ENOTTY');
    expect(rig.ioctl(vm, 'KVM_CREATE_VM', 0)).to.equal('ENOTTY');
    expect(rig.ioctl(device, 'KVM_CREATE_VM', 0)).to.equal('ENOTTY');
  });
});

describe('a virtual machine', () => {
  for (const era of HOLDERS) {
    it(`pins kvm until the last that is its is closed: ${era}`, () => {
      const rig = new Rig(era, ...BASE);
      const { kvm, vm, device } = machine(rig);
      for (const fd of [kvm, vm, device]) {
        expect(rig.rmmod('kvm')).to.equal('EAGAIN');
        expect(rig.close(fd)).to.equal(0);
      }
      expect(rig.rmmod('kvm')).to.equal(0);
    });

    it(`gives its groups up when it goes: ${era}`, () => {
      const rig = new Rig(era, ...BASE);
      rig.create('mtty-1', A);
      const { group } = rig.container();
      const { vm, device } = machine(rig);
      const fd = { fd: group as number };
      expect(rig.ioctl(device, 'KVM_DEV_VFIO_GROUP_ADD', fd)).to.equal(0);
      rig.close(vm);
      rig.close(device);
      const other = machine(rig).device;
      expect(rig.ioctl(other, 'KVM_DEV_VFIO_GROUP_ADD', fd)).to.equal(0);
      expect(rig.ioctl(other, 'KVM_DEV_VFIO_GROUP_DEL', fd)).to.equal(0);
      rig.close(group);
      expect(rig.open('/dev/vfio/0')).to.be.a('number');
    });
  }
});

/** A device of vfio_ap that is the last to hold its guest. */
function last_holder(era: string) {
  const rig = new Rig(era, ...BASE, 'ap', 'vfio_ap');
  rig.create('matrix/vfio_ap-passthrough', A);
  const { group } = rig.container();
  const { vm, device } = machine(rig);
  rig.ioctl(device, 'KVM_DEV_VFIO_GROUP_ADD', { fd: group as number });
  const fd = rig.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A);
  for (const closed of [vm, device]) rig.close(closed);
  return { rig, fd };
}

// "vfio: fix potential deadlock on vfio group lock", January 2023
describe('the last holder of a guest', () => {
  for (const era of ['linux-6.0', 'ccw-2022']) {
    it(`waits for itself when it is closed: ${era}`, () => {
      const { rig, fd } = last_holder(era);
      expect(() => rig.close(fd)).to.throw(KernelBug, 'takes group->group_lock twice');
    });
  }
  for (const era of ['series-02', 'linux-6.1', 'linux-6.12']) {
    it(`lets it go when it is closed: ${era}`, () => {
      const { rig, fd } = last_holder(era);
      expect(rig.close(fd)).to.equal(0);
    });
  }
});
