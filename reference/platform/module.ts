/**
 * The module `platform`: the bus that a real kernel has built in, under the reading that its parameter
 * names, and a way to plug devices: names written to `add` and `remove` below /sys/kernel/debug/platform.
 */
import { bus_step, files_step, root_step } from '../buses/steps.js';
import type { Bus } from '../kernel/bus.js';
import { put_device, type Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import { module_of_steps } from '../kernel/module-of-steps.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import { platform_bus } from './bus.js';
import { platform_device_add, platform_device_alloc, platform_device_del } from './device.js';
import { READINGS } from './readings.js';
import type { PlatformDevice } from './types.js';

/** What the module holds while it is loaded. */
interface State {
  readonly mod: Module;
  bus?: Bus;
  /** /sys/devices/platform */
  root?: Device;
  files?: KernfsNode;
  readonly devices: Map<string, PlatformDevice>;
}

/** A device comes. @returns 0, -EINVAL for a text that is no name, or as device_add() */
function* plug(k: Kernel, state: State, instance: string): MightSleep<number> {
  if (!/^[\w-]+(\.\d+)?$/.test(instance)) return -Errno.EINVAL;
  const pdev = platform_device_alloc(state.bus!, state.root!, instance);
  const error = yield* platform_device_add(k, pdev);
  if (error) yield* put_device(k, pdev.dev);
  else state.devices.set(instance, pdev);
  return error;
}

/** A device goes. @returns 0 or -ENODEV */
function* unplug(k: Kernel, state: State, instance: string): MightSleep<number> {
  const pdev = state.devices.get(instance);
  if (!pdev) return -Errno.ENODEV;
  state.devices.delete(instance);
  yield* platform_device_del(k, pdev);
  yield* put_device(k, pdev.dev);
  return 0;
}

const the_reading: Step<State> = {
  *make(k, { mod }) {
    const reading = mod.params['reading'] as string;
    if (Object.hasOwn(READINGS, reading)) return 0;
    const known = Object.keys(READINGS).join(', ');
    printk(k, LogLevel.ERR, `platform: no reading '${reading}'; there are ${known}`);
    return -Errno.EINVAL;
  },
};

const the_devices: Step<State> = {
  *make() {
    return 0;
  },
  *undo(k, state) {
    for (const instance of [...state.devices.keys()].reverse()) yield* unplug(k, state, instance);
  },
};

export const platform: ModuleDefinition = module_of_steps<State>(
  {
    name: 'platform',
    license: 'GPL',
    imports: [],
    exports: ['__platform_driver_register', 'platform_driver_unregister'].map((name) => ({
      name,
      gpl: true,
    })),
    params: { reading: { type: 'charp', init: 'driver_override', mode: 0o444 } },
  },
  (_k, mod) => ({ mod, devices: new Map() }),
  [
    the_reading,
    bus_step(({ mod }) => platform_bus(READINGS[mod.params['reading'] as string]!)),
    root_step('platform'),
    the_devices,
    files_step('platform', {
      add: (k, state, words) => plug(k, state, words.join(' ')),
      remove: (k, state, words) => unplug(k, state, words.join(' ')),
    }),
  ],
);
