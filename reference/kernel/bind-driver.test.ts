import { expect } from 'chai';
import { bus_register, type Bus, type BusOps } from './bus.js';
import { device_add, device_del } from './core.js';
import { device_bind_driver } from './bind-driver.js';
import { device_driver_attach, device_driver_detach } from './dd.js';
import { Device } from './device.js';
import { driver_register, type DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { booted, events, exists, expectBug, made, run, start, write } from './testing.js';
import { msleep } from './wait.js';

let k: Kernel;
let bus: Bus;

const machine = (ops: Partial<BusOps> = {}, era?: string): void => {
  k = booted(era);
  bus = made(k, bus_register(k, { name: 'toy', match: () => 0, ...ops }));
};
const driver = (more: Partial<DeviceDriver> = {}): DeviceDriver => {
  const drv: DeviceDriver = { name: 'drv', bus, owner: undefined, ...more };
  expect(run(k, driver_register(k, drv))).to.equal(0);
  return drv;
};
const add = (dev: Device): Device => {
  expect(run(k, device_add(k, dev))).to.equal(0);
  return dev;
};

describe('device_bind_driver', () => {
  it('links and announces, and asks neither driver nor bus', () => {
    const asked: string[] = [];
    machine({
      *dma_configure() {
        asked.push('dma_configure');
        return 0;
      },
    });
    const drv = driver({
      *probe() {
        asked.push('probe');
        return 0;
      },
    });
    const dev = add(new Device({ name: 'dev', bus }));
    dev.driver = drv;
    expect(run(k, device_bind_driver(k, dev))).to.equal(0);
    expect(exists(k, '/sys/devices/dev/driver')).to.equal(true);
    expect([asked, drv.p!.devices]).to.deep.equal([[], [dev]]);
  });

  it('is EEXIST for a device that is bound already, and changes nothing', () => {
    machine();
    const drv = driver();
    const dev = add(new Device({ name: 'dev', bus, groups: [] }));
    dev.driver = drv;
    run(k, device_bind_driver(k, dev));
    events(k);
    expect(run(k, device_bind_driver(k, dev))).to.equal(-Errno.EEXIST);
    expect(drv.p!.devices).to.deep.equal([dev]);
  });

  for (const held of [false, true]) {
    it(`shows that ${held ? 'somebody' : 'nobody'} holds the lock`, () => {
      machine();
      const dev = add(new Device({ name: 'dev', bus }));
      dev.driver = driver();
      events(k);
      if (held)
        run(
          k,
          locked(dev, () => device_bind_driver(k, dev)),
        );
      else run(k, device_bind_driver(k, dev));
      expect(events(k, 'call')[0]).to.equal(`device_bind_driver(dev, drv, ${Number(held)})`);
    });
  }

  function* locked(dev: Device, body: () => ReturnType<typeof device_bind_driver>) {
    yield* dev.mutex.lock(k);
    yield* body();
    dev.mutex.unlock(k);
  }
});

describe('a driver in a device that was never bound', () => {
  it('brings the kernel down when it is taken away', () => {
    machine();
    bus.drivers_autoprobe = false;
    const dev = new Device({ name: 'dev', bus });
    dev.driver = driver();
    add(dev);
    expectBug('OOPS', () => {
      run(k, device_del(k, dev));
    });
  });
});

describe('what stands before a probe', () => {
  for (const era of ['linux-5.10', 'linux-6.1']) {
    it(`is that the device holds nothing, as ${era}`, () => {
      machine({}, era);
      const dev = add(new Device({ name: 'dev', bus }));
      let released = 0;
      dev.devres.push(() => released++);
      const drv = driver();
      expect(run(k, device_driver_attach(k, drv, dev))).to.equal(-Errno.EBUSY);
      expect(events(k, 'log')).to.deep.equal(['<2> toy dev: Resources present before probing']);
      expect([dev.driver, released]).to.deep.equal([undefined, 0]);
    });
  }
});

describe('what a device holds', () => {
  it('is given back when it is unbound, the newest first', () => {
    machine();
    const order: number[] = [];
    const drv = driver({
      *probe(_k, dev) {
        for (const at of [1, 2]) dev.devres.push(() => order.push(at));
        return 0;
      },
    });
    const dev = add(new Device({ name: 'dev', bus }));
    run(k, device_driver_attach(k, drv, dev));
    run(k, device_driver_detach(k, dev));
    expect(order).to.deep.equal([2, 1]);
  });
});

describe('a bus that wants the lock of the parent', () => {
  it('has whoever binds, unbinds or looks for a driver wait for it', () => {
    machine({ need_parent_lock: true });
    const parent = add(new Device({ name: 'parent' }));
    const dev = add(new Device({ name: 'dev', bus, parent }));
    const drv = driver();
    start(k, 'holder', hold(parent));
    const tasks = [
      start(k, 'binds', device_driver_attach(k, drv, dev)),
      start(k, 'unbinds', device_driver_detach(k, dev)),
    ];
    expect(tasks.map(({ state }) => state)).to.deep.equal(['sleeping', 'sleeping']);
    k.sched.advance(10);
    expect(tasks.map(({ state }) => state)).to.deep.equal(['done', 'done']);
    expect(write(k, '/sys/bus/toy/drivers_probe', 'dev')).to.equal(3);
    expect([parent.mutex.locked, dev.mutex.locked]).to.deep.equal([false, false]);
  });

  function* hold(dev: Device) {
    yield* dev.mutex.lock(k);
    yield* msleep(k, 10);
    dev.mutex.unlock(k);
  }
});

describe('a match that is an error', () => {
  const half = { match: (_k: Kernel, dev: Device) => (dev.name === 'bad' ? -Errno.EIO : 1) };

  it('is one for that device alone', () => {
    machine(half);
    add(new Device({ name: 'bad', bus }));
    const good = add(new Device({ name: 'good', bus }));
    expect(driver().p!.devices).to.deep.equal([good]);
  });

  it('fails the registration of a driver in the eras between', () => {
    machine(half, 'linux-6.0');
    add(new Device({ name: 'bad', bus }));
    const drv: DeviceDriver = { name: 'drv', bus, owner: undefined };
    expect(run(k, driver_register(k, drv))).to.equal(-Errno.EIO);
    expect([bus.drivers, exists(k, '/sys/bus/toy/drivers/drv')]).to.deep.equal([[], false]);
  });
});

describe('attributes of a driver itself', () => {
  it('are there while it is registered', () => {
    machine();
    const groups = [{ attrs: [{ name: 'hello', mode: 0o444 }] }];
    driver({ groups });
    expect(exists(k, '/sys/bus/toy/drivers/drv/hello')).to.equal(true);
  });

  it('that cannot be made undo the registration', () => {
    machine();
    const groups = [{ attrs: [{ name: 'bind', mode: 0o444 }] }];
    const drv: DeviceDriver = { name: 'drv', bus, owner: undefined, groups };
    expect(run(k, driver_register(k, drv))).to.equal(-Errno.EEXIST);
    expect([bus.drivers, exists(k, '/sys/bus/toy/drivers/drv')]).to.deep.equal([[], false]);
  });
});
