import { expect } from 'chai';
import { Errno } from '../kernel/errno.js';
import { events, run, start } from '../kernel/testing.js';
import { eras } from '../testing.js';
import { outcome, words } from '../vendors/device-fixture.js';
import { delete_module } from '../kernel/loader.js';
import { vfioMachine } from './testing.js';

for (const era of eras) {
  describe(`GET_DEVICE_FD on ${era}`, () => {
    const noting = () => {
      const log: string[] = [];
      const machine = vfioMachine(era, {
        *open_device() {
          log.push('open');
          return 0;
        },
        *close_device() {
          log.push('close');
        },
      });
      machine.register('a');
      return { ...machine, log };
    };

    it('opens the device once, however many descriptors it has', () => {
      const { log, group, ioctl, close } = noting();
      const fds = group();
      const get = () => ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 'a');
      const [first, second] = [get(), get()];
      expect([second > first, log]).to.deep.equal([true, ['open']]);
      close(first);
      expect(log).to.deep.equal(['open']);
      close(second);
      expect(log).to.deep.equal(['open', 'close']);
    });

    it('pins the driver’s module', () => {
      const { owner, device, close } = noting();
      const fd = device('a').device;
      expect(owner.refcnt).to.be.greaterThan(0);
      close(fd);
      expect(owner.refcnt).to.equal(0);
    });

    it('keeps the module vfio, also when group and container are closed', () => {
      const { k, device, close } = noting();
      const fds = device('a');
      close(fds.group);
      close(fds.container);
      expect(run(k, delete_module(k, 'vfio'))).to.equal(-Errno.EAGAIN);
    });

    it('needs a container with a backend', () => {
      const { open, ioctl } = noting();
      const group = open('/dev/vfio/0');
      const get = () => outcome(ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', 'a'));
      const container = open('/dev/vfio/vfio');
      const before = get();
      ioctl(group, 'VFIO_GROUP_SET_CONTAINER', words(container));
      expect([before, get()]).to.deep.equal(['EINVAL', 'EINVAL']);
      ioctl(container, 'VFIO_SET_IOMMU', 1);
      expect(get()).to.be.a('number');
    });

    it('goes by the exact name of a device of the group', () => {
      const { register, group, ioctl } = noting();
      register('b');
      const fds = group();
      for (const name of ['b', 'A', '', 'a ', 'aa']) {
        expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', name)).to.equal(-Errno.ENODEV);
      }
    });

    it('ends a name at the first NUL, else with the memory', () => {
      const { group, ioctl } = noting();
      const fds = group();
      expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', Buffer.from('a\0b'))).to.be.above(0);
      expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', Buffer.from('a'))).to.be.above(0);
      expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 5)).to.equal(-Errno.EFAULT);
    });

    it('refuses names of more than a page', () => {
      const { group, ioctl } = noting();
      const name = Buffer.concat([Buffer.alloc(4096, 'x'), Buffer.from('\0')]);
      expect(ioctl(group().group, 'VFIO_GROUP_GET_DEVICE_FD', name)).to.equal(-Errno.EINVAL);
    });

    it('fails with what the driver says, and holds nothing then', () => {
      const { k, owner, register, unregister, group, ioctl, close } = vfioMachine(era, {
        *open_device() {
          return -Errno.EIO;
        },
      });
      const device = register('a');
      const fds = group();
      expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 'a')).to.equal(-Errno.EIO);
      expect([owner.refcnt, device.open_count]).to.deep.equal([0, 0]);
      expect(ioctl(fds.group, 'VFIO_GROUP_UNSET_CONTAINER')).to.equal(0);
      close(fds.group);
      run(k, unregister(device));
    });

    it('fails while the driver’s module goes, and holds nothing then', () => {
      const { owner, group, ioctl, log } = noting();
      const fds = group();
      owner.state = 'going';
      expect(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 'a')).to.equal(-Errno.ENODEV);
      expect([log, ioctl(fds.group, 'VFIO_GROUP_UNSET_CONTAINER')]).to.deep.equal([[], 0]);
    });
  });

  describe(`the file of a device on ${era}`, () => {
    it('refuses what the driver does not do', () => {
      const { register, device, pread, pwrite, mmap, ioctl } = vfioMachine(era);
      register('a');
      const fd = device('a').device;
      expect([
        pread(fd, 1, 0),
        pwrite(fd, Buffer.from('x'), 0),
        mmap(fd, 0, 4096),
        ioctl(fd, 'VFIO_DEVICE_RESET'),
      ]).to.deep.equal(Array(4).fill(-Errno.EINVAL));
    });

    it('hands everything else to the driver', () => {
      const { register, device, pread, pwrite, mmap, ioctl } = vfioMachine(era, {
        read: (_k, _device, count, pos) => Uint8Array.of(count, pos),
        write: (_k, _device, data, pos) => data.length + pos,
        mmap: (_k, _device, offset, length) => offset + length,
        ioctl: (_k, _device, request) => request,
      });
      register('a');
      const fd = device('a').device;
      expect([...(pread(fd, 3, 4) as Uint8Array)]).to.deep.equal([3, 4]);
      expect(pwrite(fd, Buffer.from('xyz'), 4)).to.equal(7);
      expect(mmap(fd, 4096, 1)).to.equal(4097);
      expect(ioctl(fd, 'VFIO_DEVICE_RESET')).to.equal(0x3b6f);
    });

    const [GET, SET, PROBE] = [1 << 16, 1 << 17, 1 << 18];
    for (const [flags, expected] of [
      [GET | 1, 'ENOTTY'],
      [SET | 1, 'ENOTTY'],
      [PROBE | GET | SET, 'ENOTTY'],
      [GET | SET, 'EINVAL'],
      [1 << 19, 'EINVAL'],
    ] as const) {
      it(`answers ${expected} for the features 0x${flags.toString(16)}, which no driver has`, () => {
        const { register, device, ioctl } = vfioMachine(era, {
          ioctl: () => {
            throw new Error('asked the driver');
          },
        });
        register('a');
        const fd = device('a').device;
        expect(outcome(ioctl(fd, 'VFIO_DEVICE_FEATURE', words(8, flags)))).to.equal(expected);
        expect(outcome(ioctl(fd, 'VFIO_DEVICE_FEATURE', words(7, flags)))).to.equal('EINVAL');
        expect(outcome(ioctl(fd, 'VFIO_DEVICE_FEATURE', words(8)))).to.equal('EFAULT');
      });
    }
  });

  describe(`unregistering a device that is open on ${era}`, () => {
    const HIDDEN = era !== 'linux-6.1';

    const waiting = (requests = false) => {
      const counts: string[] = [];
      const machine = vfioMachine(
        era,
        requests
          ? {
              *request(k, _device, count) {
                counts.push(`${count}@${k.sched.now}`);
              },
            }
          : {},
      );
      const made = machine.register('a');
      const fds = machine.device('a');
      machine.k.takeEvents();
      const task = start(machine.k, 'remover', machine.unregister(made));
      return { ...machine, task, fds, counts };
    };

    it('waits for the last descriptor', () => {
      const { k, task, fds, close } = waiting();
      k.sched.advance(100_000);
      expect(task.state).to.equal('sleeping');
      close(fds.device);
      expect(task.state).to.equal('done');
    });

    it('asks the driver to let go at once, and again every ten seconds', () => {
      const { k, counts } = waiting(true);
      k.sched.advance(25_000);
      expect(counts).to.deep.equal(['0@0', '1@10000', '2@20000']);
    });

    it('tells of the first signal, asks once more, and heeds none from then on', () => {
      const { k, task, counts } = waiting(true);
      k.sched.advance(5000);
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        k.sched.kill(task, signal);
        k.sched.run();
      }
      expect(events(k, 'log')).to.deep.equal([
        '<4> toy a: Device is currently in use, task "remover" (<pid>) blocked until device is released',
      ]);
      expect([task.state, counts]).to.deep.equal(['sleeping', ['0@0', '1@5000']]);
      k.sched.advance(10_000);
      expect(counts.at(-1)).to.equal('2@15000');
    });

    it(`${HIDDEN ? 'hides' : 'leaves'} it for those who would open it meanwhile`, () => {
      const { fds, ioctl, k } = waiting();
      const ret = outcome(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 'a'));
      if (HIDDEN) expect(ret).to.equal('ENODEV');
      else expect(ret).to.be.a('number');
      expect(events(k, 'uevent')).to.deep.equal(HIDDEN ? ['remove /devices/a/vfio-dev/vfio0'] : []);
    });

    it('does not wait for a group that is merely open', () => {
      const { k, register, unregister, group } = vfioMachine(era);
      const made = register('a');
      group();
      expect(start(k, 'remover', unregister(made)).state).to.equal('done');
    });
  });
}
