/** Character devices: numbers, and what opening a node of that number does. Source: fs/char_dev.c, 6.1 */
import { device_add, device_del } from './core.js';
import { get_device, put_device, type DevT, type Device } from './device.js';
import { Errno } from './errno.js';
import type { File } from './file.js';
import { perKernel, type Kernel } from './kernel.js';
import { module_put, try_module_get, type Module } from './module.js';
import { Refcount } from './refcount.js';
import type { MightSleep } from './scheduler.js';

/** How a device opens: fills in a file, or refuses. */
export interface CharDevice {
  /** the module of the file operations, which each open file pins */
  readonly owner: Module | undefined;
  /** the module of the map's entry, which each open file pins as well */
  readonly cdev_owner: Module | undefined;
  /** @returns the file, or -errno */
  open(k: Kernel, mode: File['mode']): MightSleep<File | number>;
}

/** A character device in the map, counted; it keeps its device alive. Source: struct cdev */
class Cdev {
  readonly ref = new Refcount('cdev');

  constructor(
    readonly device: CharDevice,
    readonly parent: Device | undefined,
  ) {}
}

const chrdevs = perKernel(() => ({
  majors: new Set<number>(),
  map: new Map<string, Cdev>(),
}));

const key = ({ major, minor }: DevT): string => `${major}:${minor}`;

/** Reserves the highest free major for dynamic use. Source: find_dynamic_major() */
export function alloc_chrdev_region(k: Kernel): number {
  const { majors } = chrdevs(k);
  let major = k.profile.firstDynamicMajor;
  while (majors.has(major)) major--;
  majors.add(major);
  return major;
}

/** Source: unregister_chrdev_region() */
export function unregister_chrdev_region(k: Kernel, major: number): void {
  chrdevs(k).majors.delete(major);
}

/** Source: cdev_get() @returns false while the module is going */
function cdev_get(cdev: Cdev): boolean {
  if (!try_module_get(cdev.device.cdev_owner)) return false;
  cdev.ref.get();
  return true;
}

function* kobject_put(k: Kernel, cdev: Cdev): MightSleep<void> {
  if (cdev.ref.put() && cdev.parent) yield* put_device(k, cdev.parent);
}

/** Source: cdev_put() */
function* cdev_put(k: Kernel, cdev: Cdev): MightSleep<void> {
  yield* kobject_put(k, cdev);
  module_put(cdev.device.cdev_owner);
}

/** Adds a device together with its number. Source: cdev_device_add() @returns 0 or -errno */
export function* cdev_device_add(k: Kernel, device: CharDevice, dev: Device): MightSleep<number> {
  const cdev = new Cdev(device, get_device(dev));
  chrdevs(k).map.set(key(dev.devt!), cdev);
  const error = yield* device_add(k, dev);
  if (error) yield* cdev_del(k, cdev);
  return error;
}

function* cdev_del(k: Kernel, cdev: Cdev): MightSleep<void> {
  chrdevs(k).map.delete(key(cdev.parent!.devt!));
  yield* kobject_put(k, cdev);
}

/** Takes both away; files that are open stay open. Source: cdev_device_del() */
export function* cdev_device_del(k: Kernel, dev: Device): MightSleep<void> {
  yield* device_del(k, dev);
  yield* cdev_del(k, chrdevs(k).map.get(key(dev.devt!))!);
}

/**
 * Opens the device of a number.
 * @returns the file, -ENXIO if nobody has that number, or what the device says
 * Source: chrdev_open(); the reference goes in __fput()
 */
export function* chrdev_open(k: Kernel, devt: DevT, mode: File['mode']): MightSleep<File | number> {
  const cdev = chrdevs(k).map.get(key(devt));
  if (!cdev || !cdev_get(cdev)) return -Errno.ENXIO;
  const { owner } = cdev.device;
  if (!try_module_get(owner)) {
    yield* cdev_put(k, cdev);
    return -Errno.ENXIO;
  }
  const put = function* (): MightSleep<void> {
    module_put(owner);
    yield* cdev_put(k, cdev);
  };
  const file = yield* cdev.device.open(k, mode);
  if (typeof file === 'number') yield* put();
  else file.on_release = put;
  return file;
}

/** Adds a number that keeps no device alive. Source: cdev_add() */
export function cdev_add(k: Kernel, device: CharDevice, devt: DevT): void {
  chrdevs(k).map.set(key(devt), new Cdev(device, undefined));
}

/** Takes such a number away again; files that are open stay open. Source: cdev_del() */
export function cdev_unmap(k: Kernel, devt: DevT): void {
  chrdevs(k).map.delete(key(devt));
}
