import { expect } from 'chai';
import type { Call } from '../harness/adapter/protocol.js';
import { Kobject, kobject_add } from './kernel/kobject.js';
import { expectBug, profile, run } from './kernel/testing.js';
import { BadArgument, Machine } from './machine.js';
import { profiles } from './profiles.js';
import { A, B, device, Rig } from './testing.js';

const mdpy = () => new Rig('linux-6.1', 'vfio', 'vfio_iommu_type1', 'mdev', 'mdpy');
const mscript = (params = '') =>
  new Rig('linux-6.1', 'vfio', 'vfio_iommu_type1', 'mdev', `mscript ${params}`);

describe('profiles', () => {
  it('are called by names that differ', () => {
    const names = profiles.map((each) => each.name);
    expect([...new Set(names)]).to.deep.equal(names);
  });

  for (const { name, modules, bootBuses } of profiles) {
    it(`have modules of different names, as ${name}`, () => {
      const names = modules.map((each) => each.name);
      expect([...new Set(names)]).to.deep.equal(names);
    });

    it(`boot a machine with nothing in it, as ${name}`, () => {
      const rig = new Rig(name);
      expect(rig.list('/sys/module')).to.deep.equal([]);
      expect(rig.list('/sys/bus')).to.deep.equal(bootBuses.map((bus) => `${bus}/`));
      expect(rig.list('/sys/class')).to.deep.equal(['misc/']);
      expect(rig.list('/dev')).to.deep.equal([]);
      expect(rig.read('/sys/kernel/debug/devices_deferred')).to.equal('');
      expect(rig.events()).to.deep.equal([]);
    });
  }
});

