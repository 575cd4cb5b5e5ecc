/** Devices of the VFIO core, from their allocation to their release. Source: drivers/vfio/vfio_main.c, 6.1 */
import { KernelBug } from '../kernel/bug.js';
import { Device, get_device, put_device } from '../kernel/device.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { Kernel } from '../kernel/kernel.js';
import { Mutex } from '../kernel/locks.js';
import { module_put, try_module_get, type Module } from '../kernel/module.js';
import { Refcount } from '../kernel/refcount.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all } from '../kernel/steps.js';
import { tracepoint, tracepointAtomic } from '../kernel/tracepoint.js';
import { Completion } from '../kernel/wait.js';
import { init, release } from './callbacks.js';
import { vfio } from './state.js';
import type { VfioDevice, VfioDeviceOps, VfioLife } from './types.js';

const named = (device: VfioDevice): { dev: string } => ({ dev: device.dev.name });

/** The first device mounts the pseudo file system, which pins the module. Source: vfio_fs_inode_new(), 6.12 */
function simple_pin_fs(k: Kernel): void {
  const core = vfio(k);
  if (k.profile.vfio.pinsFilesystem && core.fs_count++ === 0) try_module_get(core.module);
}

/** The last device unmounts it. Source: vfio_device_release(), 6.12 */
function simple_release_fs(k: Kernel): void {
  const core = vfio(k);
  if (k.profile.vfio.pinsFilesystem && --core.fs_count === 0) module_put(core.module);
}

/** Puts a device into a set of its own. */
export const vfio_assign_device_set = tracepointAtomic(
  'vfio_assign_device_set',
  named,
  (_k, device) => {
    device.dev_set = { lock: new Mutex('dev_set->lock') };
    return 0;
  },
  ERRNO,
);

export const vfio_release_device_set = tracepointAtomic(
  'vfio_release_device_set',
  named,
  (_k, device) => {
    device.dev_set = undefined;
  },
);

/** What every device begins as. */
export const unregistered = (dev: Device, ops: VfioDeviceOps): VfioDevice => ({
  dev,
  ops,
  driver_data: undefined,
  dev_set: undefined,
  group: undefined,
  refcount: undefined,
  comp: new Completion('vfio_device.comp'),
  open_count: 0,
  kvm: undefined,
});

function* released(k: Kernel, device: VfioDevice): MightSleep<void> {
  vfio_release_device_set(k, device);
  free_index(k, device);
  yield* release(k, device);
  simple_release_fs(k);
}

function free_index(k: Kernel, { index }: VfioDevice): void {
  if (index !== undefined) vfio(k).device_ida.free(index);
}

/** The last reference to the device is gone. */
const vfio_device_release = tracepoint(
  'vfio_device_release',
  (dev: Device) => ({ dev: dev.name }),
  (k, dev) => released(k, dev.owner as VfioDevice),
);

function new_device(k: Kernel, dev: Device, ops: VfioDeviceOps): VfioDevice {
  const index = vfio(k).device_ida.alloc();
  const device = new Device({
    name: `vfio${index}`,
    class: vfio(k).device_class!,
    parent: dev,
    release: vfio_device_release,
  });
  const made: VfioDevice = { ...unregistered(dev, ops), device, index };
  device.owner = made;
  return made;
}

/** It has a device of its own, whose references are its. Source: 6.1 */
export const embeds_device: VfioLife = {
  alloc: new_device,
  get(device) {
    get_device(device.device!);
  },
  put: (k, device) => put_device(k, device.device!),
};

/** The last reference to a device that is counted is gone. */
const vfio_device_release_counted = tracepoint('vfio_device_release', named, released);

