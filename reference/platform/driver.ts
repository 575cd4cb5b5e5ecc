/** Drivers of the platform bus: those of the thread, which do nothing but take a device. */
import { driver_register, driver_unregister } from '../kernel/driver.js';
import type { Kernel } from '../kernel/kernel.js';
import { kernel_root } from '../kernel/ksets.js';
import { module_of_steps } from '../kernel/module-of-steps.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { ParamDef } from '../kernel/params.js';
import { tracepoint } from '../kernel/tracepoint.js';
import { new_id } from './attributes.js';
import type { PlatformDriver } from './types.js';

/** @returns as driver_register(). Source: __platform_driver_register() */
export const platform_driver_register = tracepoint(
  'platform_driver_register',
  (drv: PlatformDriver) => ({ driver: drv.name }),
  (k, drv) => driver_register(k, drv),
);

/** Source: platform_driver_unregister() */
export const platform_driver_unregister = tracepoint(
  'platform_driver_unregister',
  (drv: PlatformDriver) => ({ driver: drv.name }),
  (k, drv) => driver_unregister(k, drv),
);

const flag = (init: boolean): ParamDef => ({ type: 'bool', init, mode: 0o444 });

interface Description {
  readonly module: string;
  readonly driver: string;
  readonly id_table: readonly string[];
  readonly match_any: boolean;
}

const platform_driver = (k: Kernel, mod: Module, of: Description): PlatformDriver => ({
  name: of.driver,
  bus: kernel_root(k).buses.get('platform')!,
  owner: mod,
  groups: [{ attrs: [new_id] }],
  id_table: [...of.id_table],
  match_any: mod.params['match_any'] as boolean,
  explicit_bind_only: mod.params['explicit_bind_only'] as boolean,
  *probe() {
    return mod.params['probe_ret'] as number;
  },
  *remove() {
    // It holds nothing.
  },
});

/** A module with one driver, whose parameters are the static members that the drafts give drivers. */
const driver_module = (of: Description): ModuleDefinition =>
  module_of_steps<PlatformDriver>(
    {
      name: of.module,
      license: 'GPL',
      outOfTree: true,
      imports: ['__platform_driver_register', 'platform_driver_unregister'],
      params: {
        match_any: flag(of.match_any),
        explicit_bind_only: flag(false),
        probe_ret: { type: 'int', init: 0, mode: 0o644 },
      },
    },
    (k, mod) => platform_driver(k, mod, of),
    [{ make: platform_driver_register, undo: platform_driver_unregister }],
  );

/** DRIVER1 of seed 002, which drives the devices called `device`. */
export const driver1 = driver_module({
  module: 'driver1',
  driver: 'driver1',
  id_table: ['device'],
  match_any: false,
});

/** VFIO-PLATFORM-DRIVER of seed 002: it drives nothing of its own, and everything with `match_any`. */
export const vfio_platform = driver_module({
  module: 'vfio_platform',
  driver: 'vfio-platform',
  id_table: [],
  match_any: true,
});
