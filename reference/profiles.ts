/** The eras of the core, one row each. */
import { match_5_13, match_6_0, probe_of, probe_with_driver } from './driver-core-eras.js';
import { kconfig_5_13, kconfig_6_1, kconfig_6_12, kconfig_series_01 } from './kconfig/eras.js';
import { probe_tells_flag } from './kernel/really-probe-flag.js';
import { mdev_5_10 } from './mdev/parent-ops.js';
import { mdev_6_1 } from './mdev/register-parent.js';
import {
  mdev_5_13,
  mdev_5_14,
  mdev_6_0,
  mdev_series_01,
  mdev_series_02,
  mdev_series_09,
  mdev_series_11,
} from './mdev/eras.js';
import type { LoaderEra, Profile, Texts } from './profile.js';
import { vfio_5_10, vfio_5_14, vfio_6_0, vfio_6_1, vfio_6_12, vfio_ccw_2022 } from './vfio/eras.js';
import {
  everywhere,
  gpl_symbols_5_10,
  kernel_gpl_symbols,
  modules_5_10,
  modules_5_13,
  modules_series_01,
  modules_series_02,
  modules_series_09,
  modules_series_11,
  modules_5_14,
  modules_6_0,
  modules_ccw_2022,
  modules_6_1,
  modules_6_12,
} from './modules.js';

const synth_uevent_failed = 'uevent: failed to send synthetic uevent';

/** Source: the machine of the recordings (linux-5.10, shim-lifecycle) */
const buses_5_10 =
  'acpi clockevents clocksource container cpu dax edac event_source gpio i2c machinecheck memory ' +
  'mipi-dsi node nvmem pci pci_express platform pnp serial serio spi virtio workqueue xen xen-backend';

const texts_6_1: Texts = {
  kobjectPrefix: '',
  warnsOfMissingGroup: true,
  synthUeventFailed: (error) => `${synth_uevent_failed}: ${error}`,
  iommuGroupTypeMode: 0o644,
  limitsSynthWarnings: false,
};

const loader_5_10: LoaderEra = {
  kernelGplSymbols: new Set(gpl_symbols_5_10),
  announcesLicenseTaint: false,
  namesTaintingSymbol: false,
  loadsAgain: false,
};

const loader_5_13: LoaderEra = { ...loader_5_10, loadsAgain: true };

/** Source: drivers/base/dd.c, 5.14, which exports it for mdev */
const exported_5_14 = ['device_driver_attach'];

const loader_5_14: LoaderEra = {
  ...loader_5_13,
  kernelGplSymbols: new Set([...gpl_symbols_5_10, ...exported_5_14]),
};

const loader_6_0: LoaderEra = { ...loader_5_14, namesTaintingSymbol: true };

const loader_6_1: LoaderEra = { ...loader_6_0, loadsAgain: false };

const linux_5_10: Profile = {
  name: 'linux-5.10',
  title: 'mdev_parent_ops, shim in a module of its own; checked against Linux 5.10.262',
  texts: {
    kobjectPrefix: '',
    warnsOfMissingGroup: true,
    synthUeventFailed: () => synth_uevent_failed,
    iommuGroupTypeMode: 0o444,
    limitsSynthWarnings: false,
  },
  driverCore: { ...probe_of, binding: probe_tells_flag },
  // phy_attach_direct(), drivers/net/phy/phy_device.c: repaired in 6.1 and in 5.10.158
  buses: { phyForgetsDriver: true },
  loader: loader_5_10,
  mdev: mdev_5_10,
  vfio: vfio_5_10,
  tracedInlines: new Set([
    '__device_attach',
    'device_attach',
    'device_initial_probe',
    'driver_attach',
    'mdev_device_remove_common',
  ]),
  firstDynamicMajor: 246,
  bootBuses: buses_5_10.split(' '),
  kconfig: kconfig_5_13,
  modules: modules_5_10,
};

const linux_5_13: Profile = {
  ...linux_5_10,
  name: 'linux-5.13',
  title:
    'mdev_parent_ops with create(mdev), shim in a module of its own: the base of the 2021 series',
  // assumed: the wordings and modes are those of 6.1; no recording tells
  texts: texts_6_1,
  driverCore: { ...linux_5_10.driverCore, ...match_5_13 },
  loader: loader_5_13,
  buses: { phyForgetsDriver: false },
  mdev: mdev_5_13,
  tracedInlines: new Set([...linux_5_10.tracedInlines, 'vfio_init_group_dev']),
  bootBuses: [],
  modules: modules_5_13,
};

