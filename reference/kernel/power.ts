/** Power management of devices that have none. Source: drivers/base/power/sysfs.c, 6.1 and 6.12 */
import { kobj_to_dev, type Device } from './device.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { sysfs_streq } from './kstrtox.js';
import type { MightSleep } from './scheduler.js';
import type { Attribute, AttributeGroup } from './sysfs.js';

const ro = (name: string, show: (dev: Device) => string): Attribute => ({
  name,
  mode: 0o444,
  *show(_k, kobj) {
    return show(kobj_to_dev(kobj));
  },
});

/** A file that shows one of two words and takes either. */
function choice(
  name: string,
  show: (dev: Device) => string,
  choices: Readonly<Record<string, (dev: Device) => void>>,
  around: (k: Kernel, dev: Device, choose: () => number) => MightSleep<number>,
): Attribute {
  return {
    name,
    mode: 0o644,
    *show(_k, kobj) {
      return `${show(kobj_to_dev(kobj))}\n`;
    },
    store(k, kobj, data) {
      const dev = kobj_to_dev(kobj);
      const word = Object.keys(choices).find((each) => sysfs_streq(data, each));
      return around(k, dev, () => {
        if (word === undefined) return -Errno.EINVAL;
        choices[word]!(dev);
        return data.length;
      });
    },
  };
}

/** Source: pm_runtime_forbid() */
function pm_runtime_forbid({ power }: Device): void {
  if (power.runtime_auto) power.usage_count++;
  power.runtime_auto = false;
}

/** Source: pm_runtime_allow() */
function pm_runtime_allow({ power }: Device): void {
  if (!power.runtime_auto) power.usage_count--;
  power.runtime_auto = true;
}

/** Keeps a device awake. Source: pm_runtime_get_sync() */
export function pm_runtime_get_sync(dev: Device): void {
  dev.power.usage_count++;
}

/** Source: pm_runtime_put() */
export function pm_runtime_put(dev: Device): void {
  dev.power.usage_count--;
}

const control = choice(
  'control',
  ({ power }) => (power.runtime_auto ? 'auto' : 'on'),
  { auto: pm_runtime_allow, on: pm_runtime_forbid },
  function* (k, dev, choose) {
    yield* dev.mutex.lock(k);
    const ret = choose();
    dev.mutex.unlock(k);
    return ret;
  },
);

const async_suspend = (enabled: boolean) => (dev: Device) => {
  dev.power.async_suspend = enabled;
};

const async = choice(
  'async',
  ({ power }) => (power.async_suspend ? 'enabled' : 'disabled'),
  { enabled: async_suspend(true), disabled: async_suspend(false) },
  function* (_k, _dev, choose) {
    return choose();
  },
);

const autosuspend_delay_ms: Attribute = {
  name: 'autosuspend_delay_ms',
  mode: 0o644,
  *show() {
    return -Errno.EIO;
  },
  *store() {
    return -Errno.EIO;
  },
};

/** The `power` directory that every device has. No device of this model can be suspended. */
export const pm_attr_group: AttributeGroup = {
  name: 'power',
  attrs: [
    async,
    autosuspend_delay_ms,
    control,
    ro('runtime_active_kids', () => '0\n'),
    ro('runtime_active_time', () => '0\n'),
    ro('runtime_enabled', ({ power }) =>
      power.runtime_auto ? 'disabled\n' : 'disabled & forbidden\n',
    ),
    ro('runtime_status', () => 'unsupported\n'),
    ro('runtime_suspended_time', () => '0\n'),
    ro('runtime_usage', ({ power }) => `${power.usage_count}\n`),
  ],
};
