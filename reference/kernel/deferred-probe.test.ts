import { expect } from 'chai';
import { bus_register, type Bus } from './bus.js';
import { device_add, device_del } from './core.js';
import { device_bind_driver } from './bind-driver.js';
import { device_attach } from './dd.js';
import { Device } from './device.js';
import { driver_register, driver_unregister, type DeviceDriver } from './driver.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { booted, made, read, run } from './testing.js';

const DEFERRED = '/sys/kernel/debug/devices_deferred';

for (const era of ['linux-5.10', 'linux-6.1']) {
  describe(`a device that is deferred, in ${era}`, () => {
    let k: Kernel;
    let bus: Bus;
    let asked: string[];
    let ready: boolean;

    /** takes whatever is called like it, and defers the others until it is ready */
    const driver = (name: string): DeviceDriver => ({
      name,
      bus,
      owner: undefined,
      *probe(_k, dev) {
        asked.push(`${name} ${dev.name}`);
        return dev.name === name || ready ? 0 : -Errno.EPROBE_DEFER;
      },
    });
    const add = (name: string): Device => {
      const dev = new Device({ name, bus });
      expect(run(k, device_add(k, dev))).to.equal(0);
      return dev;
    };

    beforeEach(() => {
      k = booted(era);
      bus = made(k, bus_register(k, { name: 'toy' }));
      asked = [];
      ready = false;
    });

    it('is listed until it is bound', () => {
      run(k, driver_register(k, driver('a')));
      const dev = add('waits');
      expect(read(k, DEFERRED)).to.equal('waits\t\n');
      ready = true;
      run(k, device_attach(k, dev));
      expect([dev.driver?.name, read(k, DEFERRED)]).to.deep.equal(['a', '']);
    });

    it('is asked again once for each that is bound, in the order of the deferrals', () => {
      run(k, driver_register(k, driver('a')));
      add('x');
      add('y');
      asked = [];
      add('a');
      expect(asked).to.deep.equal(['a a', 'a x', 'a y']);
      expect(read(k, DEFERRED)).to.equal('x\t\ny\t\n');
    });

    it('is asked again when somebody is bound unasked', () => {
      const drv = driver('a');
      run(k, driver_register(k, drv));
      add('x');
      bus.drivers_autoprobe = false;
      const other = add('other');
      bus.drivers_autoprobe = true;
      other.driver = drv;
      ready = true;
      run(k, device_bind_driver(k, other));
      expect(asked).to.deep.equal(['a x', 'a x']);
      expect(read(k, DEFERRED)).to.equal('');
    });

    it('is forgotten when it goes', () => {
      run(k, driver_register(k, driver('a')));
      run(k, device_del(k, add('x')));
      expect(read(k, DEFERRED)).to.equal('');
    });

    it('is dropped when its driver is gone and its turn comes', () => {
      const drv = driver('a');
      run(k, driver_register(k, drv));
      add('x');
      run(k, driver_unregister(k, drv));
      run(k, driver_register(k, driver('b')));
      expect(read(k, DEFERRED)).to.equal('x\t\n');
      ready = true;
      add('b');
      expect(read(k, DEFERRED)).to.equal('');
    });
  });
}
