import { expect } from 'chai';
import { Errno } from '../kernel/errno.js';
import { delete_module, load_module } from '../kernel/loader.js';
import { modules } from '../kernel/module.js';
import { booted, events, exists, names, profile, read, run } from '../kernel/testing.js';
import { eras } from '../testing.js';
import { outcome, words } from '../vendors/device-fixture.js';
import { vfio_put_device, vfio_register_emulated_iommu_dev } from './device.js';
import { vfio_group_open } from './group-file.js';
import { vfio } from './state.js';
import { vfioMachine } from './testing.js';
import type { VfioDevice } from './types.js';

for (const era of eras) {
  describe(`registering a device on ${era}`, () => {
    it('makes a group with a node, and a device below the one that is offered', () => {
      const { k, register } = vfioMachine(era);
      events(k);
      register('a');
      expect(events(k, 'uevent')).to.deep.equal([
        'add /devices/a',
        'bind /devices/a',
        'add /devices/virtual/vfio/0',
        'add /devices/a/vfio-dev/vfio0',
      ]);
      expect(names(k, '/dev/vfio')).to.deep.equal(['vfio', '0']);
      expect(read(k, '/sys/kernel/iommu_groups/0/name')).to.equal('vfio-noiommu\n');
    });

    it('and unregistering leave nothing', () => {
      const { k, register, unregister } = vfioMachine(era);
      const before = k.live.size;
      run(k, unregister(register('a')));
      expect([k.live.size, names(k, '/dev/vfio'), names(k, '/sys/class/vfio-dev')]).to.deep.equal([
        before,
        ['vfio'],
        [],
      ]);
    });

    it('takes the lowest numbers that are free', () => {
      const { k, register, unregister } = vfioMachine(era);
      const all = ['a', 'b', 'c'].map(register);
      run(k, unregister(all[1]!));
      expect(register('d').index).to.equal(1);
      expect(names(k, '/dev/vfio')!.sort()).to.deep.equal(['0', '1', '2', 'vfio']);
    });

    for (const [title, where, name] of [
      ['the iommu group', 'iommu_groups', '0'],
      ['the group', 'vfio', '0'],
      ['the device', 'vfio-dev', 'vfio0'],
    ] as const) {
      it(`is undone where ${title} cannot be made`, () => {
        const { k, alloc, unregister } = vfioMachine(era);
        const kernel = k.sysfs.lookup('kernel')!;
        const parent =
          where === 'iommu_groups'
            ? kernel.lookup(where)!
            : k.sysfs.lookup('class')!.lookup(where)!;
        const before = k.live.size;
        const device = alloc('a') as VfioDevice;
        const taken = parent.mkdir(name)!;
        expect(run(k, vfio_register_emulated_iommu_dev(k, device))).to.equal(-Errno.EEXIST);
        taken.unlink();
        expect([names(k, '/dev/vfio'), names(k, '/sys/kernel/iommu_groups')]).to.deep.equal([
          ['vfio'],
          [],
        ]);
        expect(run(k, vfio_register_emulated_iommu_dev(k, device))).to.equal(0);
        run(k, unregister(device));
        expect(k.live.size).to.equal(before);
      });
    }

    it('is undone where the device is in an iommu group', () => {
      const { k, alloc } = vfioMachine(era);
      const device = alloc('a') as VfioDevice;
      const before = k.live.size;
      device.dev.kobj.sd!.mkdir('iommu_group');
      expect(run(k, vfio_register_emulated_iommu_dev(k, device))).to.equal(-Errno.EEXIST);
      expect([k.live.size, names(k, '/sys/kernel/iommu_groups')]).to.deep.equal([before, []]);
    });
  });

  describe(`a device that is made on ${era}`, () => {
    it('is initialised by its driver, and released by it in the end', () => {
      const log: string[] = [];
      const { k, alloc } = vfioMachine(era, {
        *init() {
          log.push('init');
          return 0;
        },
        *release() {
          log.push('release');
        },
      });
      const device = alloc('a') as VfioDevice;
      expect(log).to.deep.equal(['init']);
      run(k, vfio_put_device(k, device));
      expect(log).to.deep.equal(['init', 'release']);
    });

    it('is not, where the driver refuses; its number is free and nothing is pinned', () => {
      const { alloc, module, register } = vfioMachine(era, {
        *init(_k, device) {
          return device.dev.name === 'bad' ? -Errno.ENOSPC : 0;
        },
        *release() {
          throw new Error('released without init');
        },
      });
      const before = module('vfio').refcnt;
      expect([alloc('bad'), module('vfio').refcnt]).to.deep.equal([-Errno.ENOSPC, before]);
      expect(register('good').index).to.equal(0);
    });

    it('needs no callbacks', () => {
      const { k, register, unregister, device, close } = vfioMachine(era);
      const made = register('a');
      close(device('a').device);
      events(k);
      run(k, unregister(made));
      expect(events(k, 'callback')).to.deep.equal([]);
    });
  });

  describe(`a group on ${era}`, () => {
    it('can be opened once at a time', () => {
      const { register, open, close } = vfioMachine(era);
      register('a');
      const fd = open('/dev/vfio/0');
      expect(open('/dev/vfio/0')).to.equal(-Errno.EBUSY);
      close(fd);
      expect(open('/dev/vfio/0')).to.be.greaterThan(fd);
    });

    it('stays open as long as a device of it is', () => {
      const { register, device, open, close } = vfioMachine(era);
      register('a');
      const fds = device('a');
      close(fds.group);
      expect(open('/dev/vfio/0')).to.equal(-Errno.EBUSY);
      close(fds.device);
      expect(open('/dev/vfio/0')).to.be.greaterThan(0);
    });

    it('is dead once its device is gone, for those who have it open', () => {
      const { k, register, unregister, group, ioctl } = vfioMachine(era);
      const made = register('a');
      const fds = group();
      run(k, unregister(made));
      expect(exists(k, '/dev/vfio/0')).to.equal(false);
      expect([
        outcome(ioctl(fds.group, 'VFIO_GROUP_GET_STATUS', words(8, 0))),
        outcome(ioctl(fds.group, 'VFIO_GROUP_GET_DEVICE_FD', 'a')),
        outcome(ioctl(fds.group, 'VFIO_GROUP_SET_CONTAINER', words(fds.container))),
        outcome(ioctl(fds.container, 'VFIO_SET_IOMMU', 1)),
      ]).to.deep.equal(['ENODEV', 'ENODEV', 'ENODEV', 'EINVAL']);
    });

    it('that is dead keeps its minor, though not its name, until it is closed', () => {
      const { k, register, unregister, open, close } = vfioMachine(era);
      const first = register('a');
      const fd = open('/dev/vfio/0');
      run(k, unregister(first));
      const second = register('b');
      expect([second.group!.dev.name, second.group!.dev.devt!.minor]).to.deep.equal(['0', 1]);
      close(fd);
      expect(register('c').group!.dev.devt!.minor).to.equal(0);
    });

    it('that dies between the lookup and the open does not open', () => {
      const { k, register, unregister } = vfioMachine(era);
      const device = register('a');
      const opening = vfio_group_open(device.group!)(k, { read: true, write: true });
      run(k, unregister(device));
      expect(run(k, opening)).to.equal(-Errno.ENODEV);
    });
  });

  describe(`the module vfio on ${era}`, () => {
    const vfio_ko = profile(era).modules.find((each) => each.name === 'vfio');

    it('has the container, and nothing else, below /dev', () => {
      const k = booted(era);
      run(k, load_module(k, vfio_ko, ''));
      expect(names(k, '/dev/vfio')).to.deep.equal(['vfio']);
      expect(events(k, 'uevent')).to.deep.equal([
        'add /devices/virtual/misc/vfio',
        'add /class/vfio',
        'add /class/vfio-dev',
        'add /module/vfio',
      ]);
      expect([run(k, delete_module(k, 'vfio')), k.live.size, names(k, '/dev')]).to.deep.equal([
        0,
        0,
        [],
      ]);
    });

    it('stays while one of its files is open', () => {
      const { k, open, close } = vfioMachine(era, {}, 'vfio_iommu_type1');
      const fd = open('/dev/vfio/vfio');
      expect(run(k, delete_module(k, 'vfio'))).to.equal(-Errno.EAGAIN);
      close(fd);
      expect(run(k, delete_module(k, 'vfio'))).to.equal(0);
    });

    it('is unloaded as it was loaded, again and again', () => {
      const k = booted(era);
      const major = () => {
        run(k, load_module(k, vfio_ko, ''));
        const { group_major } = vfio(k);
        run(k, delete_module(k, 'vfio'));
        return group_major;
      };
      expect(major()).to.equal(major());
      expect(modules(k).loaded.size).to.equal(0);
    });

    for (const [title, dir, name] of [
      ['misc device', 'virtual/misc', 'vfio'],
      ['class of groups', 'class', 'vfio'],
      ['class of devices', 'class', 'vfio-dev'],
    ] as const) {
      it(`fails without its ${title}`, () => {
        const k = booted(era);
        const parent =
          dir === 'class'
            ? k.sysfs.lookup('class')!
            : k.sysfs.lookup('devices')!.lookup('virtual')!.lookup('misc')!;
        parent.mkdir(name);
        expect(run(k, load_module(k, vfio_ko, ''))).to.equal(-Errno.EEXIST);
        expect([k.live.size, names(k, '/dev')]).to.deep.equal([0, []]);
      });
    }
  });
}
