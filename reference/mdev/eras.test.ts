/** What the eras between the recorded ones do, as the facts and the posted patches have it. */
import { expect } from 'chai';
import { profile } from '../kernel/testing.js';
import { A, B, device, Rig } from '../testing.js';

const SHIM_MODULE = ['linux-5.10', 'linux-5.13'];
const PARENT_OPS = ['linux-5.13', 'series-01'];

const core = (era: string): string[] => [
  'vfio',
  'vfio_iommu_type1',
  'mdev',
  ...(SHIM_MODULE.includes(era) ? ['vfio_mdev'] : []),
];
const rig = (era: string, ...modules: string[]) => new Rig(era, ...core(era), ...modules);
const has = (era: string, name: string): boolean =>
  profile(era).modules.some((module) => module.name === name);

/** Unloads whatever is loaded, in the only order that works; the model then looks for leaks. */
function unload(r: Rig, era: string, ...modules: string[]): void {
  for (const module of [...modules, ...core(era).reverse()]) expect(r.rmmod(module)).to.equal(0);
}

const TYPES = {
  mtty: 'mtty-2',
  mdpy: 'mdpy-vga',
  mbochs: 'mbochs-small',
  mscript: 'mscript0/mscript-a',
};

for (const era of PARENT_OPS) {
  describe(`${era}: every driver`, () => {
    for (const [driver, type] of Object.entries(TYPES)) {
      it(`${driver} makes, opens, closes and removes a device, and leaves nothing`, () => {
        const r = rig(era, driver);
        const free = r.available(type);
        expect(r.create(type, A)).to.equal(36);
        expect(r.create(type, A)).to.equal('EEXIST');
        expect(r.available(type)).to.equal(free - 1);
        const opened = r.openDevice(A);
        expect(opened.device).to.be.a('number');
        r.startRemove('remover', A);
        expect(r.state('remover')).to.equal('blocked');
        for (const fd of [opened.device, opened.group, opened.container]) r.close(fd);
        expect(r.join('remover')).to.equal(1);
        expect(r.available(type)).to.equal(free);
        expect(r.create(type, B)).to.equal(36);
        unload(r, era, driver);
      });
    }

    it('a parent that goes takes its devices along', () => {
      const r = rig(era, 'mscript');
      for (const id of [A, B]) r.create(TYPES.mscript, id);
      expect(r.write('/sys/kernel/debug/mscript/unregister', '0')).to.equal(1);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      unload(r, era, 'mscript');
    });

    it('a parent is registered once (facts 2.1)', () => {
      const r = rig(era, 'mscript');
      expect(r.write('/sys/kernel/debug/mscript/reregister', '0')).to.equal('EEXIST');
      unload(r, era, 'mscript');
    });
  });
}

describe('parent ops from 5.13 on', () => {
  for (const era of PARENT_OPS) {
    it(`${era}: a create that fails is never seen (facts 12b)`, () => {
      const r = rig(era, 'mscript create_ret=-28');
      r.events();
      expect(r.create(TYPES.mscript, A)).to.equal('ENOSPC');
      expect(r.events('uevent', 'sysfs')).to.deep.equal([]);
    });

    it(`${era}: create is given the device alone (facts 0.2)`, () => {
      const r = rig(era, 'mscript');
      r.create(TYPES.mscript, A);
      expect(r.events('callback')[0]).to.equal(`mscript.create(${A})`);
    });

    it(`${era}: a parent that can't be asked is told of (facts 2.1)`, () => {
      const line = /Driver cannot be asked to release device/;
      const silent = rig(era, 'mscript');
      silent.rmmod('mscript');
      silent.events();
      silent.insmod('mscript');
      expect(silent.events('log').filter((log) => line.test(log))).to.have.length(1);
      silent.rmmod('mscript');
      silent.insmod('mscript', 'use_request=1');
      expect(silent.events('log').filter((log) => line.test(log))).to.deep.equal([]);
    });

    it(`${era}: the shim hands requests on, or says once that it can't (facts 6.4)`, () => {
      for (const [params, expected] of [
        [
          'use_request=1',
          [`<6> mdev ${A}: ms_request count=0`, `<6> mdev ${A}: ms_request count=1`],
        ],
        [
          '',
          [
            `<5> mdev ${A}: No mdev vendor driver request callback support, blocked until released by user`,
          ],
        ],
      ] as const) {
        const r = rig(era, `mscript ${params}`);
        r.create(TYPES.mscript, A);
        const opened = r.openDevice(A);
        r.events();
        r.startRemove('remover', A);
        r.call({ method: 'advance', params: { ms: 10_000 } });
        const told = r.events('log').filter((log) => /ms_request|No mdev vendor/.test(log));
        expect(told.map((log) => log.replace('vfio_mdev', 'mdev'))).to.deep.equal(expected);
        for (const fd of [opened.device, opened.group]) r.close(fd);
        expect(r.join('remover')).to.equal(1);
      }
    });

    it(`${era}: the remove waits for the container as well (facts 6.4, 12.18)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const opened = r.openDevice(A);
      r.startRemove('remover', A);
      r.close(opened.device);
      expect(r.state('remover')).to.equal('blocked');
      r.close(opened.group);
      expect(r.join('remover')).to.equal(1);
    });

    it(`${era}: without a container nobody is asked for a name (facts 7)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const group = r.open('/dev/vfio/0');
      expect(r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', B)).to.equal('EINVAL');
      r.close(group);
      const opened = r.openDevice(B);
      expect(opened.device).to.equal('ENODEV');
    });

    it(`${era}: an open pins the shim's module, not the driver's (facts 7)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const shim = has(era, 'vfio_mdev') ? 'vfio_mdev' : 'mdev';
      const count = () =>
        [shim, 'mtty'].map((name) => Number(r.read(`/sys/module/${name}/refcnt`)));
      const [of_shim, of_driver] = count();
      r.openDevice(A);
      expect(count()).to.deep.equal([of_shim! + 1, of_driver]);
    });
  }

  it('a type keeps its parent, a device its type (facts 2.2, 3.2)', () => {
    const r = rig('linux-5.13', 'mscript');
    r.create(TYPES.mscript, A);
    r.rmmod('mscript');
    const gone = r.events('call').filter((call) => /_release\(/.test(call));
    const at = (pattern: RegExp) => gone.findIndex((call) => pattern.test(call));
    expect(at(/^mdev_device_release/)).to.be.lessThan(at(/^device_release\(mscript0\)/));
  });

  it('a create succeeds though nobody binds the device (facts 3.4, 12.1)', () => {
    const r = new Rig('linux-5.13', 'vfio', 'mdev', 'mtty');
    expect(r.create(TYPES.mtty, A)).to.equal(36);
    expect(r.readlink(`${device(A)}/driver`)).to.equal('ENOENT');
    expect(r.insmod('vfio_mdev')).to.equal(0);
    expect(r.readlink(`${device(A)}/driver`)).to.match(/vfio_mdev$/);
  });

  it('series-01: the shim is of mdev.ko, and there is no other (facts 1.1)', () => {
    const r = rig('series-01');
    expect(r.readlink('/sys/bus/mdev/drivers/vfio_mdev/module')).to.match(/\/module\/mdev$/);
    expect(r.insmod('vfio_mdev')).to.equal('ENOENT');
    expect(r.rmmod('vfio')).to.equal('EAGAIN');
    unload(r, 'series-01');
  });
});
