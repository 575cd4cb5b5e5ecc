/** What the tests of the VFIO core share. */
import { device_add, device_unregister } from '../kernel/core.js';
import { Device } from '../kernel/device.js';
import { bus_register } from '../kernel/bus.js';
import { driver_register, type DeviceDriver } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import { load_module } from '../kernel/loader.js';
import { Module, modules } from '../kernel/module.js';
import {
  sys_close,
  sys_ioctl,
  sys_mmap,
  sys_open,
  sys_pread,
  sys_pwrite,
} from '../kernel/syscalls.js';
import { booted, made, profile, run } from '../kernel/testing.js';
import { UserMemory } from '../kernel/user-memory.js';
import { words } from '../vendors/device-fixture.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from './device.js';
import type { VfioDevice, VfioDeviceOps } from './types.js';
import { VfioRequest } from './uapi.js';

const RDWR = { read: true, write: true };

/** The argument of an ioctl: a number, a text, or 32-bit words. */
type Arg = number | string | Uint8Array;

function argument(arg: Arg) {
  if (typeof arg === 'number') return { value: arg, memory: new UserMemory(null) };
  const bytes = typeof arg === 'string' ? Buffer.from(`${arg}\0`) : arg;
  return { value: 0, memory: new UserMemory(bytes) };
}

/** A program that uses the machine: each call answers with what the kernel returns. */
export function program(k: Kernel) {
  const open = (path: string): number => run(k, sys_open(k, path, RDWR));
  const ioctl = (fd: number, name: keyof typeof VfioRequest, arg: Arg = 0): number =>
    run(k, sys_ioctl(k, fd, VfioRequest[name], argument(arg)));
  const container = (fd: number) => words(fd);
  /** Opens a group in a container with a backend. */
  const group = (name = '0') => {
    const made = open('/dev/vfio/vfio');
    const fd = open(`/dev/vfio/${name}`);
    ioctl(fd, 'VFIO_GROUP_SET_CONTAINER', container(made));
    ioctl(made, 'VFIO_SET_IOMMU', 1);
    return { container: made, group: fd };
  };
  return {
    open,
    close: (fd: number): number => run(k, sys_close(k, fd)),
    ioctl,
    container,
    group,
    pread: (fd: number, count: number, pos: number) => run(k, sys_pread(k, fd, count, pos)),
    pwrite: (fd: number, data: Uint8Array, pos: number) => run(k, sys_pwrite(k, fd, data, pos)),
    mmap: (fd: number, offset: number, length: number) => run(k, sys_mmap(k, fd, offset, length)),
    /** Opens a device by all that it takes. */
    device: (name: string, of = '0') => {
      const opened = group(of);
      return { ...opened, device: ioctl(opened.group, 'VFIO_GROUP_GET_DEVICE_FD', name) };
    },
  };
}

/**
 * A machine with vfio loaded, and devices "a", "b" … that a driver has.
 * @param without modules that are not loaded
 */
export function vfioMachine(name: string, ops: Partial<VfioDeviceOps> = {}, without = '') {
  const k = booted(name);
  for (const module of ['vfio', 'vfio_iommu_type1']) {
    if (module === without) continue;
    const definition = profile(name).modules.find((each) => each.name === module);
    run(k, load_module(k, definition, ''));
  }
  const owner = new Module({ name: 'toys', license: 'GPL', imports: [] }, {});
  const driver: DeviceDriver = {
    name: 'toy',
    bus: made(k, bus_register(k, { name: 'toy' })),
    owner,
  };
  run(k, driver_register(k, driver));
  const add = (name: string): Device => {
    const dev = new Device({ name, bus: driver.bus });
    run(k, device_add(k, dev));
    return dev;
  };
  const alloc = (name: string) =>
    run(k, _vfio_alloc_device(k, add(name), { driver: 'toy', ...ops }));
  /** Makes a device and registers it. */
  const register = (name: string): VfioDevice => {
    const device = alloc(name) as VfioDevice;
    const error = run(k, vfio_register_emulated_iommu_dev(k, device));
    if (error) throw new Error(`refused with ${error}`);
    return device;
  };
  const unregister = function* (device: VfioDevice) {
    yield* vfio_unregister_group_dev(k, device);
    yield* vfio_put_device(k, device);
    yield* device_unregister(k, device.dev);
  };
  return {
    k,
    owner,
    alloc,
    register,
    unregister,
    module: (of: string) => modules(k).loaded.get(of)!,
    ...program(k),
  };
}