const series_01: Profile = {
  ...linux_5_13,
  name: 'series-01',
  title: 'the series, patch 01: the shim is part of mdev.ko',
  mdev: mdev_series_01,
  kconfig: kconfig_series_01,
  modules: modules_series_01,
};

const series_02: Profile = {
  ...series_01,
  name: 'series-02',
  title: 'the series, patches 02 to 08: a parent may name the driver of its devices',
  mdev: mdev_series_02,
  modules: modules_series_02,
};

const series_09: Profile = {
  ...series_02,
  name: 'series-09',
  title: 'the series, patch 09: no shim, and three exports for modules of any licence, as posted',
  mdev: mdev_series_09,
  modules: modules_series_09,
};

const series_11: Profile = {
  ...series_09,
  name: 'series-11',
  title: 'the series, patches 10 to 13: a parent has a driver and no operations',
  mdev: mdev_series_11,
  modules: modules_series_11,
};

const linux_5_14: Profile = {
  ...linux_5_13,
  name: 'linux-5.14',
  title: 'what was merged in place of patch 02: a create attaches the driver',
  driverCore: { ...probe_of, ...match_5_13 },
  loader: loader_5_14,
  mdev: mdev_5_14,
  vfio: vfio_5_14,
  kconfig: kconfig_series_01,
  modules: modules_5_14,
};

const linux_6_0: Profile = {
  ...linux_5_14,
  name: 'linux-6.0',
  title: 'what was merged in place of patches 09 to 13: drivers only, exports unchanged',
  driverCore: { ...probe_of, ...match_6_0 },
  loader: loader_6_0,
  mdev: mdev_6_0,
  vfio: vfio_6_0,
  tracedInlines: new Set(['device_release_driver_internal', 'vfio_init_group_dev']),
  kconfig: kconfig_6_1,
  modules: modules_6_0,
};

const ccw_2022: Profile = {
  ...linux_6_0,
  name: 'ccw-2022',
  title: 'the life-cycle helpers of September 2022: vfio_init_device, a kref, release',
  vfio: vfio_ccw_2022,
  modules: modules_ccw_2022,
};

const linux_6_1: Profile = {
  name: 'linux-6.1',
  title: 'mdev_register_parent, struct mdev_type arrays; checked against Linux 6.1.192',
  texts: texts_6_1,
  driverCore: probe_of,
  buses: { phyForgetsDriver: true },
  loader: loader_6_1,
  mdev: mdev_6_1,
  vfio: vfio_6_1,
  tracedInlines: new Set(['device_release_driver_internal']),
  firstDynamicMajor: 246,
  bootBuses: [],
  kconfig: kconfig_6_1,
  modules: modules_6_1,
};

const linux_6_12: Profile = {
  name: 'linux-6.12',
  title: 'the device is hidden before the wait; checked against Linux 6.12.117',
  texts: {
    kobjectPrefix: 'kobject: ',
    warnsOfMissingGroup: false,
    synthUeventFailed: (error) => `${synth_uevent_failed}: ${error}`,
    iommuGroupTypeMode: 0o644,
    limitsSynthWarnings: true,
  },
  driverCore: probe_with_driver,
  buses: { phyForgetsDriver: true },
  loader: {
    kernelGplSymbols: new Set([...kernel_gpl_symbols, 'class_create', ...exported_5_14]),
    announcesLicenseTaint: true,
    namesTaintingSymbol: true,
    loadsAgain: false,
  },
  mdev: mdev_6_1,
  vfio: vfio_6_12,
  tracedInlines: new Set(['device_release_driver_internal']),
  firstDynamicMajor: 245,
  bootBuses: [],
  kconfig: kconfig_6_12,
  modules: modules_6_12,
};

/** Every profile, oldest first. */
export const profiles: readonly Profile[] = [
  linux_5_10,
  linux_5_13,
  series_01,
  series_02,
  series_09,
  series_11,
  linux_5_14,
  linux_6_0,
  ccw_2022,
  linux_6_1,
  linux_6_12,
].map((row) => ({ ...row, modules: [...row.modules, ...everywhere] }));
