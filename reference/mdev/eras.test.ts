/** What the eras between the recorded ones do, as the facts and the posted patches have it. */
import { expect } from 'chai';
import { device_create } from '../kernel/device-create.js';
import { expectBug, profile, run } from '../kernel/testing.js';
import { A, B, C, device, Rig, uuid } from '../testing.js';
import { vfio } from '../vfio/state.js';

const SHIM_MODULE = ['linux-5.10', 'linux-5.13'];
const PARENT_OPS = ['linux-5.13', 'series-01'];
/** mdev_bind_driver() */
const SERIES = ['series-02', 'series-09', 'series-11'];
/** device_driver_attach() */
const MERGED = ['linux-5.14', 'linux-6.0', 'ccw-2022'];
const PROBED = [...SERIES, ...MERGED];
/** a shim that is part of the core, beside drivers that bind */
const BOTH = ['series-02', 'linux-5.14'];
const PER_FD = [...SERIES, 'linux-5.14'];

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

for (const era of [...PARENT_OPS, ...PROBED]) {
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

    it('a device in use holds its parent up, which makes no more devices meanwhile (facts 5)', () => {
      const r = rig(era, 'mscript');
      r.create(TYPES.mscript, A);
      const opened = r.openDevice(A);
      const path = '/sys/kernel/debug/mscript/unregister';
      r.start('unregister', 'write', { path, data: '0' });
      expect(r.state('unregister')).to.equal('blocked');
      // Its link in the class is gone already.
      const types = '/sys/devices/virtual/mscript/mscript0/mdev_supported_types';
      expect(r.write(`${types}/mscript-a/create`, B)).to.equal('ENODEV');
      for (const fd of [opened.device, opened.group, opened.container]) r.close(fd);
      expect(r.join('unregister')).to.equal(1);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      unload(r, era, 'mscript');
    });

    it('a signal makes a removal ask once more, and then wait to the end (facts 6.4)', () => {
      const r = rig(era, 'mscript use_request=1');
      r.create(TYPES.mscript, A);
      const opened = r.openDevice(A);
      r.startRemove('remover', A);
      r.events();
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        r.call({ method: 'kill', params: { task: 'remover', signal } });
      }
      const log = r.events('log');
      expect(log.filter((line) => /blocked until device is released/.test(line))).to.have.length(1);
      expect(log.filter((line) => /ms_request count=1/.test(line))).to.have.length(1);
      expect(r.state('remover')).to.equal('blocked');
      for (const fd of [opened.device, opened.group, opened.container]) r.close(fd);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
    });

    if (PROBED.includes(era)) return;
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

const AUTOPROBE = '/sys/bus/mdev/drivers_autoprobe';
const ctl = (r: Rig, file: string, value: string) =>
  r.write(`/sys/kernel/debug/mscript/${file}`, value);
const set = (r: Rig, name: string, value: string) =>
  r.write(`/sys/module/mscript/parameters/${name}`, value);
const closeAll = (r: Rig, opened: { device: unknown; group: unknown; container: unknown }) => {
  for (const fd of [opened.device, opened.group, opened.container]) r.close(fd as number);
};

