/**
 * mac80211_hwsim: radios that are devices of a class, each given the module's platform driver, which
 * has no probe. Source: drivers/net/wireless/mac80211_hwsim.c, 6.1
 */
import { class_create, class_destroy, type DeviceClass } from '../kernel/class.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_release_driver } from '../kernel/dd.js';
import { Device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import { kernel_root } from '../kernel/ksets.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { platform_driver_register, platform_driver_unregister } from '../platform/driver.js';
import type { PlatformDriver } from '../platform/types.js';
import { fixed, number_of, rig_module } from './rig.js';

interface State {
  readonly mod: Module;
  readonly radios: Device[];
  drv?: PlatformDriver;
  class?: DeviceClass;
}

/** Source: mac80211_hwsim_new_radio() @returns 0 or -errno */
function* new_radio(k: Kernel, { class: cls, drv, radios }: State): MightSleep<number> {
  const dev = new Device({ name: `hwsim${radios.length}`, class: cls! });
  const added = yield* device_register_or_put(k, dev);
  if (added) return added;
  dev.driver = drv;
  const error = yield* device_bind_driver(k, dev);
  if (error) yield* device_unregister(k, dev);
  else radios.push(dev);
  return error;
}

/** Source: mac80211_hwsim_free() */
function* free_radios(k: Kernel, { radios }: State): MightSleep<void> {
  for (let dev = radios.shift(); dev; dev = radios.shift()) {
    yield* device_release_driver(k, dev);
    yield* device_unregister(k, dev);
  }
}

export const mac80211_hwsim: ModuleDefinition = rig_module<State>({
  name: 'mac80211_hwsim',
  params: { radios: fixed(2) },
  imports: ['__platform_driver_register', 'platform_driver_unregister'],
  state: (mod) => ({ mod, radios: [] }),
  steps: [
    {
      make(k, state) {
        state.drv = {
          name: 'mac80211_hwsim',
          bus: kernel_root(k).buses.get('platform')!,
          owner: state.mod,
          id_table: [],
          match_any: false,
          explicit_bind_only: false,
        };
        return platform_driver_register(k, state.drv);
      },
      undo: (k, { drv }) => platform_driver_unregister(k, drv!),
    },
    {
      *make(k, state) {
        const cls = yield* class_create(k, 'mac80211_hwsim');
        if (typeof cls === 'number') return cls;
        state.class = cls;
        return 0;
      },
      undo: (k, { class: cls }) => class_destroy(k, cls!),
    },
    {
      *make(k, state) {
        for (let at = 0; at < number_of(state.mod, 'radios'); at++) {
          const error = yield* new_radio(k, state);
          if (!error) continue;
          yield* free_radios(k, state);
          return error;
        }
        return 0;
      },
      undo: free_radios,
    },
  ],
});
