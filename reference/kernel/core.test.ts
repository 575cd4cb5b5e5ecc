import { expect } from 'chai';
import { bus_register } from './bus.js';
import {
  class_compat_create_link,
  class_compat_register,
  class_compat_remove_link,
  class_compat_unregister,
  class_create,
  class_destroy,
  type DeviceClass,
} from './class.js';
import { device_add, device_register, device_unregister } from './core.js';
import { Device, dev_driver_string, put_device } from './device.js';
import { Errno } from './errno.js';
import { kobject_create_and_add } from './kobject.js';
import type { Attribute } from './sysfs.js';
import {
  atomic,
  booted,
  events,
  exists,
  made,
  names,
  read,
  run,
  virtual,
  write,
} from './testing.js';

const attr = (name: string): Attribute => ({ name, mode: 0o444 });

function machine() {
  const k = booted();
  const bus = made(k, bus_register(k, { name: 'toy' }));
  const cls = (name: string, ops?: Pick<DeviceClass, 'devnode' | 'dev_release'>) =>
    made(k, class_create(k, name, ops));
  const device = (init: ConstructorParameters<typeof Device>[0]) => {
    const dev = new Device(init);
    return { dev, ret: run(k, device_add(k, dev)) };
  };
  const remove = (dev: Device) => {
    run(k, device_unregister(k, dev));
  };
  return { k, bus, cls, device, remove };
}

/** All that is in sysfs, as paths. */
function everything(k: ReturnType<typeof booted>, path = '/sys'): string[] {
  return (names(k, path) ?? []).flatMap((name) => {
    const at = `${path}/${name}`;
    const below = exists(k, `${at}/.`) && !isLink(k, at) ? everything(k, at) : [];
    return [at, ...below];
  });
}

function isLink(k: ReturnType<typeof booted>, path: string): boolean {
  const parent = path.slice(0, path.lastIndexOf('/'));
  const name = path.slice(parent.length + 1);
  let node = k.sysfs;
  for (const part of parent.split('/').slice(2)) node = node.lookup(part)!;
  return node.lookup(name)!.kind === 'link';
}

describe('a device', () => {
  it('needs a name', () => {
    expect(machine().device({}).ret).to.equal(-Errno.EINVAL);
  });

  it('is below its parent; without one at the top', () => {
    const { k, device } = machine();
    const { dev: a } = device({ name: 'a' });
    device({ name: 'b', parent: a });
    expect(exists(k, '/sys/devices/a/b')).to.equal(true);
  });

  it('has a uevent file and power management', () => {
    const { k, device } = machine();
    device({ name: 'a' });
    expect(names(k, '/sys/devices/a')).to.deep.equal(['uevent', 'power']);
  });

  it('is silent without bus and class', () => {
    const { k, device, remove } = machine();
    events(k);
    const { dev } = device({ name: 'a' });
    remove(dev);
    expect(events(k, 'uevent')).to.deep.equal([]);
  });

  it('shows its variables in its uevent file', () => {
    const { k, cls, device } = machine();
    const { dev: a } = device({ name: 'a' });
    device({ name: 'c', class: cls('things'), devt: { major: 7, minor: 8 }, parent: a });
    expect(read(k, '/sys/devices/a/uevent')).to.equal('');
    expect(read(k, '/sys/devices/a/things/c/uevent')).to.equal('MAJOR=7\nMINOR=8\nDEVNAME=c\n');
  });

  it('sends what is written to its uevent file', () => {
    const { k, bus, device } = machine();
    device({ name: 'a', bus });
    events(k);
    expect(write(k, '/sys/devices/a/uevent', 'change')).to.equal(6);
    expect(write(k, '/sys/devices/a/uevent', 'nonsense')).to.equal(-Errno.EINVAL);
    expect(events(k, 'uevent', 'log')).to.deep.equal([
      'change /devices/a',
      '<4> synth uevent: /devices/a: unknown uevent action string',
      '<3> toy a: uevent: failed to send synthetic uevent: -22',
    ]);
  });

  it('is called by its driver, else its bus, else its class, else nothing', () => {
    const { k, bus, cls } = machine();
    const things = cls('things');
    const dev = new Device({ name: 'a', bus, class: things });
    dev.driver = { name: 'drv', bus, owner: undefined };
    expect([
      dev_driver_string(dev),
      dev_driver_string(new Device({ name: 'a', bus, class: things })),
      dev_driver_string(new Device({ name: 'a', class: things })),
      dev_driver_string(new Device({ name: 'a' })),
    ]).to.deep.equal(['drv', 'toy', 'things', '']);
    expect(events(k, 'log')).to.deep.equal([]);
  });

  it('keeps its parent until it goes', () => {
    const { device, remove } = machine();
    const { dev: a } = device({ name: 'a' });
    const before = a.kobj.ref.value;
    const { dev: b } = device({ name: 'b', parent: a });
    expect([a.kobj.ref.value > before, a.children]).to.deep.equal([true, [b]]);
    remove(b);
    expect([a.kobj.ref.value, a.children]).to.deep.equal([before, []]);
  });

  it('is released in its own way, else in that of its class, else silently', () => {
    const { cls, device, remove } = machine();
    const log: string[] = [];
    const noting = (who: string) =>
      function* () {
        log.push(who);
      };
    const things = cls('things', { dev_release: noting('class') });
    for (const init of [
      { name: 'a', class: things, release: noting('device') },
      { name: 'b', class: things },
      { name: 'c' },
    ]) {
      remove(device(init).dev);
    }
    expect(log).to.deep.equal(['device', 'class']);
  });
});