describe('drivers that bind their devices', () => {
  for (const era of PROBED) {
    it(`${era}: add and bind are announced before the links to the type are there (facts 3.2)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const told = r.events('uevent', 'sysfs');
      const at = (text: RegExp) => told.findIndex((line) => text.test(line));
      expect(at(/^add .*mtty/)).to.be.lessThan(at(/^bind/));
      expect(at(/^bind/)).to.be.lessThan(at(/mdev_type$/));
    });

    it(`${era}: a parent is registered once, whoever binds its devices (facts 2.1)`, () => {
      const r = rig(era, 'mscript');
      expect(ctl(r, 'reregister', '0')).to.equal('EEXIST');
      expect(ctl(r, 'reregister', '1')).to.equal('EINVAL');
      expect(r.create(TYPES.mscript, A)).to.equal(36);
      unload(r, era, 'mscript');
    });

    it(`${era}: a driver that goes lets its devices go, last bound first; they stay (facts 1.3)`, () => {
      const r = rig(era, 'mscript');
      for (const id of [A, B]) r.create(TYPES.mscript, id);
      r.events();
      expect(ctl(r, 'driver', '1')).to.equal('EALREADY');
      expect(ctl(r, 'driver', '0')).to.equal(1);
      const unbound = r.events('uevent').filter((line) => line.startsWith('unbind'));
      expect(unbound.map((line) => line.includes(A))).to.deep.equal([false, true]);
      expect(r.list('/sys/bus/mdev/devices')).to.have.length(2);
      expect(r.rmmod('mscript')).to.equal(0);
    });

    it(`${era}: a create whose driver is gone ${
      SERIES.includes(era) ? 'finds nobody' : 'dereferences it'
    } (facts 1.3, 3.3)`, () => {
      const r = rig(era, 'mscript');
      ctl(r, 'driver', '0');
      if (!SERIES.includes(era)) {
        expectBug('OOPS', () => r.create(TYPES.mscript, A));
        return;
      }
      expect(r.create(TYPES.mscript, A)).to.equal('EINVAL');
      expect(ctl(r, 'driver', '1')).to.equal(1);
      expect(r.create(TYPES.mscript, A)).to.equal(36);
      unload(r, era, 'mscript');
    });

    it(`${era}: the vendor's remove comes before unbind and remove are announced (facts 4)`, () => {
      const r = rig(era, 'mscript');
      r.create(TYPES.mscript, A);
      r.events();
      r.remove(A);
      const told = r
        .events('uevent', 'callback')
        .filter((line) => !/vfio|release|iommu/.test(line));
      expect(told.map((line) => line.split(/[ (]/)[0])).to.deep.equal([
        'mscript.remove',
        'unbind',
        'remove',
      ]);
    });

    it(`${era}: the probe's errno reaches the writer, and nothing is left (facts 3.3, 3.4)`, () => {
      const r = rig(era, 'mscript probe_ret=-28');
      expect(r.create(TYPES.mscript, A)).to.equal('ENOSPC');
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal([]);
      expect(r.events('log')).to.include(`<4> mscript: probe of ${A} failed with error -28`);
      set(r, 'probe_ret', '0');
      set(r, 'late_ret', '-5');
      expect(r.create(TYPES.mscript, A)).to.equal('EIO');
      set(r, 'late_ret', '0');
      expect(r.create(TYPES.mscript, A)).to.equal(36);
      expect(r.remove(A)).to.equal(1);
      unload(r, era, 'mscript');
    });

    const deferred = SERIES.includes(era) ? 'EPROBE_DEFER' : 'EAGAIN';
    it(`${era}: a probe that wants to be asked later is ${deferred} (facts 3.4, 12.7)`, () => {
      const r = rig(era, 'mscript probe_ret=-517');
      expect(r.create(TYPES.mscript, A)).to.equal(deferred);
    });

    it(`${era}: a device without a driver can't be opened, and bind ${
      SERIES.includes(era) ? 'works' : 'never does'
    } (facts 9.5)`, () => {
      const r = rig(era, 'mscript');
      r.create(TYPES.mscript, A);
      const driver = '/sys/bus/mdev/drivers/mscript';
      expect(r.write(`${driver}/unbind`, A)).to.equal(36);
      expect(r.list('/dev/vfio')).to.deep.equal(['vfio']);
      expect(r.write(`${driver}/bind`, A)).to.equal(SERIES.includes(era) ? 36 : 'ENODEV');
      expect(r.write('/sys/bus/mdev/drivers_probe', A)).to.equal(36);
      expect(r.remove(A)).to.equal(1);
      unload(r, era, 'mscript');
    });

    it(`${era}: the limit of mscript is its own`, () => {
      const r = rig(era, 'mscript max_inst=1 desc=1 nr_parents=2');
      expect(r.create(TYPES.mscript, A)).to.equal(36);
      expect(r.create(TYPES.mscript, B)).to.equal('EUSERS');
      expect(r.create('mscript1/mscript-b', B)).to.equal(36);
      expect(r.available(TYPES.mscript)).to.equal(0);
      expect(r.read(`${r.type(TYPES.mscript)}/description`)).to.equal('scripted type a\n');
      expect(r.rmmod('mscript')).to.equal(0);
    });

    it(`${era}: mscript without VFIO, probe or remove is a driver all the same`, () => {
      for (const params of ['use_vfio=0', 'no_probe=1', 'use_avail=1 avail=-1 collide=extra']) {
        const r = rig(era, `mscript ${params}`);
        expect(r.create(TYPES.mscript, A), params).to.equal(36);
        expect(r.remove(A)).to.equal(1);
        unload(r, era, 'mscript');
      }
    });

    it(`${era}: types are groups that can fail (facts 2.2)`, () => {
      const r = rig(era);
      expect(r.insmod('mscript', 'noname_type=1')).to.equal('EINVAL');
      expect(r.events('log')).to.include('<3> add_mdev_supported_type: Type name empty!');
      expect(r.insmod('mscript', 'dup_type=1')).to.equal('EEXIST');
      expect(r.insmod('mscript', 'no_types=1')).to.equal('EINVAL');
      unload(r, era);
    });

    it(`${era}: an open that fails is the driver's answer; the request is the driver's (facts 7)`, () => {
      const r = rig(era, 'mscript open_ret=-16 use_request=1');
      r.create(TYPES.mscript, A);
      const opened = r.container();
      const open = () => r.ioctl(opened.group, 'VFIO_GROUP_GET_DEVICE_FD', A);
      expect(open()).to.equal('EBUSY');
      set(r, 'open_ret', '0');
      r.events();
      const fds = [open(), open()];
      const op = PER_FD.includes(era) ? ['mscript.open', 'mscript.open'] : ['mscript.open_device'];
      expect(r.events('callback').map((line) => line.split('(')[0])).to.deep.equal(op);
      r.startRemove('remover', A);
      expect(r.events('callback')).to.include(`mscript.request(${A}, 0)`);
      for (const fd of [...fds, opened.group, opened.container]) r.close(fd);
      expect(r.join('remover')).to.equal(1);
      unload(r, era, 'mscript');
    });

    const pins = MERGED.includes(era);
    it(`${era}: the core ${pins ? 'pins the driver' : 'pins nobody'} (facts 7, 12.21)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const opened = r.openDevice(A);
      expect(r.read('/sys/module/mtty/refcnt')).to.equal(pins ? '1\n' : '0\n');
      if (pins) expect(r.rmmod('mtty')).to.equal('EAGAIN');
      closeAll(r, opened);
      expect(r.rmmod('mtty')).to.equal(0);
    });

    const waits = PER_FD.includes(era);
    it(`${era}: the remove ${waits ? 'waits' : "doesn't wait"} for the container (facts 6.4)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const opened = r.openDevice(A);
      r.startRemove('remover', A);
      r.close(opened.device);
      expect(r.state('remover')).to.equal(waits ? 'blocked' : 'done');
      r.close(opened.group);
      r.close(opened.container);
      expect(r.join('remover')).to.equal(1);
      unload(r, era, 'mtty');
    });

    it(`${era}: ${waits ? 'the container' : 'the name'} is looked at first (facts 7, 12.22)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      const group = r.open('/dev/vfio/0');
      const answer = r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', B);
      expect(answer).to.equal(waits ? 'EINVAL' : 'ENODEV');
    });

    const grouped = PER_FD.includes(era);
    it(`${era}: the IOMMU group is ${grouped ? "the bus's" : "VFIO's"} doing (facts 6.1)`, () => {
      const r = rig(era, 'mtty');
      r.create(TYPES.mtty, A);
      r.remove(A);
      const log = r.events('log').filter((line) => /MDEV: (group_id|detaching)/.test(line));
      expect(log).to.have.length(grouped ? 2 : 0);
    });

    const early = ['series-11', 'linux-6.0', 'ccw-2022'].includes(era);
    it(`${era}: the file remove is there ${early ? 'before add' : 'after bind'} (facts 3.2, 12.4)`, () => {
      const slow = rig(era, 'mscript probe_delay_ms=1000');
      slow.start('creator', 'write', {
        path: `${slow.type(TYPES.mscript)}/create`,
        data: A,
      });
      const names = slow.list(device(A));
      expect((names as string[]).includes('remove')).to.equal(early);
      expect(slow.remove(A)).to.equal(early ? 'EAGAIN' : 'ENOENT');
      expect(slow.join('creator')).to.equal(36);
      // A removal that came too early has used the file up.
      expect(slow.remove(A)).to.equal(early ? 'ENOENT' : 1);
      unload(slow, era, 'mscript');
    });
  }
});

describe('what the drivers have to give (facts 8.8)', () => {
  const many = Array.from({ length: 13 }, (_each, at) => uuid(String.fromCharCode(97 + at)));
  for (const era of PROBED) {
    const limited = MERGED.includes(era);
    it(`${era}: mtty has ${limited ? '24 ports' : 'no limit'}`, () => {
      const r = rig(era, 'mtty');
      const answers = many.map((id) => r.create(TYPES.mtty, id));
      expect(answers.slice(0, 12)).to.deep.equal(Array.from({ length: 12 }, () => 36));
      expect(answers[12]).to.equal(limited ? 'ENOSPC' : 36);
      expect(r.available('mtty-1')).to.equal(limited ? 0 : -2);
    });

    it(`${era}: mdpy has no memory for more than count`, () => {
      const r = rig(era, 'mdpy count=1');
      expect(r.create(TYPES.mdpy, A)).to.equal(36);
      expect(r.create(TYPES.mdpy, B)).to.equal('ENOMEM');
      expect(r.remove(A)).to.equal(1);
      expect(r.create(TYPES.mdpy, B)).to.equal(36);
    });

    const errno = ['linux-6.0', 'ccw-2022'].includes(era) ? 'ENOSPC' : 'ENOMEM';
    it(`${era}: mbochs says ${errno}`, () => {
      const r = rig(era, 'mbochs count=4');
      expect(r.create(TYPES.mbochs, A)).to.equal(36);
      expect(r.create(TYPES.mbochs, B)).to.equal(errno);
      expect(r.read(`${device(A)}/vendor/memory`)).to.equal('4 MB\n');
      expect(r.read(`${r.type(TYPES.mbochs)}/description`)).to.equal(
        'virtual display, 4 MB video memory\n',
      );
    });

    const given = PER_FD.includes(era);
    it(`${era}: mbochs gives ${given ? 'back what is still in use' : 'nothing back in use'} (facts 12.26)`, () => {
      const r = rig(era, 'mbochs count=4');
      r.create(TYPES.mbochs, A);
      const opened = r.openDevice(A);
      r.startRemove('remover', A);
      expect(r.available(TYPES.mbochs)).to.equal(given ? 1 : 0);
      closeAll(r, opened);
      expect(r.join('remover')).to.equal(1);
      expect(r.available(TYPES.mbochs)).to.equal(1);
    });

    const byCore = MERGED.includes(era) ? 1 : 0;
    const byThemselves = PER_FD.includes(era) ? 1 : 0;
    it(`${era}: mdpy and mbochs are pinned ${byCore ? 'by the core' : ''} ${
      byThemselves ? 'by themselves' : ''
    }, and read through their descriptors`, () => {
      for (const driver of ['mdpy', 'mbochs'] as const) {
        const r = rig(era, driver);
        r.create(TYPES[driver], A);
        const opened = r.openDevice(A);
        expect(r.read(`/sys/module/${driver}/refcnt`)).to.equal(`${byCore + byThemselves}\n`);
        const fd = opened.device as number;
        expect(r.call({ method: 'pread', params: { fd, offset: 0, count: 4 } }).ret).to.equal(4);
        expect(r.call({ method: 'pwrite', params: { fd, offset: 0, hex: '00' } }).ret).to.equal(1);
        expect(r.call({ method: 'mmap', params: { fd, offset: 4096, length: 0 } }).errno).to.be.a(
          'string',
        );
        expect(r.ioctl(fd, '0x3bff')).to.equal('ENOTTY');
        closeAll(r, opened);
        unload(r, era, driver);
      }
    });
  }

  for (const [era, driver, left] of [
    ['series-02', 'mtty', 11],
    ['series-02', 'mbochs', 63],
    ['series-02', 'mdpy', 3],
    ['linux-6.0', 'mdpy', 3],
    ['ccw-2022', 'mdpy', 4],
    ['linux-5.14', 'mtty', 12],
    ['linux-5.14', 'mbochs', 63],
    ['linux-6.0', 'mbochs', 64],
  ] as const) {
    it(`${era}: ${driver} is left with ${left} after a registration that failed (facts 8.1 to 8.3)`, () => {
      const r = rig(era, driver);
      const { k } = r.machine;
      run(k, device_create(k, vfio(k).class!, { major: 240, minor: 0 }, '0'));
      expect(r.create(TYPES[driver], A)).to.equal('EEXIST');
      expect(r.available(TYPES[driver])).to.equal(left);
    });
  }
});

describe('mdev_bind_driver (facts 3.3)', () => {
  for (const era of SERIES) {
    it(`${era}: without autoprobe the device that was bound is taken away, and the write returns 1`, () => {
      const r = rig(era, 'mscript');
      r.write(AUTOPROBE, '0');
      r.events();
      expect(r.create(TYPES.mscript, A)).to.equal(1);
      const told = r.events('uevent').filter((line) => !/vfio|iommu/.test(line));
      expect(told.map((line) => line.split(' ')[0])).to.deep.equal([
        'add',
        'bind',
        'unbind',
        'remove',
      ]);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      unload(r, era, 'mscript');
    });

    it(`${era}: without autoprobe the probe's errno is lost`, () => {
      const r = rig(era, 'mscript probe_ret=-28');
      r.write(AUTOPROBE, '0');
      expect(r.create(TYPES.mscript, A)).to.equal('EINVAL');
    });

    it(`${era}: only the driver of the parent is asked`, () => {
      const r = rig(era, 'mdrv', 'mscript');
      r.create(TYPES.mscript, A);
      expect(r.readlink(`${device(A)}/driver`)).to.match(/mscript$/);
      expect(r.write('/sys/bus/mdev/drivers/mdrv/bind', A)).to.equal('ENODEV');
    });
  }

  it('series-02: an IOMMU group that fails is tried twice, and the errno is lost', () => {
    const r = rig('series-02', 'mscript_ops collide=iommu_group');
    r.events();
    expect(r.create(TYPES.mscript, A)).to.equal('EINVAL');
    const log = r.events('log').filter((line) => /Failed to add to iommu group/.test(line));
    expect(log).to.have.length(2);
    unload(r, 'series-02', 'mscript_ops');
  });

  for (const era of MERGED) {
    it(`${era}: autoprobe is nobody's concern (facts 12.8)`, () => {
      const r = rig(era, 'mscript');
      r.write(AUTOPROBE, '0');
      expect(r.create(TYPES.mscript, A)).to.equal(36);
    });
  }
});

