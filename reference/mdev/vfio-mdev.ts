/**
 * The shim: a driver for every mediated device, which offers it to VFIO and hands everything on to
 * the parent's driver. Source: drivers/vfio/mdev/vfio_mdev.c, 5.10 to 5.14
 */
import { dev_printk } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { Kernel } from '../kernel/kernel.js';
import {
  module_put,
  try_module_get,
  type Module,
  type ModuleDefinition,
} from '../kernel/module.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import { callback, tracepoint } from '../kernel/tracepoint.js';
import { vfio_unregister_group_dev } from '../vfio/device.js';
import {
  vfio_add_group_dev,
  vfio_del_group_dev,
  vfio_init_group_dev,
  vfio_register_group_dev,
} from '../vfio/group-dev.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { mdev_register_driver, mdev_unregister_driver } from './driver.js';
import { mdev_core } from './state.js';
import { to_mdev_device, type MdevDevice, type MdevDriver, type MdevParentOps } from './types.js';

const named = (mdev: MdevDevice): { dev: string } => ({ dev: mdev.dev.name });
const ops_of = (mdev: MdevDevice): MdevParentOps => mdev.type.parent!.ops!;
const mdev_of = (device: VfioDevice): MdevDevice => to_mdev_device(device.dev);

/** What the eras of the shim do differently. */
export interface ShimEra {
  /** whether each descriptor pins the shim's module, which the core does from 5.14 on */
  readonly pins: boolean;
  /** whether it hands on that somebody waits for the device */
  readonly requests: boolean;
  register(k: Kernel, mdev: MdevDevice, ops: VfioDeviceOps): MightSleep<number>;
  unregister(k: Kernel, mdev: MdevDevice): MightSleep<void>;
}

/** The core makes the VFIO device. */
export const shim_5_10: ShimEra = {
  pins: true,
  requests: false,
  register: (k, mdev, ops) => vfio_add_group_dev(k, mdev.dev, ops, mdev),
  *unregister(k, mdev) {
    yield* vfio_del_group_dev(k, mdev.dev);
  },
};

/** The VFIO device is the shim's own. */
export const shim_5_13: ShimEra = {
  pins: true,
  requests: true,
  *register(k, mdev, ops) {
    const device = yield* vfio_init_group_dev(k, mdev.dev, ops);
    const error = yield* vfio_register_group_dev(k, device);
    if (!error) mdev.dev.driver_data = device;
    return error;
  },
  unregister: (k, mdev) => vfio_unregister_group_dev(k, mdev.dev.driver_data as VfioDevice),
};

/** The core pins the module of whoever is bound. */
export const shim_5_14: ShimEra = { ...shim_5_13, pins: false };

/** May pin the shim, not the parent's driver. @returns 0, -EINVAL without a callback, -ENODEV, or its answer */
const vfio_mdev_open = tracepoint(
  'vfio_mdev_open',
  (mdev: MdevDevice, _mod: Module | undefined) => named(mdev),
  function* (k, mdev, mod) {
    const ops = ops_of(mdev);
    if (!ops.open) return -Errno.EINVAL;
    if (!try_module_get(mod)) return -Errno.ENODEV;
    const error = yield* callback(k, ops.driver, 'open', named(mdev), ops.open(k, mdev));
    if (error) module_put(mod);
    return error;
  },
  ERRNO,
);

const vfio_mdev_release = tracepoint(
  'vfio_mdev_release',
  (mdev: MdevDevice, _mod: Module | undefined) => named(mdev),
  function* (k, mdev, mod) {
    const ops = ops_of(mdev);
    if (ops.release) yield* callback(k, ops.driver, 'release', named(mdev), ops.release(k, mdev));
    module_put(mod);
  },
);

