import { expect } from 'chai';
import { A, B, device, eras, Rig } from '../testing.js';

const BASE = ['vfio', 'vfio_iommu_type1', 'mdev'];
const TYPE = 'mscript0/mscript-a';
const CTL = '/sys/kernel/debug/mscript';

for (const era of eras) {
  const loaded = (params = '') => new Rig(era, ...BASE, `mscript ${params}`);
  /** Loads it with parameters that it can't be loaded with. */
  const refused = (params: string) => {
    const rig = new Rig(era, ...BASE);
    return { rig, ret: rig.insmod('mscript', params) };
  };
  const left = (rig: Rig) => [
    rig.list('/sys/bus/mdev/drivers'),
    rig.list('/sys/class/mdev_bus'),
    rig.list('/sys/kernel/debug'),
  ];
  const NOTHING = [[], [], ['devices_deferred']];
  const set = (rig: Rig, name: string, value: number) =>
    rig.write(`/sys/module/mscript/parameters/${name}`, String(value));

  describe(`mscript on ${era}`, () => {
    it('has three types, of which the last has no name of its own', () => {
      const rig = loaded();
      const name = (type: string) => rig.read(`${rig.type(`mscript0/mscript-${type}`)}/name`);
      expect(['a', 'b', 'c'].map(name)).to.deep.equal(['Type A\n', 'Type B\n', 'c\n']);
    });

    it('logs what it is asked', () => {
      const rig = loaded();
      rig.create(TYPE, A);
      const fds = rig.openDevice(A);
      rig.ioctl(fds.device, 'VFIO_DEVICE_RESET');
      rig.close(fds.device);
      rig.remove(A);
      const own = rig.events('log').flatMap((each) => /ms_.*/.exec(each) ?? []);
      expect(own).to.deep.equal([
        'ms_probe type=a probe_ret=0',
        'ms_init -> 0',
        'ms_open -> 0',
        'ms_ioctl cmd=0x3b6f',
        'ms_close',
        'ms_remove begin',
        'ms_release',
        'ms_remove end',
      ]);
    });

    for (const [parameter, ops] of [
      ['probe_ret', ['probe']],
      ['init_ret', ['probe', 'init']],
      ['late_ret', ['probe', 'init', 'release']],
    ] as const) {
      it(`fails where ${parameter} says so, and recovers when it no longer does`, () => {
        const rig = loaded(`${parameter}=-12`);
        rig.events();
        expect(rig.create(TYPE, A)).to.equal('ENOMEM');
        expect(rig.events('callback').map((each) => /\.(\w+)/.exec(each)![1])).to.deep.equal(ops);
        expect([rig.available(TYPE), rig.list('/dev/vfio')]).to.deep.equal([2, ['vfio']]);
        set(rig, parameter, 0);
        expect(rig.create(TYPE, A)).to.equal(36);
      });
    }

    it('refuses to be opened where open_ret says so', () => {
      const rig = loaded('open_ret=-5');
      rig.create(TYPE, A);
      expect(rig.openDevice(A).device).to.equal('EIO');
      expect(rig.remove(A)).to.equal(1);
    });

    it('takes its time to probe and to remove', () => {
      const rig = loaded('probe_delay_ms=20 remove_delay_ms=30');
      rig.create(TYPE, A);
      const created = rig.machine.k.sched.now;
      rig.remove(A);
      expect([created, rig.machine.k.sched.now]).to.deep.equal([20, 50]);
    });

    it('does without VFIO', () => {
      const rig = loaded('use_vfio=0');
      rig.create(TYPE, A);
      expect(rig.list('/dev/vfio')).to.deep.equal(['vfio']);
      expect(rig.remove(A)).to.equal(1);
    });

    it('does without probe and remove', () => {
      const rig = loaded('no_probe=1 no_remove=1');
      rig.create(TYPE, A);
      rig.remove(A);
      expect(rig.events('callback')).to.deep.equal([]);
    });

    it('asks for its devices back where use_request says so', () => {
      const rig = loaded('use_request=1');
      rig.create(TYPE, A);
      const fds = rig.openDevice(A);
      rig.startRemove('remover', A);
      rig.advance(10_000);
      expect(rig.events('callback').filter((each) => each.includes('request'))).to.deep.equal([
        `mscript.request(${A}, 0)`,
        `mscript.request(${A}, 1)`,
      ]);
      rig.close(fds.device);
      expect(rig.join('remover')).to.equal(1);
    });

    it('answers available_instances itself where use_avail says so', () => {
      const rig = loaded('use_avail=1 avail=7');
      expect(rig.available(TYPE)).to.equal(7);
      set(rig, 'avail', 0);
      expect([rig.available(TYPE), rig.create(TYPE, A)]).to.deep.equal([0, 36]);
    });

    it('describes its types where desc says so', () => {
      const rig = loaded('desc=1');
      expect(rig.read(`${rig.type(TYPE)}/description`)).to.equal('scripted type a\n');
    });

    it('has as many instances, parents and types as it is told', () => {
      const rig = loaded('max_inst=1 nr_parents=2 nr_types=1');
      expect(rig.list('/sys/class/mdev_bus')).to.deep.equal(['mscript0@', 'mscript1@']);
      expect(rig.list('/sys/class/mdev_bus/mscript1/mdev_supported_types')).to.deep.equal([
        'mscript-a/',
      ]);
      expect([rig.create(TYPE, A), rig.create(TYPE, B)]).to.deep.equal([36, 'EUSERS']);
      expect(rig.create('mscript1/mscript-a', B)).to.equal(36);
    });

    it('has four parents and three types at the most, and none for less than one', () => {
      expect(loaded('nr_parents=9').list('/sys/class/mdev_bus')).to.have.lengthOf(4);
      const types = '/sys/class/mdev_bus/mscript0/mdev_supported_types';
      expect(loaded('nr_types=9').list(types)).to.have.lengthOf(3);
      expect(loaded('nr_types=-1').list(types)).to.deep.equal([]);
      expect(loaded('nr_parents=0').list('/sys/class/mdev_bus')).to.deep.equal([]);
    });

    it('is silent without a class', () => {
      const rig = new Rig(era, ...BASE);
      rig.insmod('mscript', 'bus_collide=1');
      expect(rig.events('uevent').filter((each) => each.includes('/devices'))).to.deep.equal([]);
      expect(rig.list('/sys/class/mdev_bus/mscript0/mdev_supported_types')).to.include('-a/');
    });

    it('cannot be loaded without a device API', () => {
      const { rig, ret } = refused('no_api=1');
      expect([ret, ...left(rig)]).to.deep.equal(['EINVAL', ...NOTHING]);
    });

    it('cannot be loaded with two types of one name', () => {
      const { rig, ret } = refused('dup_type=1');
      expect([ret, ...left(rig)]).to.deep.equal(['EEXIST', ...NOTHING]);
      for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
    });

    for (const [title, path] of [
      ['class', 'class/mscript'],
      ['parent', 'devices/virtual/mscript'],
    ] as const) {
      it(`cannot be loaded where the name of its ${title} is taken`, () => {
        const rig = new Rig(era, ...BASE);
        const parts = path.split('/');
        let dir = rig.machine.k.sysfs;
        for (const part of parts.slice(0, -1)) dir = dir.lookup(part)!;
        dir.mkdir(parts.at(-1)!);
        expect([rig.insmod('mscript'), ...left(rig)]).to.deep.equal(['EEXIST', ...NOTHING]);
        for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
      });
    }

    it('adds an attribute of any name to its devices', () => {
      const rig = loaded('collide=harmless');
      rig.create(TYPE, A);
      expect(rig.read(`${device(A)}/harmless`)).to.equal('x\n');
    });

    for (const [name, uevents] of [
      ['mdev_type', ['add', 'bind', 'unbind', 'remove']],
      ['remove', ['add', 'remove']],
      ['driver', ['add', 'remove']],
      ['subsystem', ['add', 'remove']],
    ] as const) {
      it(`fails to create where that name is ${name}`, () => {
        const rig = loaded(`collide=${name}`);
        rig.events();
        expect(rig.create(TYPE, A)).to.equal('EEXIST');
        const own = rig.events('uevent').filter((each) => each.endsWith(A));
        expect(own.map((each) => each.split(' ')[0])).to.deep.equal(uevents);
        expect(rig.rmmod('mscript')).to.equal(0);
      });
    }

    describe('its files register and unregister', () => {
      it('do that to a parent', () => {
        const rig = loaded('nr_parents=2');
        expect(rig.write(`${CTL}/unregister`, '1\n')).to.equal(2);
        expect(rig.list('/sys/class/mdev_bus')).to.deep.equal(['mscript0@']);
        expect(rig.write(`${CTL}/register`, '1')).to.equal(1);
        expect(rig.list('/sys/class/mdev_bus')).to.deep.equal(['mscript0@', 'mscript1@']);
      });

      it('do it once', () => {
        const rig = loaded();
        expect(rig.write(`${CTL}/register`, '0')).to.equal('EALREADY');
        rig.write(`${CTL}/unregister`, '0');
        expect(rig.write(`${CTL}/unregister`, '0')).to.equal('EALREADY');
        expect(rig.rmmod('mscript')).to.equal(0);
      });

      for (const data of ['1', '-1', 'x', '9']) {
        it(`know no parent "${data}"`, () => {
          expect(loaded().write(`${CTL}/register`, data)).to.equal('EINVAL');
        });
      }

      it('pin the module while they are open', () => {
        const rig = loaded();
        const fd = rig.open(`${CTL}/register`, 'O_WRONLY');
        expect(rig.rmmod('mscript')).to.equal('EAGAIN');
        rig.close(fd);
        expect(rig.rmmod('mscript')).to.equal(0);
      });
    });

    it('goes only when a remove under way is over', () => {
      const rig = loaded('remove_delay_ms=100');
      rig.create(TYPE, A);
      rig.startRemove('remover', A);
      rig.start('rmmod', 'rmmod', { module: 'mscript' });
      expect(rig.state('rmmod')).to.equal('blocked');
      rig.advance(100);
      expect([rig.join('remover'), rig.join('rmmod')]).to.deep.equal([1, 0]);
    });

    it('refuses descriptors for its devices while it goes', () => {
      const rig = loaded('remove_delay_ms=100');
      rig.create(TYPE, A);
      const { group } = rig.container();
      rig.start('rmmod', 'rmmod', { module: 'mscript' });
      expect(rig.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A)).to.equal('ENODEV');
      expect(rig.join('rmmod')).to.equal(0);
    });
  });

  describe(`mprop_vfio on ${era}`, () => {
    it('is mscript with a licence that keeps it out', () => {
      const rig = new Rig(era, ...BASE);
      rig.events();
      expect(rig.insmod('mprop_vfio')).to.equal('ENOENT');
      const missing = rig.events('log').filter((each) => each.includes('Unknown symbol'));
      expect(missing).to.have.lengthOf(era === 'linux-6.1' ? 13 : 12);
      expect(missing.join()).not.to.contain('mdev_');
    });
  });
}