describe('both kinds of driver', () => {
  for (const era of BOTH) {
    it(`${era}: parent operations go through the shim, a driver does without`, () => {
      const r = rig(era, 'mscript_ops use_request=1', 'mtty');
      expect(r.create(TYPES.mscript, A)).to.equal(36);
      expect(r.create(TYPES.mtty, B)).to.equal(36);
      expect(r.readlink(`${device(A)}/driver`)).to.match(/vfio_mdev$/);
      expect(r.readlink(`${device(B)}/driver`)).to.match(/mtty$/);
      const mdev = () => Number(r.read('/sys/module/mdev/refcnt'));
      const before = mdev();
      const opened = r.openDevice(A);
      expect(mdev()).to.equal(before + 1);
      closeAll(r, opened);
      expect(mdev()).to.equal(before);
      expect(r.remove(A)).to.equal(1);
      unload(r, era, 'mtty', 'mscript_ops');
    });

    it(`${era}: without a driver the parent needs create and remove`, () => {
      const r = rig(era);
      expect(r.insmod('mscript_ops', 'no_create=1')).to.equal('EINVAL');
      expect(r.insmod('mscript', 'no_driver=1')).to.equal('EINVAL');
      expect(r.insmod('mprop_mdev')).to.equal(0);
      expect(r.create('mprop/misc-p', A)).to.equal(36);
      expect(r.remove(A)).to.equal(1);
      unload(r, era, 'mprop_mdev');
    });
  }

  it('series-02 still tells of parents that can’t be asked, though their drivers can be; 5.14 and patch 09 don’t (facts 2.1)', () => {
    for (const [era, times] of [
      ['series-02', 1],
      ['series-09', 0],
      ['series-11', 0],
      ['linux-5.14', 0],
    ] as const) {
      const r = rig(era);
      r.insmod('mscript', 'use_request=1');
      const log = r.events('log').filter((line) => /cannot be asked/.test(line));
      expect(log, era).to.have.length(times);
    }
  });

  it('series-09: the parent has to name the driver (facts 2.1)', () => {
    const r = rig('series-09');
    expect(r.insmod('mscript', 'no_driver=1')).to.equal('EINVAL');
    expect(r.list('/sys/bus/mdev/drivers')).to.deep.equal([]);
  });

  for (const era of ['series-11', 'linux-6.0', 'ccw-2022']) {
    it(`${era}: nobody looks whether there is a driver (facts 2.1)`, () => {
      const r = rig(era);
      expectBug('OOPS', () => r.insmod('mscript', 'no_driver=1'));
    });
  }

  for (const era of PROBED) {
    const has_attributes = ['series-02', 'series-09', 'linux-5.14'].includes(era);
    it(`${era}: a parent has ${has_attributes ? '' : 'no '}attributes of its own (facts 2.2)`, () => {
      const r = rig(era, 'mtty');
      const file = '/sys/devices/virtual/mtty/mtty/mtty_dev/sample_mtty_dev';
      expect(r.read(file)).to.equal(has_attributes ? 'This is phy device\n' : 'ENOENT');
    });
  }
});

