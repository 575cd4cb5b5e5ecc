/**
 * The module `platform`: the bus that a real kernel has built in, under the reading that its parameter
 * names, and a way to plug devices: names written to `add` and `remove` below /sys/kernel/debug/platform.
 */
import { give_boot_bus, take_boot_bus } from '../kernel/boot-buses.js';
import { bus_register, bus_unregister, type Bus } from '../kernel/bus.js';
import { device_register, device_unregister } from '../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../kernel/debugfs.js';
import { Device, put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all, undo_all, type Step } from '../kernel/steps.js';
import { platform_bus } from './bus.js';
import { platform_device_add, platform_device_alloc, platform_device_del } from './device.js';
import { READINGS } from './readings.js';
import type { PlatformDevice } from './types.js';

/** What the module holds while it is loaded. */
class State {
  bus!: Bus;
  /** /sys/devices/platform */
  root!: Device;
  dbg!: KernfsNode;
  readonly devices = new Map<string, PlatformDevice>();

  constructor(readonly mod: Module) {}
}

/** A device comes. @returns 0, -EINVAL for a text that is no name, or as device_add() */
function* plug(k: Kernel, state: State, instance: string): MightSleep<number> {
  if (!/^[\w-]+(\.\d+)?$/.test(instance)) return -Errno.EINVAL;
  const pdev = platform_device_alloc(state.bus, state.root, instance);
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

const the_bus: Step<State> = {
  *make(k, state) {
    const reading = state.mod.params['reading'] as string;
    if (!Object.hasOwn(READINGS, reading)) {
      const known = Object.keys(READINGS).join(', ');
      printk(k, LogLevel.ERR, `platform: no reading '${reading}'; there are ${known}`);
      return -Errno.EINVAL;
    }
    take_boot_bus(k, 'platform');
    const bus = yield* bus_register(k, platform_bus(READINGS[reading]!));
    if (typeof bus === 'number') return bus;
    state.bus = bus;
    return 0;
  },
  *undo(k, { bus }) {
    yield* bus_unregister(k, bus);
    give_boot_bus(k, 'platform');
  },
};

const the_root: Step<State> = {
  *make(k, state) {
    state.root = new Device({ name: 'platform' });
    return yield* device_register(k, state.root);
  },
  undo: (k, { root }) => device_unregister(k, root),
};

const the_files: Step<State> = {
  *make(k, state) {
    state.dbg = debugfs_create_dir(k, 'platform');
    for (const [name, act] of [
      ['add', plug],
      ['remove', unplug],
    ] as const) {
      debugfs_create_file(state.dbg, name, 0o200, {
        owner: state.mod,
        *write(k, data) {
          return (yield* act(k, state, data.trimEnd())) || data.length;
        },
      });
    }
    return 0;
  },
  undo: (k, { dbg }) => debugfs_remove_recursive(k, dbg),
};

const the_devices: Step<State> = {
  *make() {
    return 0;
  },
  *undo(k, state) {
    for (const instance of [...state.devices.keys()].reverse()) yield* unplug(k, state, instance);
  },
};

const STEPS = [the_bus, the_root, the_devices, the_files];
const states = new WeakMap<Module, State>();

export const platform: ModuleDefinition = {
  name: 'platform',
  license: 'GPL',
  imports: [],
  exports: ['__platform_driver_register', 'platform_driver_unregister'].map((name) => ({
    name,
    gpl: true,
  })),
  params: { reading: { type: 'charp', init: 'driver_override', mode: 0o444 } },
  init(k, mod) {
    const state = new State(mod);
    states.set(mod, state);
    return make_all(k, state, STEPS);
  },
  exit: (k, mod) => undo_all(k, states.get(mod)!, STEPS),
};
