import type { Profile } from '../profile.js';
import { debugfs_create_file } from './debugfs.js';
import { Kernel } from './kernel.js';
import { kernel_root } from './ksets.js';
import { add_boot_bus } from './boot-buses.js';
import { do_initcalls } from './builtin.js';
import { deferred_devs } from './deferred-probe.js';
import type { ModuleDefinition } from './module.js';
import { misc_init } from './misc.js';
import { proc_init } from './proc.js';

/**
 * A machine that has booted and loaded no module.
 * @param builtin what is part of its kernel; nobody hears of its start
 */
export function boot(profile: Profile, builtin: readonly ModuleDefinition[] = []): Kernel {
  const k = new Kernel(profile);
  kernel_root(k);
  misc_init(k);
  proc_init(k);
  for (const name of profile.bootBuses) add_boot_bus(k, name);
  debugfs_create_file(k.debugfs, 'devices_deferred', 0o444, deferred_devs);
  k.sched.runToEnd(k.sched.spawn('swapper/0', do_initcalls(k, builtin)));
  k.takeEvents();
  return k;
}