describe('exports and licences (facts 10.2)', () => {
  for (const era of PROBED) {
    const relaxed = ['series-09', 'series-11'].includes(era);
    it(`${era}: a proprietary module ${relaxed ? 'registers' : 'can’t register'} a VFIO device`, () => {
      const r = rig(era);
      expect(r.insmod('mprop_vfio')).to.equal(relaxed ? 0 : 'ENOENT');
      const type = 'mprop_vfio/misc-p';
      if (relaxed) {
        expect(r.create(type, A)).to.equal(36);
        const opened = r.openDevice(A);
        expect(opened.device).to.be.a('number');
        expect(r.ioctl(opened.device, 'VFIO_DEVICE_RESET')).to.equal('ENOTTY');
        closeAll(r, opened);
        expect(r.remove(A)).to.equal(1);
        unload(r, era, 'mprop_vfio');
      }
    });

    it(`${era}: a proprietary module has devices without VFIO`, () => {
      const r = rig(era, 'mprop_mdev');
      expect(r.create('mprop/misc-p', A)).to.equal(36);
      expect(r.available('mprop/misc-p')).to.equal(2);
      expect(r.open('/dev/mprop')).to.be.a('number');
      expect(r.remove(A)).to.equal(1);
    });
  }
});

describe('ccw-2022 (facts 6.3)', () => {
  it('init fails and release is never called; a registration that fails is released', () => {
    const r = rig('ccw-2022', 'mscript init_ret=-12');
    r.events();
    expect(r.create(TYPES.mscript, A)).to.equal('ENOMEM');
    expect(r.events('callback')).to.not.include(`mscript.release(${A})`);
    set(r, 'init_ret', '0');
    set(r, 'late_ret', '-5');
    expect(r.create(TYPES.mscript, A)).to.equal('EIO');
    expect(r.events('callback')).to.include(`mscript.release(${A})`);
    unload(r, 'ccw-2022', 'mscript');
  });

  it('a driver names no API when it is registered', () => {
    const r = rig('ccw-2022');
    r.events();
    for (const driver of ['mtty', 'mdpy', 'mbochs', 'mscript']) r.insmod(driver);
    const registered = r.events('call').filter((call) => /^mdev_register_driver/.test(call));
    expect(registered).to.deep.equal([
      'mdev_register_driver(mtty)',
      'mdev_register_driver(mdpy)',
      'mdev_register_driver(mbochs)',
      'mdev_register_driver(mscript)',
    ]);
  });

  it('a VFIO device is no device, and is released with its last reference', () => {
    const r = rig('ccw-2022', 'mdpy');
    r.create(TYPES.mdpy, C);
    expect(r.list('/sys/class/vfio-dev')).to.equal('ENOENT');
    expect(r.list(device(C))).to.not.include('vfio-dev/');
    r.events();
    r.remove(C);
    expect(r.events('call')).to.include(`vfio_device_release(${C})`);
  });
});
