import { expect } from 'chai';
import { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { booted, run } from '../../kernel/testing.js';
import { Kvm } from '../../kvm/kvm.js';
import type { MdevDevice, MdevType } from '../../mdev/types.js';
import type { ApHardware } from './hardware.js';
import { AP_2022 } from './life-cycle.js';
import { MatrixDev, MAX_ZDEV_ENTRIES_EXT } from './matrix.js';
import { busy, matrix_ops } from './parent-ops.js';
import { AP_6_0, AP_SERIES_02 } from './probed.js';

const hardware = (...queues: string[]): ApHardware => ({
  maxAdapter: 7,
  maxDomain: 7,
  resetMs: 0,
  has: (adapter, domain) => queues.includes(`${adapter}.${domain}`),
});

const STRICT = { strict: true };
const LOOSE = { strict: false };

describe('the matrix of adapters and domains', () => {
  it('gives a device only queues that there are', () => {
    const k = booted();
    const matrix = new MatrixDev(hardware('1.1', '1.2', '2.1'), STRICT);
    const device = run(k, matrix.add(k));
    expect(matrix.assign(device, 'adapters', 3)).to.equal(-Errno.EADDRNOTAVAIL);
    expect(matrix.assign(device, 'adapters', 1)).to.equal(0);
    expect(matrix.assign(device, 'domains', 2)).to.equal(0);
    expect(matrix.assign(device, 'adapters', 2)).to.equal(-Errno.EADDRNOTAVAIL);
    expect([...device.masks.adapters]).to.deep.equal([1]);
  });

  it('gives a control domain to whoever asks', () => {
    const k = booted();
    const matrix = new MatrixDev(hardware(), STRICT);
    for (const device of [run(k, matrix.add(k)), run(k, matrix.add(k))]) {
      expect(matrix.assign(device, 'controls', 5)).to.equal(0);
    }
  });

  it('keeps what a device had when a queue of another one would come with it', () => {
    const k = booted();
    const matrix = new MatrixDev(hardware('1.1'), LOOSE);
    const [first, second] = [run(k, matrix.add(k)), run(k, matrix.add(k))];
    for (const mask of ['adapters', 'domains'] as const) matrix.assign(first, mask, 1);
    expect(matrix.assign(second, 'domains', 1)).to.equal(0);
    expect(matrix.assign(second, 'adapters', 1)).to.equal(-Errno.EADDRINUSE);
    expect(second.masks.adapters.size).to.equal(0);
    // what it had before stays, though it is asked for again in vain
    second.masks.adapters.add(1);
    expect(matrix.assign(second, 'domains', 1)).to.equal(-Errno.EADDRINUSE);
    expect([...second.masks.domains]).to.deep.equal([1]);
  });

  it('gives a guest no adapter that lacks a queue', () => {
    const k = booted();
    const matrix = new MatrixDev(hardware('1.1', '1.2', '2.1'), LOOSE);
    const device = run(k, matrix.add(k));
    for (const id of [1, 2]) matrix.assign(device, 'adapters', id);
    for (const id of [1, 2]) matrix.assign(device, 'domains', id);
    expect([...matrix.guest_masks(device).adapters]).to.deep.equal([1]);
  });

  it('resets each queue, and looks twice whether it is empty', () => {
    const k = booted();
    const matrix = new MatrixDev({ ...hardware('1.1', '1.2'), resetMs: 100 }, LOOSE);
    const device = run(k, matrix.add(k));
    matrix.assign(device, 'adapters', 1);
    for (const id of [1, 2, 3]) matrix.assign(device, 'domains', id);
    run(k, matrix.remove(k, device));
    expect(k.sched.now).to.equal(80);
    expect(matrix.mdev_list).to.deep.equal([]);
  });
});

const mod = {} as Module;
const mdev = { dev: new Device({ name: 'A' }) } as MdevDevice;

describe('vfio_ap without instances', () => {
  const used_up = () => {
    const matrix = new MatrixDev(hardware(), STRICT);
    expect(matrix.available_instances).to.equal(MAX_ZDEV_ENTRIES_EXT);
    matrix.available_instances = 0;
    return matrix;
  };

  it('refuses in its create', () => {
    const k = booted('linux-5.10');
    const { create } = matrix_ops(mod, used_up(), busy);
    expect(run(k, create!(k, {} as MdevType, mdev))).to.equal(-Errno.EPERM);
  });

  for (const [name, era] of Object.entries({ AP_SERIES_02, AP_6_0, AP_2022 })) {
    it(`refuses in its probe: ${name}`, () => {
      const k = booted();
      const { driver } = era.form(mod, used_up());
      expect(run(k, driver!.probe!(k, mdev))).to.equal(-Errno.EPERM);
    });
  }
});

it('vfio_ap keeps a device that a guest has, as it was', () => {
  const k = booted('linux-5.10');
  const matrix = new MatrixDev(hardware(), STRICT);
  const { create, remove } = matrix_ops(mod, matrix, busy);
  const device = { ...mdev };
  expect(run(k, create!(k, {} as MdevType, device))).to.equal(0);
  matrix.mdev_list[0]!.kvm = new Kvm();
  expect(run(k, remove!(k, device))).to.equal(-Errno.EBUSY);
  expect(matrix.mdev_list).to.have.length(1);
  expect(k.leaked).to.deep.equal(['what A took of vfio_ap']);
  expect(matrix.available_instances).to.equal(MAX_ZDEV_ENTRIES_EXT - 1);
});
