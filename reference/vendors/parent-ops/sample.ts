/** What the sample drivers have in common in the era of mdev_parent_ops. Source: samples/vfio-mdev/, 5.10 */
import { alloc_chrdev_region, unregister_chrdev_region } from '../../kernel/chrdev.js';
import { class_create, class_destroy, type DeviceClass } from '../../kernel/class.js';
import { device_register_or_put, device_unregister } from '../../kernel/core.js';
import { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { module_put, try_module_get, type Module } from '../../kernel/module.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type { MdevDevice, MdevParentOps, MdevTypeAttribute } from '../../mdev/types.js';
import type { IoctlArgument } from '../../kernel/file.js';
import type { UserMemory } from '../../kernel/user-memory.js';

/** What is behind a device's descriptor. */
export interface Behind {
  read(pos: number, count: number): Uint8Array | number;
  write(pos: number, data: Uint8Array): number;
  ioctl(request: number, arg: UserMemory): number;
  mmap?(offset: number, length: number): number;
}

/** The operations on a descriptor, for a device whose driver data has what is behind it. */
export function descriptor_ops(
  behind: (mdev: MdevDevice) => Behind,
): Pick<MdevParentOps, 'read' | 'write' | 'ioctl'> {
  return {
    read: (_k, mdev, count, pos) => behind(mdev).read(pos, count),
    write: (_k, mdev, data, pos) => behind(mdev).write(pos, data),
    ioctl: (_k: Kernel, mdev: MdevDevice, request: number, arg: IoctlArgument) =>
      behind(mdev).ioctl(request, arg.memory),
  };
}

/** The file `device_api`, which every type has. */
export const device_api: MdevTypeAttribute = {
  name: 'device_api',
  show: () => 'vfio-pci\n',
};

/** Each descriptor pins the driver, which the core doesn't do. */
export const pin = (mod: Module): number => (try_module_get(mod) ? 0 : -Errno.ENODEV);
export const unpin = (mod: Module): void => {
  module_put(mod);
};

/** What a sample module holds while it is loaded. */
interface Registration {
  readonly major: number;
  readonly cls: DeviceClass;
  readonly dev: Device;
}

const registrations = new WeakMap<Module, Registration>();

/**
 * Loads a sample module: device number, class, parent device, parent.
 * @param announce tells the log about the major
 * @returns 0 or -errno; then all is taken back, newest first
 * Source: mtty_dev_init(), mdpy_dev_init(), mbochs_dev_init()
 */
export function* sample_init(
  k: Kernel,
  mod: Module,
  ops: MdevParentOps,
  announce: () => void,
): MightSleep<number> {
  const major = alloc_chrdev_region(k);
  announce();
  const cls = yield* class_create(k, mod.name);
  let error: number;
  if (typeof cls === 'number') {
    error = cls;
  } else {
    const dev = new Device({ name: mod.name, class: cls });
    error = yield* add_parent(k, dev, ops);
    if (!error) {
      registrations.set(mod, { major, cls, dev });
      return 0;
    }
    yield* class_destroy(k, cls);
  }
  unregister_chrdev_region(k, major);
  return error;
}

function* add_parent(k: Kernel, dev: Device, ops: MdevParentOps): MightSleep<number> {
  const added = yield* device_register_or_put(k, dev);
  if (added) return added;
  const error = yield* mdev_register_device(k, dev, ops);
  if (error) yield* device_unregister(k, dev);
  return error;
}

/** Unloads a sample module. Source: mtty_dev_exit() and its sisters */
export function* sample_exit(k: Kernel, mod: Module): MightSleep<void> {
  const { major, cls, dev } = registrations.get(mod)!;
  yield* mdev_unregister_device(k, dev);
  yield* device_unregister(k, dev);
  unregister_chrdev_region(k, major);
  yield* class_destroy(k, cls);
}