describe('a device of a class', () => {
  it('is linked from the class, to its subsystem and to its parent', () => {
    const { k, cls, device, remove } = machine();
    const { dev: a } = device({ name: 'a' });
    const things = cls('things');
    events(k);
    const { dev } = device({ name: 'c', class: things, parent: a });
    expect(events(k, 'sysfs')).to.deep.equal([
      '+ /sys/devices/a/things',
      '+ /sys/devices/a/things/c',
      '+ /sys/devices/a/things/c/subsystem',
      '+ /sys/devices/a/things/c/device',
      '+ /sys/class/things/c',
    ]);
    remove(dev);
    expect(events(k, 'sysfs')).to.deep.equal([
      '- /sys/devices/a/things/c/device',
      '- /sys/devices/a/things/c/subsystem',
      '- /sys/class/things/c',
      '- /sys/devices/a/things/c',
      '- /sys/devices/a/things',
    ]);
  });

  it('is in /sys/devices/virtual without a parent', () => {
    const { k, cls, device } = machine();
    device({ name: 'c', class: cls('things') });
    expect(exists(k, '/sys/devices/virtual/things/c')).to.equal(true);
  });

  it('is right below a parent that has a class', () => {
    const { k, cls, device } = machine();
    const things = cls('things');
    const { dev: a } = device({ name: 'a', class: things });
    device({ name: 'b', class: cls('parts'), parent: a });
    expect(exists(k, '/sys/devices/virtual/things/a/b')).to.equal(true);
  });

  it('shares a directory with others of the class, until the last goes', () => {
    const { k, cls, device, remove } = machine();
    const things = cls('things');
    const [a, b] = ['a', 'b'].map((name) => device({ name, class: things }).dev);
    remove(a!);
    expect(exists(k, '/sys/devices/virtual/things')).to.equal(true);
    remove(b!);
    expect(exists(k, '/sys/devices/virtual/things')).to.equal(false);
    device({ name: 'c', class: things });
    expect(exists(k, '/sys/devices/virtual/things/c')).to.equal(true);
  });

  it('has a directory of its class of its own below each parent', () => {
    const { k, cls, device } = machine();
    const things = cls('things');
    for (const name of ['a', 'b']) {
      device({ name: `${name}1`, class: things, parent: device({ name }).dev });
    }
    expect([names(k, '/sys/devices/a/things'), names(k, '/sys/devices/b/things')]).to.deep.equal([
      ['a1'],
      ['b1'],
    ]);
  });
});

