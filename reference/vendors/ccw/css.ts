/**
 * The channel subsystem as a module: a bus with subchannels that drivers bind, and two files that play
 * the hardware. Source: drivers/s390/cio/css.c, 6.1; there it is built in
 */
import { bus_step, files_step, root_step } from '../../buses/steps.js';
import type { Bus } from '../../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../../kernel/core.js';
import { Device } from '../../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../../kernel/driver.js';
import { Errno } from '../../kernel/errno.js';
import { perKernel, type Kernel } from '../../kernel/kernel.js';
import type { KernfsNode } from '../../kernel/kernfs.js';
import { sysfs_streq } from '../../kernel/kstrtox.js';
import { module_of_steps } from '../../kernel/module-of-steps.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import type { Step } from '../../kernel/steps.js';
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
  readonly mod: Module;
  bus?: Bus;
  root?: Device;
  files?: KernfsNode;
  readonly subchannels: Subchannel[];
  readonly drivers: Map<DeviceDriver, CssDriver>;
}

const loaded = perKernel<{ css?: Css }>(() => ({}));
const css = (k: Kernel): Css => loaded(k).css!;

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

const bus = bus_step<Css>(() => ({
  name: 'css',
  probe: (k, dev) => driver_of(k, dev).probe(k, to_subchannel(dev)),
  remove: (k, dev) => driver_of(k, dev).remove(k, to_subchannel(dev)),
  uevent: () => ({ ST_TYPE: '0', MODALIAS: 'css:t0' }),
}));

/** Source: css_sch_device_register() */
function* new_subchannel(k: Kernel, number: number, qdio: boolean): MightSleep<number> {
  const dev = new Device({
    name: `0.0.${number.toString(16).padStart(4, '0')}`,
    bus: css(k).bus!,
    parent: css(k).root!,
    groups: [subch_attrs],
  });
  const sch: Subchannel = { dev, qdio, operational: true, enabled: false };
  dev.owner = sch;
  const error = yield* device_register_or_put(k, dev);
  if (!error) css(k).subchannels.push(sch);
  return error;
}

/** A subchannel is lost: its driver is told, unless it is on its way out. Source: css_evaluate_known_subchannel() */
function* lose(k: Kernel, name: string): MightSleep<number> {
  const sch = css(k).subchannels.find(({ dev }) => sysfs_streq(name, dev.name));
  if (!sch) return -Errno.ENODEV;
  sch.operational = false;
  if (sch.dev.driver && !todo_pending(k, sch)) driver_of(k, sch.dev).sch_event(k, sch);
  return 0;
}

const files = files_step<Css>('css', {
  lose: (k, _css, [name]) => lose(k, name!),
  *settle(k) {
    yield* css_complete_work(k);
    return 0;
  },
});

function* forget_subchannels(k: Kernel, { subchannels }: Css): MightSleep<void> {
  yield* css_complete_work(k);
  for (const { dev } of subchannels.splice(0)) {
    if (dev.registered) yield* device_unregister(k, dev);
  }
}

const subchannels: Step<Css> = {
  *make(k, css) {
    const { subchannels, qdio } = css.mod.params as { subchannels: number; qdio: number };
    let error = 0;
    for (let i = 0; !error && i < subchannels + qdio; i++) {
      error = yield* new_subchannel(k, i, i >= subchannels);
    }
    if (error) yield* forget_subchannels(k, css);
    return error;
  },
  undo: forget_subchannels,
};

/** Every subchannel matches. Source: css_driver_register() @returns as driver_register() */
export function css_driver_register(k: Kernel, drv: CssDriver): MightSleep<number> {
  const driver: DeviceDriver = { name: drv.name, owner: drv.owner, bus: css(k).bus! };
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
export const css_module: ModuleDefinition = module_of_steps<Css>(
  {
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
  },
  (k, mod) => (loaded(k).css = { mod, subchannels: [], drivers: new Map() }),
  [bus, root_step('css0'), subchannels, files],
);