/** It has a counter. Source: vfio_init_device(), vfio_put_device(), September 2022 */
export const embeds_kref: VfioLife = {
  alloc(k, dev, ops) {
    const name = `vfio device of ${dev.name}`;
    const kref = new Refcount(name);
    k.live.set(kref, { name });
    return { ...unregistered(dev, ops), kref };
  },
  get(device) {
    device.kref!.get();
  },
  *put(k, device) {
    if (!device.kref!.put()) return;
    k.live.delete(device.kref!);
    yield* vfio_device_release_counted(k, device);
  },
};

/** A failing init never sees the driver's release. */
const vfio_init_device = tracepoint(
  'vfio_init_device',
  named,
  function* (k, device: VfioDevice) {
    simple_pin_fs(k);
    const error = yield* init(k, device);
    if (!error) return 0;
    simple_release_fs(k);
    vfio_release_device_set(k, device);
    return error;
  },
  ERRNO,
);

/** Makes a device in memory of the driver's own, and lets the driver initialise it. @returns it, or -errno */
export function* new_vfio_device(
  k: Kernel,
  dev: Device,
  ops: VfioDeviceOps,
): MightSleep<VfioDevice | number> {
  const device = k.profile.vfio.life!.alloc(k, dev, ops);
  const error = yield* vfio_init_device(k, device);
  if (!error) return device;
  free_index(k, device);
  if (device.kref) k.live.delete(device.kref);
  return error;
}

/** Makes a device for `dev` and lets the driver initialise it. @returns it, or what init returns */
export const _vfio_alloc_device = tracepoint(
  '_vfio_alloc_device',
  (dev: Device, ops: VfioDeviceOps) => ({
    dev: dev.name,
    ...(ops.name === undefined ? {} : { ops: ops.name }),
  }),
  new_vfio_device,
  ERRNO,
);

/** Gives the reference of the allocation back. Source: vfio_put_device(), include/linux/vfio.h */
export function vfio_put_device(k: Kernel, device: VfioDevice): MightSleep<void> {
  return k.profile.vfio.life!.put(k, device);
}

/**
 * The module of the driver of a device that is opened or closed. Nobody looks whether there is one.
 * @throws KernelBug `OOPS` when the driver was taken away without the VFIO device
 */
export function driver_owner({ dev }: VfioDevice): Module | undefined {
  if (!dev.driver)
    throw new KernelBug('OOPS', `vfio dereferences the driver of ${dev.name}, which is NULL`);
  return dev.driver.owner;
}

/** Gives back the registration or the reference of an open file; the last one ends the wait. Source: 5.10 */
export function vfio_device_put(k: Kernel, device: VfioDevice): void {
  if (device.refcount!.put()) device.comp.complete(k);
}

/** {@link vfio_device_put} by its later name. */
export const vfio_device_put_registration = tracepointAtomic(
  'vfio_device_put_registration',
  named,
  vfio_device_put,
);

/** Source: vfio_device_try_get_registration() */
export function vfio_device_try_get_registration(device: VfioDevice): boolean {
  return device.refcount!.getUnlessZero();
}

/**
 * Registers a device that has no IOMMU behind it.
 * @returns 0 or -errno; then what was made is taken back, newest first
 */
export const vfio_register_emulated_iommu_dev = tracepoint(
  'vfio_register_emulated_iommu_dev',
  named,
  register_device,
  ERRNO,
);

/** Source: __vfio_register_dev(), 6.1; vfio_register_group_dev(), 5.10 */
export function* register_device(k: Kernel, device: VfioDevice): MightSleep<number> {
  const error = yield* make_all(k, device, k.profile.vfio.register);
  if (error) return error;
  device.refcount = new Refcount(`vfio device ${device.dev.name}`);
  yield* device.group!.device_lock.lock(k);
  device.group!.device_list.unshift(device);
  device.group!.device_lock.unlock(k);
  return 0;
}

/** Takes a device back from user space; waits until nobody uses it any more. */
export const vfio_unregister_group_dev = tracepoint(
  'vfio_unregister_group_dev',
  named,
  function* (k, device) {
    for (const step of k.profile.vfio.unregister) yield* step(k, device);
  },
);
