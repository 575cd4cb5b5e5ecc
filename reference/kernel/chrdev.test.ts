import { expect } from 'chai';
import {
  alloc_chrdev_region,
  cdev_device_add,
  chrdev_open,
  unregister_chrdev_region,
} from './chrdev.js';
import { Device } from './device.js';
import { Errno } from './errno.js';
import { File } from './file.js';
import { misc_deregister, misc_register, type MiscDevice } from './misc.js';
import { Module } from './module.js';
import { sys_close, sys_open } from './syscalls.js';
import { booted, events, exists, expectBug, names, profile, read, run } from './testing.js';

const RDWR = { read: true, write: true };

const owner = () => new Module({ name: 'm', license: 'GPL', imports: [] }, {});

function misc(name: string, more: Partial<MiscDevice> = {}): MiscDevice {
  return {
    name,
    owner: undefined,
    *open(_k, mode) {
      return new File({ kind: name }, mode);
    },
    ...more,
  };
}

/** The minor that a misc device got. */
const minor_of = (device: MiscDevice): number => device.this_device!.devt!.minor;

describe('device numbers', () => {
  it('are given from the highest down, and again once they are free', () => {
    const k = booted();
    const first = alloc_chrdev_region(k);
    expect(first).to.equal(profile('linux-6.1').firstDynamicMajor);
    expect(alloc_chrdev_region(k)).to.equal(first - 1);
    unregister_chrdev_region(k, first);
    expect(alloc_chrdev_region(k)).to.equal(first);
  });

  it('without a device open nothing', () => {
    const k = booted();
    expect(run(k, chrdev_open(k, { major: 1, minor: 1 }, RDWR))).to.equal(-Errno.ENXIO);
  });
});

describe('misc devices', () => {
  it('are refused a minor that somebody has', () => {
    const k = booted();
    const first = misc('a', { minor: 196 });
    expect(run(k, misc_register(k, first))).to.equal(0);
    expect(run(k, misc_register(k, misc('b', { minor: 196 })))).to.equal(-Errno.EBUSY);
    run(k, misc_deregister(k, first));
    expect(run(k, misc_register(k, misc('b', { minor: 196 })))).to.equal(0);
  });

  it('get the minors from 127 down, and those that they ask for', () => {
    const k = booted();
    const [a, b, c] = [misc('a'), misc('b'), misc('c', { minor: 196 })];
    for (const each of [a, b, c]) expect(run(k, misc_register(k, each))).to.equal(0);
    expect([a, b, c].map(minor_of)).to.deep.equal([127, 126, 196]);
    run(k, misc_deregister(k, a));
    const d = misc('d');
    run(k, misc_register(k, d));
    expect(minor_of(d)).to.equal(127);
  });

  it('have a node, by their own name or another', () => {
    const k = booted();
    run(k, misc_register(k, misc('a')));
    run(k, misc_register(k, misc('b', { nodename: 'dir/b', mode: 0o666 })));
    expect([names(k, '/dev'), names(k, '/dev/dir')]).to.deep.equal([['a', 'dir'], ['b']]);
    const sent = k.takeEvents().flatMap((event) => (event.ev === 'uevent' ? [event.env] : []));
    expect(sent).to.deep.equal([
      { SUBSYSTEM: 'misc', DEVNAME: 'a' },
      { SUBSYSTEM: 'misc', DEVNAME: 'dir/b', DEVMODE: '0666' },
    ]);
  });

  it('take node, number and directory along when they go', () => {
    const k = booted();
    const device = misc('b', { nodename: 'dir/sub/b' });
    run(k, misc_register(k, device));
    expect(read(k, '/sys/class/misc/b/dev')).to.equal('10:127\n');
    expect(names(k, '/sys/dev/char')).to.deep.equal(['10:127']);
    run(k, misc_deregister(k, device));
    expect([names(k, '/dev'), names(k, '/sys/dev/char'), k.live.size]).to.deep.equal([[], [], 0]);
    expect(exists(k, '/sys/devices/virtual/misc')).to.equal(true);
  });

  it('leave a directory of /dev that others use', () => {
    const k = booted();
    const [a, b] = [misc('a', { nodename: 'dir/a' }), misc('b', { nodename: 'dir/b' })];
    run(k, misc_register(k, a));
    run(k, misc_register(k, b));
    run(k, misc_deregister(k, a));
    expect(names(k, '/dev/dir')).to.deep.equal(['b']);
  });

  it('are refused a name that is taken, and leave nothing', () => {
    const k = booted();
    const first = misc('a');
    run(k, misc_register(k, first));
    expect(run(k, misc_register(k, misc('a')))).to.equal(-Errno.EEXIST);
    const next = misc('b');
    run(k, misc_register(k, next));
    expect(minor_of(next)).to.equal(126);
    run(k, misc_deregister(k, first));
    run(k, misc_deregister(k, next));
    expect(k.live.size).to.equal(0);
  });
});

describe('opening a device', () => {
  const opened = (more: Partial<MiscDevice>) => {
    const k = booted();
    const device = misc('a', more);
    run(k, misc_register(k, device));
    return { k, device, fd: run(k, sys_open(k, '/dev/a', RDWR)) };
  };

  it('pins its module until the file is closed', () => {
    const mod = owner();
    const { k, fd } = opened({ owner: mod });
    expect(mod.refcnt).to.equal(1);
    run(k, sys_close(k, fd));
    expect(mod.refcnt).to.equal(0);
  });

  it('pins nothing where it fails', () => {
    const mod = owner();
    const { fd } = opened({
      owner: mod,
      *open() {
        return -Errno.EBUSY;
      },
    });
    expect([fd, mod.refcnt]).to.deep.equal([-Errno.EBUSY, 0]);
  });

  it('is refused while its module goes', () => {
    const mod = owner();
    mod.state = 'going';
    expect(opened({ owner: mod }).fd).to.equal(-Errno.ENXIO);
  });

  it('pins the module of the map’s entry as well, or is refused', () => {
    const k = booted();
    const [owner_, cdev_owner] = [owner(), owner()];
    const devt = { major: 7, minor: 7 };
    const device = { ...misc('a'), owner: owner_, cdev_owner };
    run(k, cdev_device_add(k, device, new Device({ name: 'a', devt })));
    const fd = run(k, sys_open(k, '/dev/a', RDWR));
    const pinned = (): number[] => [owner_.refcnt, cdev_owner.refcnt];
    const during = pinned();
    run(k, sys_close(k, fd));
    expect([during, pinned()]).to.deep.equal([
      [1, 1],
      [0, 0],
    ]);
    cdev_owner.state = 'going';
    expect([run(k, chrdev_open(k, devt, RDWR)), ...pinned()]).to.deep.equal([-Errno.ENXIO, 0, 0]);
  });

  it('keeps the device, though not its node, beyond its end', () => {
    const { k, device, fd } = opened({});
    events(k);
    run(k, misc_deregister(k, device));
    expect([exists(k, '/dev/a'), events(k, 'call')]).to.deep.equal([false, ['device_del(a)']]);
    run(k, sys_close(k, fd));
    expect(events(k, 'call')).to.deep.equal(['device_release(a)']);
    expectBug('USE_AFTER_FREE', () => {
      device.this_device!.kobj.ref.get();
    });
  });
});
