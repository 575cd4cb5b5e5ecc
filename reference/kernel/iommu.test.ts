import { expect } from 'chai';
import { Device } from './device.js';
import { device_add } from './core.js';
import { Errno } from './errno.js';
import {
  iommu_group_add_device,
  iommu_group_alloc,
  iommu_group_put,
  iommu_group_remove_device,
  iommu_group_set_name,
} from './iommu.js';
import { class_create } from './class.js';
import { atomic, booted, events, exists, made, names, read, run, write } from './testing.js';

const GROUPS = '/sys/kernel/iommu_groups';

function machine() {
  const k = booted();
  const cls = made(k, class_create(k, 'things'));
  /** A device of that name, below another so that names may repeat. */
  const device = (name: string, parent?: Device) => {
    const dev = new Device({ name, ...(parent ? { parent } : { class: cls }) });
    expect(run(k, device_add(k, dev))).to.equal(0);
    return dev;
  };
  const group = () => made(k, iommu_group_alloc(k));
  return { k, device, group };
}

describe('iommu group', () => {
  it('has the lowest number that is free, until its last reference is gone', () => {
    const { k, group } = machine();
    const [first, second] = [group(), group()];
    expect([first.id, second.id]).to.deep.equal([0, 1]);
    run(k, iommu_group_put(k, first));
    expect([names(k, GROUPS), group().id]).to.deep.equal([['1'], 0]);
  });

  it('has a type that cannot be changed, and a name once it is given one', () => {
    const { k, group } = machine();
    const made = group();
    expect(atomic(k, () => iommu_group_set_name(k, made, 'vfio-noiommu'))).to.equal(0);
    expect(read(k, `${GROUPS}/0/name`)).to.equal('vfio-noiommu\n');
    expect(read(k, `${GROUPS}/0/type`)).to.equal('unknown\n');
    expect(read(k, `${GROUPS}/0/reserved_regions`)).to.equal('');
    expect(write(k, `${GROUPS}/0/type`, 'DMA')).to.equal(-Errno.EINVAL);
  });

  it('sends no uevents', () => {
    const { k, group } = machine();
    events(k);
    run(k, iommu_group_put(k, group()));
    expect(events(k, 'uevent')).to.deep.equal([]);
  });

  it('keeps a number that it could not use free', () => {
    const { k, group } = machine();
    const taken = k.sysfs.lookup('kernel')!.lookup('iommu_groups')!.mkdir('0')!;
    expect(run(k, iommu_group_alloc(k))).to.equal(-Errno.EEXIST);
    taken.unlink();
    expect(group().id).to.equal(0);
  });

  it('and its device are linked to each other', () => {
    const { k, device, group } = machine();
    const [dev, made] = [device('a'), group()];
    events(k);
    expect(run(k, iommu_group_add_device(k, made, dev))).to.equal(0);
    expect(names(k, `${GROUPS}/0/devices`)).to.deep.equal(['a']);
    expect(exists(k, '/sys/devices/virtual/things/a/iommu_group')).to.equal(true);
    expect(events(k, 'log')).to.deep.equal(['<6> things a: Adding to iommu group 0']);
    run(k, iommu_group_remove_device(k, dev));
    expect(names(k, `${GROUPS}/0/devices`)).to.deep.equal([]);
    expect(exists(k, '/sys/devices/virtual/things/a/iommu_group')).to.equal(false);
    expect(events(k, 'log')).to.deep.equal(['<6> things a: Removing from iommu group 0']);
  });

  it('is kept by its devices', () => {
    const { k, device, group } = machine();
    const [dev, made] = [device('a'), group()];
    run(k, iommu_group_add_device(k, made, dev));
    run(k, iommu_group_put(k, made));
    expect(names(k, GROUPS)).to.deep.equal(['0']);
    run(k, iommu_group_remove_device(k, dev));
    expect(names(k, GROUPS)).to.deep.equal([]);
  });

  it('numbers devices of one name', () => {
    const { k, device, group } = machine();
    const made = group();
    const all = ['x', 'y', 'z'].map((name) => device('same', device(name)));
    for (const dev of all) expect(run(k, iommu_group_add_device(k, made, dev))).to.equal(0);
    expect(names(k, `${GROUPS}/0/devices`)).to.deep.equal(['same', 'same.0', 'same.1']);
    run(k, iommu_group_remove_device(k, all[1]!));
    expect(names(k, `${GROUPS}/0/devices`)).to.deep.equal(['same', 'same.1']);
  });

  it('does not take a device that is in a group', () => {
    const { k, device, group } = machine();
    const dev = device('a');
    run(k, iommu_group_add_device(k, group(), dev));
    events(k);
    const other = group();
    expect(run(k, iommu_group_add_device(k, other, dev))).to.equal(-Errno.EEXIST);
    expect(events(k, 'log').at(-1)).to.equal('<3> things a: Failed to add to iommu group 1: -17');
    expect([names(k, `${GROUPS}/1/devices`), other.devices]).to.deep.equal([[], []]);
  });

  it('lets a device be that is in none', () => {
    const { k, device } = machine();
    run(k, iommu_group_remove_device(k, device('a')));
    expect(events(k, 'log')).to.deep.equal([]);
  });
});
