import { expect } from 'chai';
import { bus_register, bus_unregister, type BusOps } from './bus.js';
import { device_add, device_del, device_unregister } from './core.js';
import { device_attach, device_driver_attach } from './dd.js';
import { Device } from './device.js';
import { driver_register, driver_unregister, type DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import { kobject_create_and_add } from './kobject.js';
import { delete_module, load_module } from './loader.js';
import { modules } from './module.js';
import type { Attribute } from './sysfs.js';
import { booted, events, exists, made, names, read, run, start, write } from './testing.js';
import { msleep } from './wait.js';

const attr = (name: string): Attribute => ({ name, mode: 0o444 });

/** A machine with a bus, whose drivers note what they are asked to do. */
function machine(ops: Partial<BusOps> = {}, profile?: string) {
  const k = booted(profile);
  const bus = made(k, bus_register(k, { name: 'toy', ...ops }));
  const log: string[] = [];
  const driver = (name: string, ret = 0, more: Partial<DeviceDriver> = {}): DeviceDriver => ({
    name,
    bus,
    owner: undefined,
    *probe(_k, dev) {
      log.push(`${name}.probe ${dev.name}`);
      return ret;
    },
    *remove(_k, dev) {
      log.push(`${name}.remove ${dev.name}`);
    },
    ...more,
  });
  const register = (drv: DeviceDriver) => run(k, driver_register(k, drv));
  const add = (name: string) => {
    const dev = new Device({ name, bus });
    expect(run(k, device_add(k, dev))).to.equal(0);
    return dev;
  };
  const file = (path: string, data: string) => write(k, `/sys/bus/toy/${path}`, data);
  return { k, bus, log, driver, register, add, file };
}

const bound = (dev: Device): string | undefined => dev.driver?.name;

describe('a bus', () => {
  it('has a directory with its files', () => {
    const { k, bus } = machine();
    expect(names(k, '/sys/bus/toy')!.sort()).to.deep.equal([
      'devices',
      'drivers',
      'drivers_autoprobe',
      'drivers_probe',
      'uevent',
    ]);
    expect(events(k, 'uevent')).to.deep.equal(['add /bus/toy']);
    run(k, bus_unregister(k, bus));
    expect([exists(k, '/sys/bus/toy'), k.live.size]).to.deep.equal([false, 0]);
  });

  it('is refused a name that is taken, and leaves nothing', () => {
    const { k, bus } = machine();
    expect(run(k, bus_register(k, { name: 'toy' }))).to.equal(-Errno.EEXIST);
    run(k, bus_unregister(k, bus));
    expect(k.live.size).to.equal(0);
  });

  it('sends what is written to its uevent file', () => {
    const { k, file } = machine();
    events(k);
    expect([file('uevent', 'change'), file('uevent', 'no')]).to.deep.equal([6, -Errno.EINVAL]);
    expect(events(k, 'uevent')).to.deep.equal(['change /bus/toy']);
  });
});

describe('matching', () => {
  it('is not asked for where the bus has no match: every driver fits', () => {
    const { driver, register, add } = machine();
    register(driver('any'));
    expect(bound(add('a'))).to.equal('any');
  });

  for (const [ret, expected] of [
    [1, 'drv'],
    [0, undefined],
    [-Errno.EIO, undefined],
  ] as const) {
    it(`with ${ret} makes the driver ${expected ? 'bind' : 'stay away'}`, () => {
      const { driver, register, add, log } = machine({ match: () => ret });
      register(driver('drv'));
      expect(bound(add('a'))).to.equal(expected);
      expect(log).to.deep.equal(expected ? ['drv.probe a'] : []);
    });

    it(`with ${ret} does the same to a driver that comes late`, () => {
      const { driver, register, add } = machine({ match: () => ret });
      const dev = add('a');
      register(driver('drv'));
      expect(bound(dev)).to.equal(expected);
    });
  }

  it('that fails ends the search', () => {
    const { driver, register, add } = machine({
      match: (_k, _dev, drv) => (drv.name === 'bad' ? -Errno.EIO : 1),
    });
    register(driver('bad'));
    register(driver('good'));
    expect(bound(add('a'))).to.equal(undefined);
  });
});

describe('probing', () => {
  it('binds the first driver that takes the device', () => {
    const { k, driver, register, add, log } = machine();
    for (const [name, ret] of [
      ['refuses', -Errno.EIO],
      ['takes', 0],
      ['late', 0],
    ] as const) {
      register(driver(name, ret));
    }
    events(k);
    const dev = add('a');
    expect([bound(dev), log]).to.deep.equal(['takes', ['refuses.probe a', 'takes.probe a']]);
    expect(events(k, 'uevent')).to.deep.equal(['add /devices/a', 'bind /devices/a']);
  });

  it('links device and driver to each other, for as long as they are bound', () => {
    const { k, driver, register, add } = machine();
    const drv = driver('drv');
    register(drv);
    add('a');
    expect(exists(k, '/sys/devices/a/driver')).to.equal(true);
    expect(names(k, '/sys/bus/toy/drivers/drv')).to.include('a');
    run(k, driver_unregister(k, drv));
    expect(exists(k, '/sys/devices/a/driver')).to.equal(false);
  });

  const said = { '6.1': '<4> drv: probe of a failed with error ', '6.12': 'probe with driver' };
  for (const [ret, quiet] of [
    [-Errno.EIO, false],
    [-Errno.EEXIST, false],
    [5, false],
    [-Errno.ENODEV, true],
    [-Errno.ENXIO, true],
    [-Errno.EPROBE_DEFER, true],
  ] as const) {
    it(`that returns ${ret} fails, ${quiet ? 'silently' : 'with a line in the log'}`, () => {
      const { k, driver, register, add } = machine();
      register(driver('drv', ret));
      events(k);
      const dev = add('a');
      expect([bound(dev), exists(k, '/sys/devices/a/driver')]).to.deep.equal([undefined, false]);
      expect(events(k, 'log')).to.deep.equal(quiet ? [] : [`${said['6.1']}${ret}`]);
    });
  }

  it('that fails is told of in another way on 6.12', () => {
    const { k, driver, register, add } = machine({}, 'linux-6.12');
    register(driver('drv', -Errno.EIO));
    add('a');
    expect(events(k, 'log')).to.deep.equal([`<3> drv a: ${said['6.12']} drv failed with error -5`]);
  });

  it('is the bus’s, where it has a probe of its own', () => {
    const calls: string[] = [];
    const { k, driver, register, add, log } = machine({
      *probe(_k, dev) {
        calls.push(`probe ${dev.driver!.name}`);
        return 0;
      },
      *remove(_k, dev) {
        calls.push(`remove ${dev.driver!.name}`);
      },
    });
    register(driver('drv'));
    run(k, device_unregister(k, add('a')));
    expect([calls, log]).to.deep.equal([['probe drv', 'remove drv'], []]);
  });

  it('and removing need no callbacks', () => {
    const { k, bus, register, add } = machine();
    register({ name: 'empty', bus, owner: undefined });
    const dev = add('a');
    expect(bound(dev)).to.equal('empty');
    run(k, device_unregister(k, dev));
    expect(events(k, 'uevent').slice(-2)).to.deep.equal(['unbind /devices/a', 'remove /devices/a']);
  });

  it('makes the groups of the driver, and removes them with it', () => {
    const { k, driver, register, add } = machine();
    const drv = driver('drv', 0, { dev_groups: [{ name: 'extra', attrs: [attr('x')] }] });
    register(drv);
    add('a');
    expect(names(k, '/sys/devices/a/extra')).to.deep.equal(['x']);
    run(k, driver_unregister(k, drv));
    expect(exists(k, '/sys/devices/a/extra')).to.equal(false);
  });

  it('is undone by a group that cannot be made: removed, never bound', () => {
    const { k, driver, register, add, log } = machine();
    register(driver('drv', 0, { dev_groups: [{ attrs: [attr('uevent')] }] }));
    events(k);
    expect(bound(add('a'))).to.equal(undefined);
    expect(log).to.deep.equal(['drv.probe a', 'drv.remove a']);
    expect(events(k, 'uevent', 'log')).to.deep.equal([
      'add /devices/a',
      "<4> sysfs: cannot create duplicate filename '/devices/a/uevent'",
      '<3> drv a: device_add_groups() failed',
    ]);
  });

  it('is undone by such a group without a remove as well', () => {
    const { bus, register, add } = machine();
    const dev_groups = [{ attrs: [attr('uevent')] }];
    register({ name: 'drv', bus, owner: undefined, dev_groups });
    expect(bound(add('a'))).to.equal(undefined);
  });

  for (const at of ['driver', 'a'] as const) {
    it(`does not come to the driver where the name "${at}" is taken`, () => {
      const { k, bus, driver, register, log } = machine();
      const drv = driver('drv');
      register(drv);
      if (at === 'a')
        k.sysfs.lookup('bus')!.lookup('toy')!.lookup('drivers')!.lookup('drv')!.mkdir('a');
      const dev = new Device({
        name: 'a',
        bus,
        groups: [{ attrs: at === 'driver' ? [attr('driver')] : [] }],
      });
      run(k, device_add(k, dev));
      expect([bound(dev), log]).to.deep.equal([undefined, []]);
      if (at === 'driver') expect(names(k, '/sys/bus/toy/drivers/drv')).not.to.include('a');
    });
  }
});

describe('autoprobe', () => {
  it('can be switched off and on, by any first character but 0', () => {
    const { k, file } = machine();
    const path = 'drivers_autoprobe';
    const shown = () => read(k, `/sys/bus/toy/${path}`);
    expect([shown(), file(path, '0'), shown(), file(path, 'x'), shown()]).to.deep.equal([
      '1\n',
      1,
      '0\n',
      1,
      '1\n',
    ]);
  });

  it('that is off keeps new devices and new drivers apart', () => {
    const { driver, register, add, file, log } = machine();
    file('drivers_autoprobe', '0');
    register(driver('early'));
    add('a');
    register(driver('late'));
    expect(log).to.deep.equal([]);
  });

  it('can be made up for with drivers_probe', () => {
    const { driver, register, add, file } = machine();
    file('drivers_autoprobe', '0');
    register(driver('drv'));
    const dev = add('a');
    expect([file('drivers_probe', 'a\n'), bound(dev)]).to.deep.equal([2, 'drv']);
    expect(file('drivers_probe', 'a')).to.equal(1);
  });

  it('has nothing to make up for where nobody takes the device', () => {
    const { add, file } = machine();
    add('a');
    expect(file('drivers_probe', 'a')).to.equal(1);
  });

  it('cannot be made up for an unknown device, nor where the search fails', () => {
    const { driver, register, add, file } = machine({ match: () => -Errno.EIO });
    register(driver('drv'));
    add('a');
    expect([file('drivers_probe', 'b'), file('drivers_probe', 'a')]).to.deep.equal([
      -Errno.ENODEV,
      -Errno.EINVAL,
    ]);
  });
});

describe('a driver', () => {
  it('is offered the devices that are there, oldest first, and failures are nobody’s concern', () => {
    const { driver, register, add, log } = machine();
    for (const name of ['a', 'b', 'c']) add(name);
    expect(register(driver('drv', -Errno.EIO))).to.equal(0);
    expect(log).to.deep.equal(['drv.probe a', 'drv.probe b', 'drv.probe c']);
  });

  it('is not offered what another has', () => {
    const { driver, register, add, log } = machine();
    add('a');
    register(driver('first'));
    register(driver('second'));
    expect(log).to.deep.equal(['first.probe a']);
  });

  it('is taken away from its devices, the last bound first', () => {
    const { k, driver, register, add, log } = machine();
    const drv = driver('drv');
    register(drv);
    for (const name of ['a', 'b', 'c']) add(name);
    log.length = 0;
    run(k, driver_unregister(k, drv));
    expect(log).to.deep.equal(['drv.remove c', 'drv.remove b', 'drv.remove a']);
    expect(exists(k, '/sys/bus/toy/drivers/drv')).to.equal(false);
  });

  it('is refused a name that is taken', () => {
    const { k, driver, register } = machine();
    register(driver('drv'));
    events(k);
    expect(register(driver('drv'))).to.equal(-Errno.EBUSY);
    expect(events(k, 'log')).to.deep.equal([
      "<3> Error: Driver 'drv' is already registered, aborting...",
    ]);
  });

  it('is refused a directory that is taken, and leaves nothing', () => {
    const { k, bus, driver, register } = machine();
    const dir = made(k, kobject_create_and_add(k, 'drv', bus.drivers_kset.kobj));
    const before = k.live.size;
    expect(register(driver('drv'))).to.equal(-Errno.EEXIST);
    expect([k.live.size, bus.drivers, dir.ref.value]).to.deep.equal([before, [], 1]);
  });

  it('is announced behind its devices', () => {
    const { k, driver, register, add } = machine();
    add('a');
    events(k);
    register(driver('drv'));
    expect(events(k, 'uevent')).to.deep.equal(['bind /devices/a', 'add /bus/toy/drivers/drv']);
  });

  it('has no bind and unbind where it says so', () => {
    const { k, driver, register } = machine();
    register(driver('drv', 0, { suppress_bind_attrs: true }));
    expect(names(k, '/sys/bus/toy/drivers/drv')).to.deep.equal(['uevent']);
  });

  it('sends what is written to its uevent file', () => {
    const { k, driver, register, file } = machine();
    register(driver('drv'));
    events(k);
    expect(file('drivers/drv/uevent', 'change')).to.equal(6);
    expect(file('drivers/drv/uevent', 'no')).to.equal(-Errno.EINVAL);
    expect(events(k, 'uevent')).to.deep.equal(['change /bus/toy/drivers/drv']);
  });

  it('does without the link from its module, where the name of that directory is taken', () => {
    const { k, driver, register } = machine();
    run(k, load_module(k, { name: 'm', license: 'GPL', imports: [] }, ''));
    k.sysfs.lookup('module')!.lookup('m')!.mkdir('drivers');
    expect(register(driver('x', 0, { owner: modules(k).loaded.get('m') }))).to.equal(0);
    expect(names(k, '/sys/module/m/drivers')).to.deep.equal([]);
  });

  it('and its module are linked to each other', () => {
    const { k, driver, register } = machine();
    const drivers: DeviceDriver[] = [];
    run(
      k,
      load_module(
        k,
        {
          name: 'm',
          license: 'GPL',
          imports: [],
          *init(k, mod) {
            for (const name of ['x', 'y']) {
              const drv = driver(name, 0, { owner: mod });
              drivers.push(drv);
              yield* driver_register(k, drv);
            }
            return 0;
          },
          *exit(k) {
            for (const drv of drivers) yield* driver_unregister(k, drv);
          },
        },
        '',
      ),
    );
    expect(names(k, '/sys/module/m/drivers')).to.deep.equal(['toy:x', 'toy:y']);
    expect(exists(k, '/sys/bus/toy/drivers/x/module')).to.equal(true);
    register(driver('z'));
    expect(exists(k, '/sys/bus/toy/drivers/z/module')).to.equal(false);
    expect([run(k, delete_module(k, 'm')), modules(k).loaded.size]).to.deep.equal([0, 0]);
    expect(exists(k, '/sys/module/m')).to.equal(false);
  });
});

describe('the files bind and unbind', () => {
  const setUp = (ops: Partial<BusOps> = {}, ret = 0) => {
    const toys = machine(ops);
    toys.file('drivers_autoprobe', '0');
    toys.register(toys.driver('drv', ret));
    toys.register(toys.driver('other'));
    const dev = toys.add('a');
    const bind = (data: string) => toys.file('drivers/drv/bind', data);
    const unbind = (data: string, from = 'drv') => toys.file(`drivers/${from}/unbind`, data);
    return { ...toys, dev, bind, unbind };
  };

  it('bind and unbind a device by its name', () => {
    const { k, dev, bind, unbind } = setUp();
    events(k);
    expect([bind('a\n'), bound(dev)]).to.deep.equal([2, 'drv']);
    expect([unbind('a'), bound(dev)]).to.deep.equal([1, undefined]);
    expect(events(k, 'uevent')).to.deep.equal(['bind /devices/a', 'unbind /devices/a']);
  });

  it('know no device that the bus has not', () => {
    const { bind, unbind } = setUp();
    expect([bind('b'), unbind('b'), bind('a\n\n')]).to.deep.equal(Array(3).fill(-Errno.ENODEV));
  });

  it('unbind only from the driver that has the device', () => {
    const { dev, bind, unbind } = setUp();
    expect(unbind('a')).to.equal(-Errno.ENODEV);
    bind('a');
    expect([unbind('a', 'other'), bound(dev)]).to.deep.equal([-Errno.ENODEV, 'drv']);
  });

  it('bind only what matches', () => {
    const { bind } = setUp({ match: () => 0 });
    expect(bind('a')).to.equal(-Errno.ENODEV);
  });

  it('do not bind what is bound', () => {
    const { bind } = setUp();
    bind('a');
    expect(bind('a')).to.equal(-Errno.EBUSY);
  });

  for (const [ret, error] of [
    [-Errno.EIO, -Errno.EIO],
    [-Errno.ENODEV, -Errno.ENODEV],
    [5, -5],
    [-Errno.EPROBE_DEFER, -Errno.EAGAIN],
  ] as const) {
    it(`answer ${error} to a probe that returns ${ret}`, () => {
      expect(setUp({}, ret).bind('a')).to.equal(error);
    });
  }
});

describe('device_attach', () => {
  it('finds a device bound, or takes no device that is gone', () => {
    const { k, driver, register, add, log } = machine();
    register(driver('drv'));
    const dev = add('a');
    expect(run(k, device_attach(k, dev))).to.equal(1);
    run(k, device_del(k, dev));
    log.length = 0;
    expect([run(k, device_attach(k, dev)), log]).to.deep.equal([0, []]);
  });
});

describe('a device that goes', () => {
  it('is not bound any more', () => {
    const { k, driver, register, add } = machine();
    const drv = driver('drv');
    const dev = add('a');
    run(k, device_unregister(k, dev));
    register(drv);
    expect(run(k, device_driver_attach(k, drv, dev))).to.equal(-Errno.ENODEV);
  });

  it('is unbound first', () => {
    const { k, driver, register, add } = machine();
    register(driver('drv'));
    const dev = add('a');
    events(k);
    run(k, device_unregister(k, dev));
    expect(events(k, 'uevent')).to.deep.equal(['unbind /devices/a', 'remove /devices/a']);
    expect(k.live.has(dev.kobj.ref)).to.equal(false);
  });

  it('waits for the probe that is under way', () => {
    const { k, driver, register, add, file, log } = machine();
    const drv = driver('slow', 0, {
      *probe(k) {
        yield* msleep(k, 10);
        log.push('probed');
        return 0;
      },
    });
    file('drivers_autoprobe', '0');
    register(drv);
    const dev = add('a');
    start(k, 'binder', device_driver_attach(k, drv, dev));
    run(k, device_unregister(k, dev));
    expect([k.sched.now, log]).to.deep.equal([10, ['probed', 'slow.remove a']]);
  });
});

describe('a driver that comes while another probes', () => {
  it('waits, and finds the device bound', () => {
    const { k, driver, register, add, log } = machine();
    add('a');
    const slow = driver('slow', 0, {
      *probe(k) {
        yield* msleep(k, 10);
        return 0;
      },
    });
    start(k, 'first', driver_register(k, slow));
    register(driver('late'));
    expect([k.sched.now, log, names(k, '/sys/bus/toy/drivers/slow')![0]]).to.deep.equal([
      10,
      [],
      'a',
    ]);
  });
});
