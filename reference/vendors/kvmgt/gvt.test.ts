import { expect } from 'chai';
import { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { booted, atomic, run } from '../../kernel/testing.js';
import { Kvm } from '../../kvm/kvm.js';
import type { MdevDevice } from '../../mdev/types.js';
import { Gvt, type GvtType, type Vgpu } from './gvt.js';
import { intel_vgpu_ops } from './parent-ops.js';
import { types } from './types.js';

/** Memory of 4 GB, 1 GB of it aperture. */
const CARD = { low: 1024, high: 3072, fence: 32 };

const type_of = (gvt: Gvt, name: string): GvtType => gvt.types.find((type) => type.name === name)!;

describe('a card that shares', () => {
  it('has the types that fit its aperture, up to the first that does not', () => {
    const names = (low: number, gen = 9) =>
      new Gvt({ ...CARD, low }, gen).types.map(({ sysfs_name }) => sysfs_name);
    expect(names(1024)).to.deep.equal(['GVTg_V5_8', 'GVTg_V5_4', 'GVTg_V5_2', 'GVTg_V5_1']);
    expect(names(256)).to.deep.equal(['GVTg_V5_8', 'GVTg_V5_4']);
    expect(names(192)).to.deep.equal(['GVTg_V5_8']);
    expect(names(128)).to.deep.equal([]);
    expect(names(192, 8)).to.deep.equal(['GVTg_V4_8']);
  });

  it('has numbers for seven, however much is left', () => {
    const k = booted();
    const gvt = new Gvt({ low: 4096, high: 65536, fence: 256 }, 9);
    const type = type_of(gvt, '8');
    atomic(k, () => {
      for (let id = 1; id <= 7; id++) expect(gvt.create(k, type)).to.include({ id });
      expect(gvt.create(k, type)).to.equal(-Errno.ENOSPC);
      expect(gvt.available(type)).to.be.greaterThan(0);
      gvt.destroy(gvt.vgpus.get(3)!);
      expect(gvt.create(k, type)).to.include({ id: 3 });
    });
    expect(k.takeEvents()).to.deep.equal([]);
  });

  it('has no negative number of instances left', () => {
    const k = booted();
    const gvt = new Gvt(CARD, 9);
    atomic(k, () => gvt.create(k, type_of(gvt, '1')));
    expect(gvt.types.map((type) => gvt.available(type))).to.deep.equal([1, 1, 0, 0]);
  });

  it('says what it said before until a device comes or goes', () => {
    const k = booted();
    const gvt = new Gvt({ ...CARD, fence: 8 }, 9);
    const type = type_of(gvt, '8');
    expect(gvt.available(type)).to.equal(1);
    expect(gvt.available_as_said(type)).to.equal(7);
    const vgpu = atomic(k, () => gvt.create(k, type)) as Vgpu;
    expect(gvt.available_as_said(type)).to.equal(0);
    gvt.destroy(vgpu);
    expect(gvt.available_as_said(type)).to.equal(1);
  });
});

it('kvmgt keeps a device that a guest has open, as it was', () => {
  const k = booted('linux-5.10');
  const gvt = new Gvt(CARD, 9);
  const { create, remove } = intel_vgpu_ops({} as Module, gvt);
  const device = { dev: new Device({ name: 'A' }) } as MdevDevice;
  expect(run(k, create!(k, types(gvt)[0]!, device))).to.equal(0);
  gvt.vgpus.get(1)!.attached = new Kvm();
  expect(run(k, remove!(k, device))).to.equal(-Errno.EBUSY);
  expect(gvt.vgpus.size).to.equal(1);
  expect(k.leaked).to.deep.equal(['what A took of kvmgt']);
  gvt.vgpus.get(1)!.attached = undefined;
  expect(run(k, remove!(k, device))).to.equal(0);
  expect(gvt.vgpus.size).to.equal(0);
});
