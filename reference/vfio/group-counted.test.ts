import { expect } from 'chai';
import { A, B, device, Rig } from '../testing.js';

describe('a counted group', () => {
  const rig = () => {
    const r = new Rig('linux-5.10', 'vfio', 'vfio_iommu_type1', 'mdev', 'vfio_mdev', 'mscript');
    r.create('mscript0/mscript-a', A);
    r.events();
    return r;
  };

  it('goes with its device', () => {
    const r = rig();
    expect(r.list('/dev/vfio')).to.deep.equal(['0', 'vfio']);
    expect(r.remove(A)).to.equal(1);
    expect(r.list('/dev/vfio')).to.deep.equal(['vfio']);
    expect(r.events('call')).to.include('vfio_group_release()');
  });

  it('stays as long as somebody has it open, with node, number and IOMMU group', () => {
    const r = rig();
    const group = r.open('/dev/vfio/0');
    expect(r.remove(A)).to.equal(1);
    expect(r.list('/dev/vfio')).to.deep.equal(['0', 'vfio']);
    expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal(['0/']);
    r.create('mscript0/mscript-a', A);
    expect(r.list('/dev/vfio')).to.deep.equal(['0', '1', 'vfio']);
    r.close(group);
    expect(r.list('/dev/vfio')).to.deep.equal(['1', 'vfio']);
    expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal(['1/']);
  });

  it('is opened once, and not while a device of it is in use', () => {
    const r = rig();
    const { group, device: fd } = r.openDevice(A);
    expect(r.open('/dev/vfio/0')).to.equal('EBUSY');
    r.close(group);
    expect(r.open('/dev/vfio/0')).to.equal('EBUSY');
    r.close(fd);
    expect(r.open('/dev/vfio/0')).to.be.a('number');
  });

  it('has to be usable before it is asked for a device', () => {
    const r = rig();
    const group = r.open('/dev/vfio/0');
    expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', B)).to.equal('EINVAL');
    const container = r.open('/dev/vfio/vfio');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: -1 })).to.equal('EINVAL');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: 99 })).to.equal('EBADF');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: group as number })).to.equal('EINVAL');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER')).to.equal('EFAULT');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: container as number })).to.equal(0);
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: 99 })).to.equal('EINVAL');
    expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A)).to.equal('EINVAL');
    expect(r.ioctl(container, 'VFIO_SET_IOMMU', 1)).to.equal(0);
    expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', B)).to.equal('ENODEV');
    expect(r.ioctl(group, 'VFIO_GET_API_VERSION')).to.equal('ENOTTY');
  });

  it('keeps a remove waiting for its descriptors, then for its container', () => {
    const r = rig();
    const { group, container, device: fd } = r.openDevice(A);
    r.startRemove('remover', A);
    expect(r.state('remover')).to.equal('blocked');
    const second = r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A);
    expect(second).to.be.a('number');
    r.close(fd);
    r.close(second);
    expect(r.state('remover')).to.equal('blocked');
    expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A)).to.equal('ENODEV');
    expect(r.ioctl(group, 'VFIO_GROUP_UNSET_CONTAINER')).to.equal(0);
    expect(r.state('remover')).to.equal('done');
    r.close(group);
    r.close(container);
    expect(r.list(device(A))).to.equal('ENOENT');
  });

  it('tells of a signal once, and goes on waiting', () => {
    const r = rig();
    const { group, device: fd } = r.openDevice(A);
    r.startRemove('remover', A);
    r.events();
    r.kill('remover', 'SIGTERM');
    r.kill('remover', 'SIGTERM');
    r.advance(11_000);
    const warning =
      `<4> vfio_mdev ${A}: Device is currently in use, task "remover" (<pid>) ` +
      'blocked until device is released';
    expect(r.events('log')).to.deep.equal([warning]);
    expect(r.state('remover')).to.equal('blocked');
    r.close(fd);
    r.close(group);
    expect(r.state('remover')).to.equal('done');
  });

  it('has no IOMMU to offer once its device is gone', () => {
    const r = rig();
    const group = r.open('/dev/vfio/0');
    r.remove(A);
    const container = r.open('/dev/vfio/vfio');
    expect(r.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: container as number })).to.equal(0);
    expect(r.ioctl(container, 'VFIO_SET_IOMMU', 1)).to.equal('EIO');
  });

  it('leaves VFIO_DEVICE_FEATURE to the driver', () => {
    const r = rig();
    const { device: fd } = r.openDevice(A);
    r.events();
    expect(r.ioctl(fd, 'VFIO_DEVICE_FEATURE', { hex: '0000000000000000' })).to.equal('ENOTTY');
    expect(r.events('log')).to.have.length(1);
  });
});
