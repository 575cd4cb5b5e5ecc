import { expect } from 'chai';
import { A, B, Rig } from '../testing.js';

const status = (r: Rig, group: number | string | undefined) => {
  const answer = r.call({
    method: 'ioctl',
    params: {
      fd: group as number,
      request: 'VFIO_GROUP_GET_STATUS',
      arg: { hex: '0800000000000000' },
    },
  });
  return answer.errno ?? answer.arg;
};

for (const era of ['linux-6.0', 'ccw-2022']) {
  describe(`${era}: a group that is kept`, () => {
    const rig = () => {
      const r = new Rig(era, 'vfio', 'vfio_iommu_type1', 'mdev', 'mscript');
      r.create('mscript0/mscript-a', A);
      r.events();
      return r;
    };

    it('goes with its device when nobody has it open', () => {
      const r = rig();
      expect(r.remove(A)).to.equal(1);
      expect(r.list('/dev/vfio')).to.deep.equal(['vfio']);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal([]);
      expect(r.events('call')).to.include('vfio_group_release(0)');
    });

    it('stays as long as somebody has it open, with node, numbers and IOMMU group', () => {
      const r = rig();
      const group = r.open('/dev/vfio/0');
      expect(r.remove(A)).to.equal(1);
      expect(r.list('/dev/vfio')).to.deep.equal(['0', 'vfio']);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal(['0/']);
      r.create('mscript0/mscript-a', B);
      expect(r.list('/dev/vfio')).to.deep.equal(['0', '1', 'vfio']);
      r.close(group);
      expect(r.list('/dev/vfio')).to.deep.equal(['1', 'vfio']);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal(['1/']);
    });

    it('keeps no remove waiting by its container, and stays in it', () => {
      const r = rig();
      const { container, group } = r.container();
      expect(r.remove(A)).to.equal(1);
      expect(status(r, group)).to.deep.equal({ hex: '0800000003000000' });
      expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A)).to.equal('ENODEV');
      expect(r.ioctl(group, 'VFIO_GROUP_UNSET_CONTAINER')).to.equal(0);
      expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: container as number })).to.equal(0);
      expect(r.ioctl(container, 'VFIO_SET_IOMMU', 1)).to.equal(0);
      r.close(group);
      r.close(container);
      expect(r.list('/dev/vfio')).to.deep.equal(['vfio']);
    });

    it('takes a negative number for no container at all', () => {
      const r = rig();
      const group = r.open('/dev/vfio/0');
      expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: -1 })).to.equal('EINVAL');
      expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: 99 })).to.equal('EBADF');
    });

    it('is busy as long as a device of it is open', () => {
      const r = rig();
      const opened = r.openDevice(A);
      r.close(opened.group);
      expect(r.open('/dev/vfio/0')).to.equal('EBUSY');
      r.close(opened.device);
      expect(r.open('/dev/vfio/0')).to.be.a('number');
    });
  });
}
