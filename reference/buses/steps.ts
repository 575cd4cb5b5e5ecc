/** What modules that are buses are made of, step by step. */
import { give_boot_bus, take_boot_bus } from '../kernel/boot-buses.js';
import { bus_register, bus_unregister, type Bus, type BusOps } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../kernel/debugfs.js';
import { Device } from '../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import type { Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';

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
    return yield* device_register_or_put(k, state.root);
  },
  *undo(k, { root }) {
    yield* device_unregister(k, root!);
  },
});

/** A driver. */
export const driver_step = <S extends { drv?: DeviceDriver }>(
  driver: (k: Kernel, state: S) => NonNullable<S['drv']>,
): Step<S> => ({
  make: (k, state) => driver_register(k, (state.drv = driver(k, state))),
  undo: (k, { drv }) => driver_unregister(k, drv!),
});

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
