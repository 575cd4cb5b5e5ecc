import type { Kernel } from './kernel.js';
import { kernel_root } from './ksets.js';

/** A bus of the machine itself, as user space sees one: it has nothing to do with mediated devices. */
export function add_boot_bus(k: Kernel, name: string): void {
  const dir = kernel_root(k).bus_kset.kobj.sd!.mkdir(name)!;
  dir.mkdir('devices');
  dir.mkdir('drivers');
}

/** Makes room for a module that is that bus, with all it does; without a word, since it was there. */
export function take_boot_bus(k: Kernel, name: string): void {
  if (k.profile.bootBuses.includes(name)) kernel_root(k).bus_kset.kobj.sd!.lookup(name)?.unlink();
}

/** Once that module is gone. */
export function give_boot_bus(k: Kernel, name: string): void {
  if (k.profile.bootBuses.includes(name)) add_boot_bus(k, name);
}
