/**
 * The shim: a driver for every mediated device, which offers it to VFIO and hands everything on to
 * the parent's driver. Source: drivers/vfio/mdev/vfio_mdev.c, 5.10
 */
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import {
  module_put,
  try_module_get,
  type Module,
  type ModuleDefinition,
} from '../kernel/module.js';
import { callback, tracepoint } from '../kernel/tracepoint.js';
import { vfio_add_group_dev, vfio_del_group_dev } from '../vfio/group-dev.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { mdev_register_driver, mdev_unregister_driver } from './driver.js';
import type { MdevDevice, MdevDriver, MdevParentOps } from './types.js';

const named = (mdev: MdevDevice): { dev: string } => ({ dev: mdev.dev.name });
const ops_of = (mdev: MdevDevice): MdevParentOps => mdev.type.parent!.ops!;
const mdev_of = (device: VfioDevice): MdevDevice => device.driver_data as MdevDevice;

/** Pins the shim, not the parent's driver. @returns 0, -EINVAL without a callback, -ENODEV, or its answer */
const vfio_mdev_open = tracepoint(
  'vfio_mdev_open',
  (mdev: MdevDevice, _mod: Module) => named(mdev),
  function* (k, mdev, mod) {
    const ops = ops_of(mdev);
    if (!ops.open) return -Errno.EINVAL;
    if (!try_module_get(mod)) return -Errno.ENODEV;
    const error = yield* callback(k, ops.driver, 'open', named(mdev), ops.open(k, mdev));
    if (error) module_put(mod);
    return error;
  },
);

const vfio_mdev_release = tracepoint(
  'vfio_mdev_release',
  (mdev: MdevDevice, _mod: Module) => named(mdev),
  function* (k, mdev, mod) {
    const ops = ops_of(mdev);
    if (ops.release) yield* callback(k, ops.driver, 'release', named(mdev), ops.release(k, mdev));
    module_put(mod);
  },
);

const vfio_mdev_dev_ops = (mod: Module): VfioDeviceOps => ({
  name: 'vfio-mdev',
  driver: 'vfio_mdev',
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
});

const vfio_mdev_probe = tracepoint(
  'vfio_mdev_probe',
  (mdev: MdevDevice, _mod: Module) => named(mdev),
  (k, mdev, mod) => vfio_add_group_dev(k, mdev.dev, vfio_mdev_dev_ops(mod), mdev),
);

const vfio_mdev_remove = tracepoint('vfio_mdev_remove', named, function* (k, mdev: MdevDevice) {
  yield* vfio_del_group_dev(k, mdev.dev);
});

/** Source: vfio_mdev_driver */
const vfio_mdev_driver = (mod: Module): MdevDriver => ({
  name: 'vfio_mdev',
  owner: mod,
  probe: (k, mdev) => vfio_mdev_probe(k, mdev, mod),
  remove: (k, mdev) => vfio_mdev_remove(k, mdev),
});

const drivers = new WeakMap<Module, MdevDriver>();

/** The shim as a module of its own. */
export const vfio_mdev: ModuleDefinition = {
  name: 'vfio_mdev',
  license: 'GPL v2',
  version: '0.1',
  imports: [
    'mdev_register_driver',
    'mdev_unregister_driver',
    'vfio_add_group_dev',
    'vfio_del_group_dev',
  ],
  *init(k: Kernel, mod) {
    const driver = vfio_mdev_driver(mod);
    drivers.set(mod, driver);
    return yield* mdev_register_driver(k, driver);
  },
  *exit(k, mod) {
    yield* mdev_unregister_driver(k, drivers.get(mod)!);
  },
};
