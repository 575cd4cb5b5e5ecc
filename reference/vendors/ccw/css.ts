/**
 * The channel subsystem as a module: a bus with subchannels that drivers bind, and two files that play
 * the hardware. Source: drivers/s390/cio/css.c, 6.1; there it is built in
 */
import { bus_register, bus_unregister, type Bus } from '../../kernel/bus.js';
import { device_register, device_unregister } from '../../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../../kernel/debugfs.js';
import { Device, put_device } from '../../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../../kernel/driver.js';
import { Errno } from '../../kernel/errno.js';
import { perKernel, type Kernel } from '../../kernel/kernel.js';
import type { KernfsNode } from '../../kernel/kernfs.js';
import { sysfs_streq } from '../../kernel/kstrtox.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import { css_complete_work, to_subchannel, todo_pending, type Subchannel } from './subchannel.js';

/** A driver of subchannels. Source: struct css_driver */
export interface CssDriver extends Omit<DeviceDriver, 'bus' | 'probe' | 'remove'> {
  probe(k: Kernel, sch: Subchannel): MightSleep<number>;
  remove(k: Kernel, sch: Subchannel): MightSleep<void>;
  /** something happened to the subchannel */
  sch_event(k: Kernel, sch: Subchannel): void;
}

interface Css {
  bus: Bus;
  root: Device;
  dbg: KernfsNode;
  readonly subchannels: Subchannel[];
  readonly drivers: Map<DeviceDriver, CssDriver>;
}

const css = perKernel(() => ({ subchannels: [], drivers: new Map() }) as unknown as Css);

const file = (name: string, content: string) => ({
  name,
  mode: 0o444,
  *show() {
    return content;
  },
});

/** All of them are I/O subchannels. Source: SUBCHANNEL_TYPE_IO, default_subch_attr_group */
const subch_attrs: AttributeGroup = { attrs: [file('type', '0\n'), file('modalias', 'css:t0\n')] };

const driver_of = (k: Kernel, dev: Device): CssDriver => css(k).drivers.get(dev.driver!)!;

function* new_bus(k: Kernel): MightSleep<number> {
  const bus = yield* bus_register(k, {
    name: 'css',
    probe: (k, dev) => driver_of(k, dev).probe(k, to_subchannel(dev)),
    remove: (k, dev) => driver_of(k, dev).remove(k, to_subchannel(dev)),
    uevent: () => ({ ST_TYPE: '0', MODALIAS: 'css:t0' }),
  });
  if (typeof bus === 'number') return bus;
  css(k).bus = bus;
  return 0;
}

/** Adds a device, or gives it up. @returns 0 or -errno */
function* add(k: Kernel, dev: Device): MightSleep<number> {
  const error = yield* device_register(k, dev);
  if (error) yield* put_device(k, dev);
  return error;
}

/** Source: css_sch_device_register() */
function* new_subchannel(k: Kernel, number: number, qdio: boolean): MightSleep<number> {
  const dev = new Device({
    name: `0.0.${number.toString(16).padStart(4, '0')}`,
    bus: css(k).bus,
    parent: css(k).root,
    groups: [subch_attrs],
  });
  const sch: Subchannel = { dev, qdio, operational: true, enabled: false };
  dev.owner = sch;
  const error = yield* add(k, dev);
  if (!error) css(k).subchannels.push(sch);
  return error;
}

/** A subchannel is lost: its driver is told, unless it is on its way out. Source: css_evaluate_known_subchannel() */
function lose(k: Kernel, name: string): number {
  const sch = css(k).subchannels.find(({ dev }) => sysfs_streq(name, dev.name));
  if (!sch) return -Errno.ENODEV;
  sch.operational = false;
  if (sch.dev.driver && !todo_pending(k, sch)) driver_of(k, sch.dev).sch_event(k, sch);
  return name.length;
}

function add_files(k: Kernel, mod: Module): void {
  const dbg = debugfs_create_dir(k, 'css');
  css(k).dbg = dbg;
  debugfs_create_file(dbg, 'lose', 0o200, {
    owner: mod,
    *write(k, data) {
      return lose(k, data);
    },
  });
  debugfs_create_file(dbg, 'settle', 0o200, {
    owner: mod,
    *write(k, data) {
      yield* css_complete_work(k);
      return data.length;
    },
  });
}

/** @returns 0 or -errno; then nothing is left */
function* css_init(k: Kernel, mod: Module): MightSleep<number> {
  const { subchannels, qdio } = mod.params as { subchannels: number; qdio: number };
  let error = yield* new_bus(k);
  if (error) return error;
  const root = new Device({ name: 'css0' });
  css(k).root = root;
  error = yield* add(k, root);
  if (error) {
    yield* bus_unregister(k, css(k).bus);
    return error;
  }
  add_files(k, mod);
  for (let i = 0; !error && i < subchannels + qdio; i++) {
    error = yield* new_subchannel(k, i, i >= subchannels);
  }
  if (error) yield* css_exit(k);
  return error;
}

function* css_exit(k: Kernel): MightSleep<void> {
  const { bus, root, dbg, subchannels } = css(k);
  yield* debugfs_remove_recursive(k, dbg);
  yield* css_complete_work(k);
  for (const { dev } of subchannels.splice(0)) {
    if (dev.registered) yield* device_unregister(k, dev);
  }
  yield* device_unregister(k, root);
  yield* bus_unregister(k, bus);
}

/** Every subchannel matches. Source: css_driver_register() @returns as driver_register() */
export function css_driver_register(k: Kernel, drv: CssDriver): MightSleep<number> {
  const driver: DeviceDriver = { name: drv.name, owner: drv.owner, bus: css(k).bus };
  css(k).drivers.set(driver, drv);
  return driver_register(k, driver);
}

/** Source: css_driver_unregister() */
export function* css_driver_unregister(k: Kernel, drv: CssDriver): MightSleep<void> {
  for (const [driver, each] of css(k).drivers) {
    if (each !== drv) continue;
    yield* driver_unregister(k, driver);
    css(k).drivers.delete(driver);
  }
}

/** `subchannels` of them for plain I/O, and behind those `qdio` for queued direct I/O. */
export const css_module: ModuleDefinition = {
  name: 'css',
  license: 'GPL',
  imports: [],
  exports: ['css_driver_register', 'css_driver_unregister', 'css_sched_sch_todo'].map((name) => ({
    name,
    gpl: true,
  })),
  params: {
    subchannels: { type: 'int', init: 1, mode: 0o444 },
    qdio: { type: 'int', init: 0, mode: 0o444 },
  },
  init: css_init,
  exit: css_exit,
};
