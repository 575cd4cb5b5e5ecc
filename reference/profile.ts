import type { Device } from './kernel/device.js';
import type { DeviceDriver } from './kernel/driver.js';
import type { Kernel } from './kernel/kernel.js';
import type { ModuleDefinition } from './kernel/module.js';
import type { VfioEra } from './vfio/types.js';

/** What the driver core does differently from era to era. */
export interface DriverCoreEra {
  /** whether reading a device's `uevent` waits for who binds or unbinds it */
  readonly ueventShowLocks: boolean;
  /** Tells the log that a driver refused a device. */
  probeFailed(k: Kernel, dev: Device, drv: DeviceDriver, error: number): void;
}

/** What the module loader does differently. */
export interface LoaderEra {
  /** symbols of the kernel itself that only GPL modules get */
  readonly kernelGplSymbols: ReadonlySet<string>;
  /** whether a licence that taints is announced a second time */
  readonly announcesLicenseTaint: boolean;
}

/** Wordings of the log. */
export interface Texts {
  /** stands before what lib/kobject.c says */
  readonly kobjectPrefix: string;
  /** whether removing a group of attributes that isn't there is worth a warning */
  readonly warnsOfMissingGroup: boolean;
  /** whether what is wrong with a synthetic uevent is said ten times in five seconds at most */
  readonly limitsSynthWarnings: boolean;
}

/** One state of the core: a row of the table in profiles.ts. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly texts: Texts;
  readonly driverCore: DriverCoreEra;
  readonly loader: LoaderEra;
  readonly vfio: VfioEra;
  /** the highest major that a booted machine has not given away */
  readonly firstDynamicMajor: number;
  /** the .ko files there are */
  readonly modules: readonly ModuleDefinition[];
}
