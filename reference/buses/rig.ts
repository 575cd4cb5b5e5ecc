/**
 * What the modules of the buses share: each is a bus of the kernel with a few ports of its own and
 * drivers that answer what their parameters say, so that the way in which it binds can be seen.
 */
import { give_boot_bus, take_boot_bus } from '../kernel/boot-buses.js';
import { bus_register, bus_unregister, type Bus, type BusOps } from '../kernel/bus.js';
import { device_register, device_unregister } from '../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../kernel/debugfs.js';
import { dev_printk, Device, put_device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { ParamDef, ParamDefs } from '../kernel/params.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all, undo_all, type Step } from '../kernel/steps.js';
import { callback } from '../kernel/tracepoint.js';
import { msleep } from '../kernel/wait.js';

/** The functions of binding that not every recording watched. */
const POINTS = [
  '__device_attach',
  'deferred_probe_work_func',
  'device_attach',
  'device_initial_probe',
  'device_release_driver_internal',
  'driver_attach',
  'driver_deferred_probe_add',
];

const LIVE = 0o644;
const FIXED = 0o444;
export const live = (init: number): ParamDef => ({ type: 'int', init, mode: LIVE });
export const fixed = (init: number): ParamDef => ({ type: 'int', init, mode: FIXED });
export const flag = (init: boolean): ParamDef => ({ type: 'bool', init, mode: FIXED });
export const word = (init: string): ParamDef => ({ type: 'charp', init, mode: FIXED });

export const number_of = (mod: Module, name: string): number => mod.params[name] as number;

/** The parameters of a driver that is asked by `op`: what it answers, and after how long. */
export const answers = (op: string): ParamDefs => ({
  [`${op}_ret`]: live(0),
  [`${op}_delay_ms`]: live(0),
});

/**
 * A driver is asked, takes its time, and answers what its module's parameters say.
 * @param taken what it does if that is 0
 */
export function ask(
  k: Kernel,
  mod: Module,
  op: string,
  dev: Device,
  taken?: () => MightSleep<number>,
): MightSleep<number> {
  const body = function* (): MightSleep<number> {
    const delay = number_of(mod, `${op}_delay_ms`);
    if (delay) yield* msleep(k, delay);
    const ret = number_of(mod, `${op}_ret`);
    return ret || !taken ? ret : yield* taken();
  };
  return callback(k, mod.name, op, { dev: dev.name }, body());
}

/** A device takes something that the driver core gives back. Source: devm_add_action() */
export function take_resource(k: Kernel, dev: Device): void {
  dev.devres.push(() => {
    dev_printk(k, LogLevel.INFO, dev, 'resource released');
  });
}

/** A driver is told, and can't say no. */
export function tell(
  k: Kernel,
  mod: Module,
  op: string,
  dev: Device,
  done?: () => MightSleep<void>,
): MightSleep<void> {
  const body = function* (): MightSleep<void> {
    if (done) yield* done();
  };
  return callback(k, mod.name, op, { dev: dev.name }, body());
}

/** A module that is made in steps, each taken back when it goes. */
export function rig_module<S extends object>(
  of: Pick<ModuleDefinition, 'name' | 'params' | 'exports'> & {
    readonly imports?: readonly string[];
    readonly state: (mod: Module) => S;
    readonly steps: readonly Step<S>[];
  },
): ModuleDefinition {
  const states = new WeakMap<Module, S>();
  const { state, steps, ...definition } = of;
  return {
    imports: [],
    ...definition,
    license: 'GPL',
    outOfTree: true,
    traces: POINTS,
    init(k, mod) {
      const made = state(mod);
      states.set(mod, made);
      return make_all(k, made, steps);
    },
    exit: (k, mod) => undo_all(k, states.get(mod)!, steps),
  };
}

/** The bus, also where the machine has had one of that name since it booted. */
export const bus_step = <S extends { bus?: Bus | undefined }>(
  ops: (state: S) => BusOps,
): Step<S> => ({
  *make(k, state) {
    const of = ops(state);
    take_boot_bus(k, of.name);
    const bus = yield* bus_register(k, of);
    if (typeof bus === 'number') return bus;
    state.bus = bus;
    return 0;
  },
  *undo(k, { bus }) {
    yield* bus_unregister(k, bus!);
    give_boot_bus(k, bus!.name);
  },
});

/** A device that the others hang below, without bus or class: nobody is told of it. */
export const root_step = <S extends { root?: Device }>(name: string): Step<S> => ({
  *make(k, state) {
    state.root = new Device({ name });
    return yield* add_device(k, state.root);
  },
  *undo(k, { root }) {
    yield* device_unregister(k, root!);
  },
});

/** Adds a device; one that can't be added is given back. @returns as device_register() */
export function* add_device(k: Kernel, dev: Device): MightSleep<number> {
  const error = yield* device_register(k, dev);
  if (error) yield* put_device(k, dev);
  return error;
}

/** What a write to a file does, by the words written. @returns 0 or more for success, or -errno */
export type Command<S> = (k: Kernel, state: S, words: string[]) => MightSleep<number>;

/** Files below /sys/kernel/debug/NAME through which somebody outside has the bus do something. */
export const files_step = <S extends { mod: Module; files?: KernfsNode }>(
  name: string,
  commands: Readonly<Record<string, Command<S>>>,
): Step<S> => ({
  *make(k, state) {
    state.files = debugfs_create_dir(k, name);
    for (const [file, command] of Object.entries(commands)) {
      debugfs_create_file(state.files, file, 0o200, {
        owner: state.mod,
        *write(k, data) {
          const ret = yield* command(k, state, data.trim().split(/\s+/));
          return ret < 0 ? ret : data.length;
        },
      });
    }
    return 0;
  },
  undo: (k, { files }) => debugfs_remove_recursive(k, files!),
});
