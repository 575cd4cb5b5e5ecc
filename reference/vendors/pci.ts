/** The PCI bus of the machine, as far as devices on it are parents. Source: drivers/pci/, drivers/base/bus.c */
import type { Bus } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { Device } from '../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../kernel/driver.js';
import { perKernel, type Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import { Kobject, Kset } from '../kernel/kobject.js';
import { bus_ktype, kernel_root } from '../kernel/ksets.js';
import type { Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { make_all, undo_all, type Step } from '../kernel/steps.js';

interface PciState {
  bus: Bus | undefined;
  /** the directory, where the machine didn't have it */
  made: KernfsNode | undefined;
  users: number;
}

const state = perKernel<PciState>(() => ({ bus: undefined, made: undefined, users: 0 }));

/** The bus is older than any module: its directory is there, or comes and goes without a word. */
function pci_bus(k: Kernel): Bus {
  const pci = state(k);
  pci.users++;
  if (pci.bus) return pci.bus;
  const root = kernel_root(k);
  const dir = (name: string, above: Kobject): Kobject => {
    const kobj = new Kobject(name, bus_ktype);
    kobj.sd = above.sd!.lookup(name) ?? above.sd!.mkdir(name)!;
    kobj.parent = above;
    return kobj;
  };
  const known = root.bus_kset.kobj.sd!.lookup('pci');
  const kobj = dir('pci', root.bus_kset.kobj);
  pci.made = known ? undefined : kobj.sd;
  pci.bus = {
    name: 'pci',
    subsys: new Kset(kobj),
    devices_kset: new Kset(dir('devices', kobj)),
    drivers_kset: new Kset(dir('drivers', kobj)),
    devices: [],
    drivers: [],
    drivers_autoprobe: true,
  };
  root.buses.set('pci', pci.bus);
  return pci.bus;
}

function* pci_bus_put(k: Kernel): MightSleep<void> {
  const pci = state(k);
  if (--pci.users > 0) return;
  kernel_root(k).buses.delete('pci');
  pci.bus = undefined;
  if (pci.made) yield* pci.made.remove(k);
}

/** A device in a slot, with its driver, and the bridge above it. */
export interface PciFunction {
  readonly bridge: Device;
  readonly dev: Device;
  readonly driver: DeviceDriver;
}

const PARTS: readonly Step<PciFunction>[] = [
  {
    make: (k, { bridge }) => device_register_or_put(k, bridge),
    undo: (k, { bridge }) => device_unregister(k, bridge),
  },
  {
    make: (k, { dev }) => device_register_or_put(k, dev),
    undo: (k, { dev }) => device_unregister(k, dev),
  },
  {
    make: (k, { driver }) => driver_register(k, driver),
    undo: (k, { driver }) => driver_unregister(k, driver),
  },
];

/**
 * A device that is plugged in, and bound by the driver in its module.
 * @param slot domain, bus, device and function
 * @param name of the driver; absent: as its module
 */
export const pci_step = <S extends { readonly mod: Module; card?: PciFunction }>(
  slot: string,
  name?: string,
): Step<S> => ({
  *make(k, state) {
    const bus = pci_bus(k);
    const bridge = new Device({ name: `pci${slot.split(':').slice(0, 2).join(':')}` });
    const dev = new Device({ name: slot, parent: bridge, bus });
    const driver = { name: name ?? state.mod.name, bus, owner: state.mod };
    state.card = { bridge, dev, driver };
    const error = yield* make_all(k, state.card, PARTS);
    if (error) yield* pci_bus_put(k);
    return error;
  },
  *undo(k, { card }) {
    yield* undo_all(k, card!, PARTS);
    yield* pci_bus_put(k);
  },
});