describe('the machine', () => {
  describe('answers', () => {
    it('bye, and leaves hello to the adapter', () => {
      const machine = new Machine(profile('linux-6.1'));
      expect(machine.call({ method: 'bye', params: {} })).to.deep.equal({
        answer: { ret: 0 },
        events: [],
      });
      expect(() => machine.call({ method: 'hello', params: { protocol: 1 } })).to.throw(
        BadArgument,
      );
    });

    it('with the events of the call', () => {
      const machine = new Machine(profile('linux-6.1'));
      const insmod: Call = { method: 'insmod', params: { module: 'mdev' } };
      expect(machine.call(insmod).events).not.to.deep.equal([]);
      expect(machine.call(insmod)).to.deep.equal({ answer: { errno: 'EEXIST' }, events: [] });
    });

    it('with names for errors that user space knows, and for those that it should not see', () => {
      const rig = mscript();
      const failing = (ret: number) => {
        rig.write('/sys/module/mscript/parameters/probe_ret', String(ret));
        return rig.create('mscript0/mscript-a', A);
      };
      expect([-12, -512, -524, -4095, -4096, 5, 517].map(failing)).to.deep.equal([
        'ENOMEM',
        'ERESTARTSYS',
        'ENOTSUPP',
        'E4095',
        -4096,
        'EIO',
        'EAGAIN',
      ]);
    });
  });

  describe('reset', () => {
    it('forgets everything: modules, tasks, descriptors, time', () => {
      const rig = mdpy();
      rig.open('/dev/vfio/vfio');
      rig.start('t', 'rmmod', { module: 'mdpy' });
      rig.advance(5);
      expect(rig.call({ method: 'reset', params: {} })).to.deep.equal({ ret: 0 });
      expect(rig.list('/sys/module')).to.deep.equal([]);
      expect(rig.start('t', 'insmod', { module: 'mdev' })).to.equal(0);
      expect(rig.insmod('vfio')).to.equal(0);
      expect(rig.open('/dev/vfio/vfio')).to.equal(10);
      expect(rig.machine.k.sched.now).to.equal(0);
    });

    it('makes machines that behave alike', () => {
      const trace = (rig: Rig) => {
        rig.create('mdpy-vga', A);
        rig.openDevice(A);
        rig.remove(A, '0');
        return rig.events();
      };
      const rig = mdpy();
      const first = trace(rig);
      rig.call({ method: 'reset', params: {} });
      for (const module of ['vfio', 'vfio_iommu_type1', 'mdev', 'mdpy']) rig.insmod(module);
      rig.events();
      expect(trace(rig)).to.deep.equal(first);
      expect(first).to.have.length.above(50);
    });
  });

  describe('insmod and rmmod', () => {
    it('know the modules of the profile', () => {
      const rig = new Rig('linux-6.1');
      expect([rig.insmod('nothing'), rig.rmmod('nothing')]).to.deep.equal(['ENOENT', 'ENOENT']);
      expect([rig.insmod('mdev'), rig.rmmod('mdev')]).to.deep.equal([0, 0]);
    });

    it('need no parameters', () => {
      const rig = new Rig('linux-6.1');
      expect(rig.call({ method: 'insmod', params: { module: 'mdev' } })).to.deep.equal({ ret: 0 });
    });
  });

  describe('files', () => {
    it('are read to the end', () => {
      const rig = mdpy();
      expect(
        rig.call({ method: 'read', params: { path: '/sys/module/mdpy/refcnt' } }),
      ).to.deep.equal({ ret: 2, data: '0\n' });
      expect(rig.read('/sys/nothing')).to.equal('ENOENT');
      expect(rig.read('/sys')).to.equal('EISDIR');
    });

    it('are written once', () => {
      const rig = mdpy();
      expect(rig.write('/sys/bus/mdev/drivers_autoprobe', '0\n')).to.equal(2);
      expect(rig.write('/sys/bus/mdev/nothing', 'x')).to.equal('ENOENT');
      expect(rig.write('/sys/module/mdpy/refcnt', 'x')).to.equal('EACCES');
    });

    it('are listed by name, directories and links marked', () => {
      const rig = mdpy();
      expect(rig.list('/sys/class/mdpy/mdpy')).to.deep.equal([
        'mdev_supported_types/',
        'power/',
        'subsystem@',
        'uevent',
      ]);
      expect(rig.list('/dev/vfio')).to.deep.equal(['vfio']);
      expect(rig.list('/sys/nothing')).to.equal('ENOENT');
      expect(rig.list('/sys/module/mdpy/refcnt')).to.equal('ENOTDIR');
    });

    it('that are links say where they lead', () => {
      const rig = mdpy();
      expect(rig.readlink('/sys/class/mdpy/mdpy')).to.equal('../../devices/virtual/mdpy/mdpy');
      expect(rig.call({ method: 'readlink', params: { path: '/sys/class/mdpy/mdpy' } })).to.include(
        {
          ret: 0,
        },
      );
      expect(rig.readlink('/sys/module')).to.equal('EINVAL');
    });
  });

  describe('tree', () => {
    const tree = (rig: Rig, path: string, depth: number) =>
      rig.call({ method: 'tree', params: { path, depth } }).entries!;

    it('shows modes, links and contents, depth first, by name', () => {
      const rig = mdpy();
      rig.create('mdpy-vga', A);
      expect(tree(rig, '/sys/bus/mdev', 2)).to.deep.equal([
        { path: '/sys/bus/mdev/devices', mode: '40755' },
        {
          path: device(A),
          mode: '120777',
          link: `../../../devices/virtual/mdpy/mdpy/${A}`,
        },
        { path: '/sys/bus/mdev/drivers', mode: '40755' },
        { path: '/sys/bus/mdev/drivers/mdpy', mode: '40755' },
        { path: '/sys/bus/mdev/drivers_autoprobe', mode: '100644', data: '1\n' },
        { path: '/sys/bus/mdev/drivers_probe', mode: '100200' },
        { path: '/sys/bus/mdev/uevent', mode: '100200' },
      ]);
    });

    it('stays as shallow as it is told', () => {
      const entries = tree(mdpy(), '/sys/bus/mdev', 1);
      expect(entries.map((entry) => entry.path.split('/').length)).to.deep.equal(Array(5).fill(5));
    });

    it('is empty where there is no directory', () => {
      const rig = mdpy();
      expect(tree(rig, '/sys/nothing', 3)).to.deep.equal([]);
      expect(tree(rig, '/sys/module/mdpy/refcnt', 3)).to.deep.equal([]);
    });

    it('says why a content cannot be read', () => {
      expect(tree(mdpy(), '/sys/devices/virtual/mdpy/mdpy/power', 1)[1]).to.deep.equal({
        path: '/sys/devices/virtual/mdpy/mdpy/power/autosuspend_delay_ms',
        mode: '100644',
        errno: 'EIO',
      });
    });

    it('shows no device numbers', () => {
      const entries = tree(mdpy(), '/sys/class/misc/vfio/.', 1);
      const data = Object.fromEntries(
        entries.map((entry) => [entry.path.split('/').at(-1), entry.data]),
      );
      expect(data['dev']).to.equal('<major>:<minor>\n');
      expect(data['uevent']).to.equal(
        'MAJOR=<major>\nMINOR=<minor>\nDEVNAME=vfio/vfio\nDEVMODE=0666\n',
      );
    });

    it('shows devices as such', () => {
      expect(tree(mdpy(), '/dev/vfio', 1)).to.deep.equal([
        { path: '/dev/vfio/vfio', mode: '20666' },
      ]);
    });
  });

  describe('descriptors', () => {
    it('are opened for reading and writing unless flags say otherwise', () => {
      const rig = mdpy();
      const path = '/sys/module/mdpy/refcnt';
      expect(rig.open(path)).to.equal('EACCES');
      expect(rig.open(path, 'O_RDWR')).to.equal('EACCES');
      expect(rig.open(path, 'O_WRONLY')).to.equal('EACCES');
      expect(rig.open(path, 'O_RDONLY')).to.equal(10);
    });

    it('that are closed are bad', () => {
      const rig = mdpy();
      const fd = rig.open('/sys/bus/mdev/drivers_autoprobe');
      expect([rig.fdwrite(fd, '1'), rig.close(fd)]).to.deep.equal([1, 0]);
      expect([rig.fdwrite(fd, '1'), rig.close(fd), rig.ioctl(fd, '0x1')]).to.deep.equal(
        Array(3).fill('EBADF'),
      );
    });

    it('of attributes that are gone say so', () => {
      const rig = mdpy();
      rig.create('mdpy-vga', A);
      const fd = rig.open(`${device(A)}/remove`, 'O_WRONLY');
      rig.remove(A);
      expect(rig.fdwrite(fd, '1')).to.equal('ENODEV');
    });
  });

  describe('pread, pwrite and mmap', () => {
    const opened = () => {
      const rig = mdpy();
      rig.create('mdpy-vga', A);
      const fd = rig.openDevice(A).device as number;
      const pread = (offset: number, count: number, of = fd) =>
        rig.call({ method: 'pread', params: { fd: of, offset, count } });
      const pwrite = (offset: number, hex: string, of = fd) =>
        rig.call({ method: 'pwrite', params: { fd: of, offset, hex } });
      const mmap = (offset: number, length: number, of = fd) =>
        rig.call({ method: 'mmap', params: { fd: of, offset, length } });
      return { pread, pwrite, mmap };
    };

    it('move bytes as hex', () => {
      const { pread, pwrite } = opened();
      expect(pwrite(8192, 'c0ffee11')).to.deep.equal({ ret: 4 });
      expect(pread(8192, 4)).to.deep.equal({ ret: 4, hex: 'c0ffee11' });
    });

    it('never move more than the program’s buffer holds', () => {
      expect(opened().pread(8192, 100_000).ret).to.equal(256);
    });

    it('and mmap answer errors', () => {
      const { pread, pwrite, mmap } = opened();
      expect([pread(0, 1, 99), pwrite(0, '00', 99), mmap(0, 4096, 99)]).to.deep.equal(
        Array(3).fill({ errno: 'EBADF' }),
      );
      expect([mmap(4096, 4096), mmap(1, 4096)]).to.deep.equal([{ ret: 0 }, { errno: 'EINVAL' }]);
    });
  });

  describe('ioctl', () => {
    const opened = () => {
      const rig = mdpy();
      rig.create('mdpy-vga', A);
      return { rig, ...rig.openDevice(A) };
    };

    it('goes by names and by numbers in hex', () => {
      const { rig, container } = opened();
      expect(rig.ioctl(container, 'VFIO_GET_API_VERSION')).to.equal(0);
      expect(rig.ioctl(container, '0x3b64')).to.equal(0);
      expect(rig.ioctl(container, '0x1')).to.equal('ENOTTY');
    });

    for (const request of ['VFIO_NOTHING', '15204', '0x', '0xZZ', 'toString', '0x123456789']) {
      it(`refuses to make sense of the request "${request}"`, () => {
        const { rig, container } = opened();
        expect(() => rig.ioctl(container, request)).to.throw(BadArgument, request);
      });
    }

    it('answers the bytes that changed, as many as were given', () => {
      const { rig, device } = opened();
      const params = (hex: string) => ({
        fd: device as number,
        request: 'VFIO_DEVICE_GET_INFO',
        arg: { hex },
      });
      const info = '10000000020000000900000005000000';
      expect(rig.call({ method: 'ioctl', params: params(`10${'0'.repeat(30)}ff`) })).to.deep.equal({
        ret: 0,
        arg: { hex: `${info}ff` },
      });
      expect(rig.call({ method: 'ioctl', params: params(info) })).to.deep.equal({ ret: 0 });
      expect(rig.call({ method: 'ioctl', params: params('04') })).to.deep.equal({
        errno: 'EINVAL',
      });
    });

    it('gives numbers, strings and descriptors', () => {
      const { rig, container, group } = opened();
      expect(rig.ioctl(container, 'VFIO_CHECK_EXTENSION', 1)).to.equal(1);
      expect(rig.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', B)).to.equal('ENODEV');
      expect(rig.ioctl(group, 'VFIO_GROUP_SET_CONTAINER', { fd: -1 })).to.equal('EBADF');
    });

    it('without an argument points nowhere', () => {
      const { rig, device, group } = opened();
      expect(rig.ioctl(device, 'VFIO_DEVICE_GET_INFO')).to.equal('EFAULT');
      expect(rig.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', 5)).to.equal('EFAULT');
    });
  });

  describe('tasks', () => {
    const slow = () => {
      const rig = mscript('probe_delay_ms=100');
      const create = { path: `${rig.type('mscript0/mscript-a')}/create`, data: A };
      expect(rig.start('creator', 'write', create)).to.equal(0);
      return rig;
    };

    it('run as far as they get by themselves', () => {
      const rig = new Rig('linux-6.1');
      rig.start('t', 'insmod', { module: 'mdev' });
      expect(rig.call({ method: 'task', params: { task: 't' } })).to.deep.equal({
        state: 'done',
        result: { ret: 0 },
      });
    });

    it('that sleep are blocked, until time passes', () => {
      const rig = slow();
      expect(rig.call({ method: 'task', params: { task: 'creator' } })).to.deep.equal({
        state: 'blocked',
      });
      rig.advance(99);
      expect(rig.state('creator')).to.equal('blocked');
      rig.advance(1);
      expect([rig.state('creator'), rig.join('creator')]).to.deep.equal(['done', 36]);
    });

    it('that are joined take as long as they take', () => {
      const rig = slow();
      expect([rig.join('creator'), rig.machine.k.sched.now]).to.deep.equal([36, 100]);
    });

    it('mark the events that they cause', () => {
      const rig = slow();
      const tasks = (events: readonly { task: string }[]) => [
        ...new Set(events.map((e) => e.task)),
      ];
      const { events } = rig.machine.call({ method: 'advance', params: { ms: 100 } });
      expect(tasks(events)).to.deep.equal(['creator']);
      expect(
        tasks(rig.machine.call({ method: 'rmmod', params: { module: 'mscript' } }).events),
      ).to.deep.equal(['main']);
    });

    it('have names of their own', () => {
      const rig = slow();
      const again = { module: 'mdev' };
      expect(() => rig.start('creator', 'insmod', again)).to.throw(BadArgument, 'creator');
      expect(() => rig.start('main', 'insmod', again)).to.throw(BadArgument, 'main');
    });

    it('that nobody started cannot be asked for', () => {
      const rig = slow();
      for (const ask of [
        () => rig.state('x'),
        () => rig.join('x'),
        () => rig.kill('x', 'SIGTERM'),
      ]) {
        expect(ask).to.throw(BadArgument, '"x"');
      }
    });

    it('survive a SIGTERM with their result', () => {
      const rig = slow();
      expect(rig.kill('creator', 'SIGTERM')).to.equal(0);
      expect([rig.state('creator'), rig.join('creator')]).to.deep.equal(['blocked', 36]);
    });

    it('have no result after a SIGKILL, though what they did is done', () => {
      const rig = slow();
      rig.kill('creator', 'SIGKILL');
      rig.advance(100);
      expect(rig.call({ method: 'task', params: { task: 'creator' } })).to.deep.equal({
        state: 'done',
      });
      expect(rig.join('creator')).to.equal('EINTR');
      expect(rig.list('/sys/bus/mdev/devices')).to.deep.equal([`${A}@`]);
    });

    it('that are done cannot be killed', () => {
      const rig = slow();
      rig.join('creator');
      expect(rig.kill('creator', 'SIGTERM')).to.equal('ESRCH');
    });

    it('that nothing will wake are the model’s fault', () => {
      const rig = mdpy();
      rig.create('mdpy-vga', A);
      rig.openDevice(A);
      expectBug('HUNG_TASK', () => rig.remove(A));
    });
  });

  it('lets a call that sleeps take its time', () => {
    const rig = mscript('remove_delay_ms=250');
    rig.create('mscript0/mscript-a', A);
    expect([rig.remove(A), rig.machine.k.sched.now]).to.deep.equal([1, 250]);
  });

  it('finds what is left when all is gone', () => {
    const rig = mdpy();
    const { k } = rig.machine;
    run(k, kobject_add(k, new Kobject('forgotten', { name: 'ktype' })));
    for (const module of ['mdpy', 'mdev', 'vfio_iommu_type1'])
      expect(rig.rmmod(module)).to.equal(0);
    const bug = expectBug('LEAK', () => rig.rmmod('vfio'));
    expect(bug.message).to.contain('forgotten');
  });
});
