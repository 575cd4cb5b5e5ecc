/**
 * What the modules of the buses share: each is a bus of the kernel with a few ports of its own and
 * drivers that answer what their parameters say, so that the way in which it binds can be seen.
 */
import { dev_printk, type Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import { module_of_steps } from '../kernel/module-of-steps.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { ParamDef, ParamDefs } from '../kernel/params.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import { callback } from '../kernel/tracepoint.js';
import { msleep } from '../kernel/wait.js';
import { driver_step } from './steps.js';

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

/** A module whose functions of binding are watched. */
export const rig_module = <S extends object>(
  of: Pick<ModuleDefinition, 'name' | 'params' | 'exports'> & {
    readonly imports?: readonly string[];
    readonly state: (mod: Module) => S;
    readonly steps: readonly Step<S>[];
  },
): ModuleDefinition => {
  const { state, steps, ...definition } = of;
  return module_of_steps<S>(
    { imports: [], ...definition, license: 'GPL', outOfTree: true, traces: POINTS },
    (_k, mod) => state(mod),
    steps,
  );
};

/** What a module that is a driver holds. */
export interface DriverState<D extends DeviceDriver = DeviceDriver> {
  readonly mod: Module;
  drv?: D;
}

/**
 * A module that is a driver.
 * @param registered what it does once the driver is registered
 */
export const driver_module = <D extends DeviceDriver>(
  of: Pick<ModuleDefinition, 'name' | 'params'> & {
    readonly imports: readonly string[];
    readonly driver: (k: Kernel, mod: Module) => D;
    readonly registered?: Step<DriverState<D>>;
  },
): ModuleDefinition => {
  const { driver, registered, ...definition } = of;
  const step = driver_step<DriverState<D>>((k, { mod }) => driver(k, mod));
  return rig_module<DriverState<D>>({
    ...definition,
    state: (mod) => ({ mod }),
    steps: registered ? [step, registered] : [step],
  });
};