describe('device_add', () => {
  type Init = ConstructorParameters<typeof Device>[0];
  type Setting = ReturnType<typeof machine> & { things: DeviceClass; parent: Device };

  /** What stands in the way, and of whom. */
  const collisions: Record<string, (setting: Setting) => Init> = {
    'its own name': ({ parent }) => ({ name: 'taken', parent }),
    'its own name in the directory of its class': ({ things }) => ({
      name: 'taken',
      class: things,
    }),
    'a directory where that of its class should be': ({ k, cls }) => {
      made(k, kobject_create_and_add(k, 'parts', virtual(k)));
      return { name: 'a', class: cls('parts') };
    },
    'its name in the class': ({ things, parent }) => ({ name: 'taken', class: things, parent }),
    'its name on the bus': ({ bus, parent }) => ({ name: 'taken', bus, parent: below(parent) }),
    'an attribute of its own called uevent': () => ({
      name: 'a',
      groups: [{ attrs: [attr('x'), attr('uevent')] }],
    }),
    'an attribute of its own called subsystem': ({ bus }) => ({
      name: 'a',
      bus,
      groups: [{ attrs: [attr('subsystem')] }],
    }),
    'an attribute of its own called power': ({ bus }) => ({
      name: 'a',
      bus,
      groups: [{ attrs: [attr('power')] }],
    }),
    'an attribute of its own called dev': ({ things }) => ({
      name: 'a',
      class: things,
      devt: { major: 7, minor: 7 },
      groups: [{ attrs: [attr('dev')] }],
    }),
    'its number': ({ things }) => ({ name: 'a', class: things, devt: { major: 1, minor: 1 } }),
  };

  const below = (parent: Device): Device => parent.children[0]!;

  for (const [title, collide] of Object.entries(collisions)) {
    it(`leaves nothing behind where it fails for ${title}`, () => {
      const rest = machine();
      const { k, bus, cls, device } = rest;
      const things = cls('things');
      const { dev: parent } = device({ name: 'parent' });
      device({ name: 'taken', parent, bus });
      device({ name: 'taken', class: things, devt: { major: 1, minor: 1 } });
      const init = collide({ ...rest, things, parent });
      const before = [everything(k), k.live.size, names(k, '/dev')];
      events(k);
      const { dev, ret } = device(init);
      expect(ret).to.equal(-Errno.EEXIST);
      // Once it had a directory its end is told, although its beginning never was.
      const told = events(k, 'uevent').filter((line) => !String(line).startsWith('remove '));
      expect(told).to.deep.equal([]);
      run(k, put_device(k, dev));
      expect([everything(k), k.live.size, names(k, '/dev')]).to.deep.equal(before);
    });
  }

  it('fails for a class that is gone, and leaves nothing', () => {
    const { k, cls } = machine();
    const things = cls('things');
    run(k, class_destroy(k, things));
    const before = k.live.size;
    const dev = new Device({ name: 'a', class: things });
    expect(run(k, device_register(k, dev))).to.equal(-Errno.ENOENT);
    run(k, put_device(k, dev));
    expect([k.live.size, exists(k, '/sys/devices/virtual/things')]).to.deep.equal([before, false]);
  });

  it('fails for groups that the bus cannot make', () => {
    const { k } = machine();
    const bus = made(
      k,
      bus_register(k, { name: 'strict', dev_groups: [{ attrs: [attr('uevent')] }] }),
    );
    const dev = new Device({ name: 'a', bus });
    expect(run(k, device_add(k, dev))).to.equal(-Errno.EEXIST);
    run(k, put_device(k, dev));
    expect([bus.devices, exists(k, '/sys/devices/a')]).to.deep.equal([[], false]);
  });
});

describe('class', () => {
  it('announces itself and its end', () => {
    const { k, cls } = machine();
    events(k);
    run(k, class_destroy(k, cls('things')));
    expect(events(k, 'uevent')).to.deep.equal(['add /class/things', 'remove /class/things']);
  });

  it('is refused a name that is taken, and leaves nothing', () => {
    const { k, cls } = machine();
    cls('things');
    const before = k.live.size;
    expect(run(k, class_create(k, 'things'))).to.equal(-Errno.EEXIST);
    expect(k.live.size).to.equal(before);
  });

  it('for compatibility holds links and is silent', () => {
    const { k, device } = machine();
    const { dev } = device({ name: 'a' });
    events(k);
    const compat = made(k, class_compat_register(k, 'old'));
    expect(atomic(k, () => class_compat_create_link(k, compat, dev))).to.equal(0);
    expect(names(k, '/sys/class/old')).to.deep.equal(['a']);
    expect(atomic(k, () => class_compat_create_link(k, compat, dev))).to.equal(-Errno.EEXIST);
    atomic(k, () => {
      class_compat_remove_link(k, compat, dev);
    });
    expect(names(k, '/sys/class/old')).to.deep.equal([]);
    run(k, class_compat_unregister(k, compat));
    expect([exists(k, '/sys/class/old'), events(k, 'uevent')]).to.deep.equal([false, []]);
  });
});