/** Asks the parent's driver to let go, or tells the log once that it can't be asked. */
const vfio_mdev_request = tracepoint(
  'vfio_mdev_request',
  (mdev: MdevDevice, count: number) => ({ ...named(mdev), count }),
  function* (k, mdev, count) {
    const ops = ops_of(mdev);
    const args = { ...named(mdev), count };
    if (ops.request) {
      yield* callback(k, ops.driver, 'request', args, ops.request(k, mdev, count));
    } else if (count === 0) {
      const text = 'No mdev vendor driver request callback support, blocked until released by user';
      dev_printk(k, LogLevel.NOTICE, mdev.dev, text);
    }
  },
);

const vfio_mdev_dev_ops = (mod: Module | undefined, era: ShimEra): VfioDeviceOps => ({
  name: 'vfio-mdev',
  driver: 'vfio_mdev',
  forwards: true,
  per_fd: {
    open: (k, device) => vfio_mdev_open(k, mdev_of(device), mod),
    release: (k, device) => vfio_mdev_release(k, mdev_of(device), mod),
  },
  read: (k, device, count, pos) =>
    ops_of(mdev_of(device)).read?.(k, mdev_of(device), count, pos) ?? -Errno.EINVAL,
  write: (k, device, data, pos) =>
    ops_of(mdev_of(device)).write?.(k, mdev_of(device), data, pos) ?? -Errno.EINVAL,
  ioctl: (k, device, request, arg) =>
    ops_of(mdev_of(device)).ioctl?.(k, mdev_of(device), request, arg) ?? -Errno.EINVAL,
  mmap: (k, device, offset, length) =>
    ops_of(mdev_of(device)).mmap?.(k, mdev_of(device), offset, length) ?? -Errno.EINVAL,
  ...(era.requests
    ? { request: (k, device, count) => vfio_mdev_request(k, mdev_of(device), count) }
    : {}),
});

const vfio_mdev_probe = tracepoint(
  'vfio_mdev_probe',
  (mdev: MdevDevice, _mod: Module, _era: ShimEra) => named(mdev),
  (k, mdev, mod, era) => era.register(k, mdev, vfio_mdev_dev_ops(era.pins ? mod : undefined, era)),
  ERRNO,
);

const vfio_mdev_remove = tracepoint(
  'vfio_mdev_remove',
  (mdev: MdevDevice, _era: ShimEra) => named(mdev),
  (k, mdev, era) => era.unregister(k, mdev),
);

/** Source: vfio_mdev_driver */
const vfio_mdev_driver = (mod: Module, era: ShimEra): MdevDriver => ({
  name: 'vfio_mdev',
  owner: mod,
  probe: (k, mdev) => vfio_mdev_probe(k, mdev, mod, era),
  remove: (k, mdev) => vfio_mdev_remove(k, mdev, era),
});

const drivers = new WeakMap<Module, MdevDriver>();

/**
 * The shim as a module of its own.
 * @param imports what it needs of vfio.ko
 */
export const vfio_mdev = (era: ShimEra, imports: readonly string[]): ModuleDefinition => ({
  name: 'vfio_mdev',
  license: 'GPL v2',
  version: '0.1',
  imports: ['mdev_register_driver', 'mdev_unregister_driver', ...imports],
  *init(k: Kernel, mod) {
    const driver = vfio_mdev_driver(mod, era);
    drivers.set(mod, driver);
    return yield* mdev_register_driver(k, driver);
  },
  *exit(k, mod) {
    yield* mdev_unregister_driver(k, drivers.get(mod)!);
  },
});

/** The shim as part of mdev.ko: the module it belongs to is that one. Source: mdev_init(), the series, patch 01 */
export const shim_in_core = (era: ShimEra): Step<Module> => ({
  *make(k, mod) {
    const driver = vfio_mdev_driver(mod, era);
    mdev_core(k).vfio_mdev_driver = driver;
    return yield* mdev_register_driver(k, driver);
  },
  *undo(k) {
    const core = mdev_core(k);
    yield* mdev_unregister_driver(k, core.vfio_mdev_driver!);
    core.vfio_mdev_driver = undefined;
  },
});
