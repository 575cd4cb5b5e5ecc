import { expect } from 'chai';
import { bus_register, type Bus } from './bus.js';
import { device_add, device_del } from './core.js';
import { device_attach, device_driver_attach, really_probe } from './dd.js';
import { Device } from './device.js';
import { driver_register, type DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { booted, events, exists, made, run, write } from './testing.js';

describe('binding that tells a flag', () => {
  let k: Kernel;
  let bus: Bus;
  let log: string[];

  beforeEach(() => {
    k = booted('linux-5.10');
    bus = made(k, bus_register(k, { name: 'toy' }));
    log = [];
  });

  const driver = (name: string, ret = 0, more: Partial<DeviceDriver> = {}): DeviceDriver => {
    const drv: DeviceDriver = {
      name,
      bus,
      owner: undefined,
      *probe() {
        log.push(`${name}.probe`);
        return ret;
      },
      *remove() {
        log.push(`${name}.remove`);
      },
      ...more,
    };
    expect(run(k, driver_register(k, drv))).to.equal(0);
    return drv;
  };
  const add = (name = 'dev'): Device => {
    const dev = new Device({ name, bus });
    expect(run(k, device_add(k, dev))).to.equal(0);
    events(k);
    return dev;
  };
  const bind = (drv: string) => write(k, `/sys/bus/toy/drivers/${drv}/bind`, 'dev');

  it('is 1 for a device that is bound', () => {
    const dev = add();
    const drv = driver('one');
    expect(dev.driver).to.equal(drv);
    expect(events(k, 'return')).to.include('really_probe = 1');
  });

  it('is 0 for one whose probe failed, and the errno is told to the log alone', () => {
    driver('one', -Errno.EIO);
    const dev = new Device({ name: 'dev', bus });
    expect(run(k, device_add(k, dev))).to.equal(0);
    expect(dev.driver).to.equal(undefined);
    expect(events(k, 'log')).to.deep.equal(['<4> one: probe of dev failed with error -5']);
  });

  it('says nothing of a driver that finds no device', () => {
    driver('one', -Errno.ENODEV);
    add();
    expect(events(k, 'log')).to.deep.equal([]);
  });

  it('tries the next driver, in the order of registration', () => {
    driver('one', -Errno.EIO);
    const two = driver('two');
    driver('three');
    expect(add().driver).to.equal(two);
    expect(log).to.deep.equal(['one.probe', 'two.probe']);
  });

  it('takes a foreign file away with the link that could not be made', () => {
    driver('one');
    const dev = new Device({
      name: 'dev',
      bus,
      groups: [{ attrs: [{ name: 'driver', mode: 0o444 }] }],
    });
    run(k, device_add(k, dev));
    expect(log).to.deep.equal([]);
    expect(exists(k, '/sys/devices/dev/driver')).to.equal(false);
    expect(events(k, 'log')).to.deep.equal([
      "<4> sysfs: cannot create duplicate filename '/devices/dev/driver'",
      '<3> really_probe: driver_sysfs_add(dev) failed',
      '<4> one: probe of dev failed with error -17',
    ]);
  });

  it('removes a device again whose attributes collide', () => {
    const attrs = [{ name: 'uevent', mode: 0o444 }];
    driver('one', 0, { dev_groups: [{ attrs }] });
    expect(add().driver).to.equal(undefined);
    expect(log).to.deep.equal(['one.probe', 'one.remove']);
  });

  it('skips a device that is bound, or gone, when a driver is attached to it', () => {
    const two = driver('two');
    const dev = add();
    const one = driver('one');
    expect(run(k, device_driver_attach(k, one, dev))).to.equal(0);
    expect(dev.driver).to.equal(two);
    run(k, device_del(k, dev));
    expect(run(k, device_driver_attach(k, one, dev))).to.equal(0);
    expect(log).to.deep.equal(['two.probe', 'two.remove']);
  });

  it('is -ENODEV for a device that is not registered', () => {
    const one = driver('one');
    const dev = new Device({ name: 'dev', bus });
    expect(run(k, device_driver_attach(k, one, dev))).to.equal(-Errno.ENODEV);
  });

  it('gives each answer of device_attach() its meaning', () => {
    write(k, '/sys/bus/toy/drivers_autoprobe', '0');
    const dev = add();
    expect(run(k, device_attach(k, dev))).to.equal(0);
    driver('one');
    expect(run(k, device_attach(k, dev))).to.equal(1);
    expect(run(k, device_attach(k, dev))).to.equal(1);
  });

  it('loses the errno of a probe on the way to who writes to `bind`', () => {
    add();
    driver('one', -Errno.EIO);
    expect(bind('one')).to.equal(-Errno.ENODEV);
  });

  it('binds by hand, and once', () => {
    write(k, '/sys/bus/toy/drivers_autoprobe', '0');
    const dev = add();
    const one = driver('one');
    expect(bind('one')).to.equal('dev'.length);
    expect(dev.driver).to.equal(one);
    expect(bind('one')).to.equal(-Errno.ENODEV);
  });

  it('shows the functions that this era’s recordings watch, and no other', () => {
    driver('one');
    const dev = new Device({ name: 'dev', bus });
    run(k, device_add(k, dev));
    expect(events(k, 'call')).to.include.members([
      'device_initial_probe(dev)',
      'really_probe(dev, one)',
    ]);
    run(k, device_del(k, dev));
    expect(events(k, 'call')).to.deep.equal(['device_del(dev)']);
    const later = booted('linux-6.1');
    const other = made(later, bus_register(later, { name: 'toy' }));
    const device = new Device({ name: 'dev', bus: other });
    run(later, device_add(later, device));
    expect(events(later, 'call')).to.deep.equal(['device_add(dev, toy)']);
    run(later, device_del(later, device));
    expect(events(later, 'call')).to.include('device_release_driver_internal(dev)');
  });

  it('is what really_probe() answers', () => {
    write(k, '/sys/bus/toy/drivers_autoprobe', '0');
    const one = driver('one');
    const dev = add();
    expect(run(k, really_probe(k, dev, one))).to.equal(1);
  });
});
