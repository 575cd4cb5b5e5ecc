import { expect } from 'chai';
import { device_add } from './core.js';
import { Device } from './device.js';
import { Errno } from './errno.js';
import { pm_runtime_get_sync, pm_runtime_put } from './power.js';
import { booted, read, run, start, write } from './testing.js';
import { msleep } from './wait.js';

function machine() {
  const k = booted();
  const dev = new Device({ name: 'a' });
  run(k, device_add(k, dev));
  const path = (name: string) => `/sys/devices/a/power/${name}`;
  return {
    k,
    dev,
    show: (name: string) => read(k, path(name)),
    store: (name: string, data: string) => write(k, path(name), data),
  };
}

describe('power management', () => {
  for (const [name, first, second] of [
    ['control', 'auto', 'on'],
    ['async', 'disabled', 'enabled'],
  ] as const) {
    it(`lets ${name} be "${first}" or "${second}" and nothing else`, () => {
      const { show, store } = machine();
      expect(show(name)).to.equal(`${first}\n`);
      expect([store(name, `${second}\n`), show(name)]).to.deep.equal([
        second.length + 1,
        `${second}\n`,
      ]);
      expect([store(name, 'maybe'), show(name)]).to.deep.equal([-Errno.EINVAL, `${second}\n`]);
      expect([store(name, first), show(name)]).to.deep.equal([first.length, `${first}\n`]);
    });
  }

  it('counts one user who forbids it, however often', () => {
    const { show, store } = machine();
    const usage = (control: string) => {
      store('control', control);
      return show('runtime_usage');
    };
    expect(['auto', 'on', 'on', 'auto'].map(usage)).to.deep.equal(['0\n', '1\n', '1\n', '0\n']);
  });

  it('counts whoever keeps the device awake', () => {
    const { dev, show } = machine();
    pm_runtime_get_sync(dev);
    expect(show('runtime_usage')).to.equal('1\n');
    pm_runtime_put(dev);
    expect(show('runtime_usage')).to.equal('0\n');
  });

  it('is not there, forbidden or not', () => {
    const { show, store } = machine();
    expect(show('runtime_enabled')).to.equal('disabled\n');
    store('control', 'on');
    expect(show('runtime_enabled')).to.equal('disabled & forbidden\n');
    expect(show('runtime_status')).to.equal('unsupported\n');
  });

  it('has no delay', () => {
    const { show, store } = machine();
    expect([show('autosuspend_delay_ms'), store('autosuspend_delay_ms', '1')]).to.deep.equal([
      -Errno.EIO,
      -Errno.EIO,
    ]);
  });

  it('is changed under the lock of the device', () => {
    const { k, dev, store } = machine();
    start(
      k,
      'holder',
      (function* () {
        yield* dev.mutex.lock(k);
        yield* msleep(k, 10);
        dev.mutex.unlock(k);
      })(),
    );
    store('async', 'enabled');
    expect(k.sched.now).to.equal(0);
    store('control', 'on');
    expect(k.sched.now).to.equal(10);
  });
});
