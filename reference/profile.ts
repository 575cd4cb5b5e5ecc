import type { Device } from './kernel/device.js';
import type { DeviceDriver } from './kernel/driver.js';
import type { Kernel } from './kernel/kernel.js';
import type { KconfigEra } from './kconfig/eras.js';
import type { ModuleDefinition } from './kernel/module.js';
import type { MightSleep } from './kernel/scheduler.js';
import type { MdevEra } from './mdev/era.js';
import type { VfioEra } from './vfio/types.js';

/** How a driver and a device come together, and who learns of it when they don't. */
export interface BindingEra {
  /** behind the trace point of that name */
  really_probe(k: Kernel, dev: Device, drv: DeviceDriver): MightSleep<number>;
  /** what stands before it; the caller holds the device's lock */
  driver_probe_device(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number>;
  /** what a result of the two means: 1 bound, 0 the next driver's turn, negative the end of the search */
  verdict(ret: number): number;
  /** under the device's lock */
  device_driver_attach(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number>;
  /** a new driver meets a device that matches */
  driver_attach(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<void>;
  /** a device's name was written to `bind`: 0 once it is bound, or -errno */
  bind(k: Kernel, drv: DeviceDriver, dev: Device): MightSleep<number>;
}

/** What the driver core does differently from era to era. */
export interface DriverCoreEra {
  /** whether reading a device's `uevent` waits for who binds or unbinds it */
  readonly ueventShowLocks: boolean;
  /** Tells the log that a driver refused a device. */
  probeFailed(k: Kernel, dev: Device, drv: DeviceDriver, error: number): void;
  readonly binding: BindingEra;
  /** whether a device whose match is put off is probed all the same */
  readonly probesDeferredMatch: boolean;
  /** whether a match that is an error is one for the registration of the new driver, too */
  readonly badMatchEndsWalk: boolean;
}

/** What the buses beside mdev's do differently. */
export interface BusesEra {
  /** whether a PHY that the generic driver refused has no driver then */
  readonly phyForgetsDriver: boolean;
}

/** What the module loader does differently. */
export interface LoaderEra {
  /** symbols of the kernel itself that only GPL modules get */
  readonly kernelGplSymbols: ReadonlySet<string>;
  /** whether a licence that taints is announced a second time */
  readonly announcesLicenseTaint: boolean;
  /** whether the log names the symbol by which a module takes over another one's taint. Since 5.19 */
  readonly namesTaintingSymbol: boolean;
  /**
   * A load that meets a module of the same name on its way in or out waits and is tried again. If not, it waits
   * for one that comes, and gives up. Source: add_unformed_module(), 5.3 to 6.1; what stable kernels and 6.2 have
   */
  readonly loadsAgain: boolean;
}

/** Wordings of the log, and what else user space can read of the kernel's making. */
export interface Texts {
  /** stands before what lib/kobject.c says */
  readonly kobjectPrefix: string;
  /** whether removing a group of attributes that isn't there is worth a warning */
  readonly warnsOfMissingGroup: boolean;
  /** what a device says of a text that makes no uevent */
  synthUeventFailed(error: number): string;
  /** the mode of the file `type` of an IOMMU group */
  readonly iommuGroupTypeMode: number;
  /** whether what is wrong with a synthetic uevent is said ten times in five seconds at most */
  readonly limitsSynthWarnings: boolean;
}

/** One state of the core: a row of the table in profiles.ts. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly texts: Texts;
  readonly driverCore: DriverCoreEra;
  readonly buses: BusesEra;
  readonly loader: LoaderEra;
  readonly mdev: MdevEra;
  readonly vfio: VfioEra;
  /** of the functions that not every build keeps, or not every recording watches: those to be seen here */
  readonly tracedInlines: ReadonlySet<string>;
  /** the highest major that a booted machine has not given away */
  readonly firstDynamicMajor: number;
  /** buses that the recorded machine has without any module */
  readonly bootBuses: readonly string[];
  /** the Kconfig files that say what can be built */
  readonly kconfig: KconfigEra;
  /** the .ko files there are */
  readonly modules: readonly ModuleDefinition[];
}
