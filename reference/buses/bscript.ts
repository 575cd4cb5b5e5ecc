/**
 * bscript, a bus that does what is written to its files, and bdrv1 and bdrv2, drivers for it: the
 * driver core without anything of a real bus. Each file makes one call of the driver core.
 */
import { driver_find, type Bus } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_attach, device_driver_attach } from '../kernel/dd.js';
import { Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import { kernel_root } from '../kernel/ksets.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import {
  answers,
  ask,
  driver_module,
  fixed,
  flag,
  live,
  number_of,
  rig_module,
  take_resource,
  tell,
  word,
} from './rig.js';
import { bus_step, files_step, root_step, type Command } from './steps.js';

interface State {
  readonly mod: Module;
  readonly devices: Map<string, Device>;
  bus?: Bus;
  root?: Device;
  files?: KernfsNode;
}

const attribute = (name: string, group?: string): AttributeGroup => ({
  ...(group === undefined ? {} : { name: group }),
  attrs: [
    {
      name,
      mode: 0o444,
      *show() {
        return `${name}\n`;
      },
    },
  ],
});

/** A device comes, perhaps with a driver in it. */
const add: Command<State> = function* (k, { mod, bus, root, devices }, [name, driver]) {
  const collide = mod.params['collide'] as string;
  const groups = collide ? [attribute(collide)] : [];
  const dev = new Device({ name: name!, bus: bus!, parent: root!, groups });
  if (driver !== undefined) dev.driver = driver_find(driver, bus!);
  const error = yield* device_register_or_put(k, dev);
  if (!error) devices.set(dev.name, dev);
  return error;
};

const del: Command<State> = function* (k, { devices }, [name]) {
  const dev = devices.get(name!);
  if (!dev) return -Errno.ENODEV;
  devices.delete(dev.name);
  yield* device_unregister(k, dev);
  return 0;
};

/** A command on a device. */
const on_device =
  (command: (k: Kernel, dev: Device) => MightSleep<number>): Command<State> =>
  (k, { devices }, [name]) => {
    const dev = devices.get(name!);
    return dev ? command(k, dev) : no_device();
  };

/** A command on a device and a driver. */
const on_pair =
  (command: (k: Kernel, dev: Device, drv: DeviceDriver) => MightSleep<number>): Command<State> =>
  (k, { bus, devices }, [name, driver = '']) => {
    const dev = devices.get(name!);
    const drv = driver_find(driver, bus!);
    return dev && drv ? command(k, dev, drv) : no_device();
  };

function* no_device(): MightSleep<number> {
  return -Errno.ENODEV;
}

/**
 * Binds as mdev was asked to: without asking the driver.
 * @returns 0, -EINVAL for a device that is bound or gone, or as device_bind_driver()
 * Source: seed 000, Hellwig, 26 April 2021
 */
function* bind_driver(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number> {
  yield* dev.mutex.lock(k);
  let ret: number = -Errno.EINVAL;
  if (!dev.driver && !dev.dead) {
    dev.driver = drv;
    ret = yield* device_bind_driver(k, dev);
    if (ret) dev.driver = undefined;
  }
  dev.mutex.unlock(k);
  return ret;
}

const COMMANDS: Readonly<Record<string, Command<State>>> = {
  add,
  del,
  attach: on_device(device_attach),
  driver_attach: on_pair((k, dev, drv) => device_driver_attach(k, drv, dev)),
  bind_driver: on_pair(bind_driver),
  devres: on_device(function* (k, dev) {
    take_resource(k, dev);
    return 0;
  }),
};

/** What a driver's parameters say of a device: of one device this, of all others that. */
function match({ params }: Module, dev: Device): number {
  const which = !params['match_of'] || params['match_of'] === dev.name ? 'match_ret' : 'match_else';
  return params[which] as number;
}

export const bscript: ModuleDefinition = rig_module<State>({
  name: 'bscript',
  params: {
    devices: fixed(0),
    collide: word(''),
    dma_configure_ret: live(0),
    dma_configure_delay_ms: live(0),
  },
  exports: [{ name: 'bscript_bus_type', gpl: true }],
  state: (mod) => ({ mod, devices: new Map() }),
  steps: [
    bus_step(({ mod }) => ({
      name: 'bscript',
      match: (_k, dev, drv) => match(drv.owner!, dev),
      dma_configure: (k, dev) => ask(k, mod, 'dma_configure', dev),
    })),
    root_step('bscript'),
    {
      *make(k, state) {
        for (let at = 0; at < number_of(state.mod, 'devices'); at++) {
          const error = yield* add(k, state, [`dev${at}`]);
          if (error) return error;
        }
        return 0;
      },
      *undo(k, state) {
        for (const name of [...state.devices.keys()].reverse()) yield* del(k, state, [name]);
      },
    },
    files_step('bscript', COMMANDS),
  ],
});

function driver(k: Kernel, mod: Module): DeviceDriver {
  const { params } = mod;
  return {
    name: mod.name,
    bus: kernel_root(k).buses.get('bscript')!,
    owner: mod,
    suppress_bind_attrs: params['suppress_bind_attrs'] as boolean,
    ...(params['groups'] ? { dev_groups: [attribute('state', mod.name)] } : {}),
    ...(params['no_probe']
      ? {}
      : {
          probe(k, dev) {
            if (params['devm']) take_resource(k, dev);
            return ask(k, mod, 'probe', dev);
          },
        }),
    remove: (k, dev) => tell(k, mod, 'remove', dev),
  };
}

const bdrv = (name: string): ModuleDefinition =>
  driver_module({
    name,
    params: {
      ...answers('probe'),
      match_of: word(''),
      match_ret: live(1),
      match_else: live(1),
      devm: flag(false),
      groups: flag(false),
      no_probe: flag(false),
      suppress_bind_attrs: flag(false),
    },
    imports: ['bscript_bus_type'],
    driver,
  });

export const bdrv1 = bdrv('bdrv1');
export const bdrv2 = bdrv('bdrv2');
