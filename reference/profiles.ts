/** The eras of the core, one row each. */
import { probe_of, probe_with_driver } from './driver-core-eras.js';
import type { ModuleDefinition } from './kernel/module.js';
import { probe_tells_flag } from './kernel/really-probe-flag.js';
import { mdev_exports_5_10, mdev_exports_5_13, mdev_exports_6_1 } from './mdev/exports.js';
import { mdev_module } from './mdev/module.js';
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
import { shim_5_10, shim_5_13, vfio_mdev } from './mdev/vfio-mdev.js';
import type { LoaderEra, Profile, Texts } from './profile.js';
import { mbochs } from './vendors/mbochs.js';
import { mdpy } from './vendors/mdpy.js';
import { mprop_mdev } from './vendors/mprop.js';
import { mscript } from './vendors/mscript.js';
import { MTTY_5_10, MTTY_6_1, MTTY_6_12 } from './vendors/mtty-device.js';
import { mtty } from './vendors/mtty.js';
import { mbochs_2022, mdpy_2022, mtty_2022 } from './vendors/mdev-driver/life-cycle.js';
import { mbochs_probed } from './vendors/mdev-driver/mbochs.js';
import { mdpy_probed } from './vendors/mdev-driver/mdpy.js';
import { mprop_probed } from './vendors/mdev-driver/mprop.js';
import { mscript_probed } from './vendors/mdev-driver/mscript.js';
import { mtty_probed } from './vendors/mdev-driver/mtty.js';
import { offered_by_driver } from './vendors/mdev-driver/offer.js';
import { SERIES_02, SERIES_11, V5_14, V6_0, type SampleEra } from './vendors/mdev-driver/sample.js';
import { allocated } from './vendors/vfio-api.js';
import { mbochs_ops } from './vendors/parent-ops/mbochs.js';
import { mdpy_ops } from './vendors/parent-ops/mdpy.js';
import { mdrv } from './vendors/parent-ops/mdrv.js';
import { mprop_mdev_ops } from './vendors/parent-ops/mprop.js';
import { mscript_ops } from './vendors/parent-ops/mscript.js';
import { mtty_ops } from './vendors/parent-ops/mtty.js';
import { vfio_5_10, vfio_5_14, vfio_6_0, vfio_6_1, vfio_6_12, vfio_ccw_2022 } from './vfio/eras.js';
import {
  exports_5_10,
  exports_5_13,
  exports_6_0,
  exports_ccw_2022,
  exports_series_09,
  exports_6_1,
  exports_6_12,
} from './vfio/exports.js';
import { type1_looks, type1_told, vfio_iommu_type1 } from './vfio/iommu-type1.js';
import { vfio_module } from './vfio/module.js';

const synth_uevent_failed = 'uevent: failed to send synthetic uevent';

/** What every vendor driver needs to be one, from 6.1 on. */
const vendor_imports = [
  '_vfio_alloc_device',
  'mdev_register_driver',
  'mdev_register_parent',
  'mdev_unregister_driver',
  'mdev_unregister_parent',
  'vfio_register_emulated_iommu_dev',
  'vfio_unregister_group_dev',
];

/** What mscript uses of the kernel that is for GPL modules only, beside class_create(). */
const kernel_gpl_symbols = [
  'class_destroy',
  'debugfs_create_dir',
  'debugfs_create_file',
  'debugfs_remove',
  'dev_set_name',
  'device_register',
  'device_unregister',
  'put_device',
];

/** mscript and its proprietary twin, which differ in their licence alone. */
function scripted(imports: readonly string[]) {
  const all = [...imports, ...kernel_gpl_symbols];
  return [mscript(all), mscript(all, { name: 'mprop_vfio', license: 'Proprietary' }), mprop_mdev];
}

const imports_6_1 = [...vendor_imports, 'vfio_free_device'];

/** Source: the machine of the recordings (linux-5.10, shim-lifecycle) */
const buses_5_10 =
  'acpi clockevents clocksource container cpu dax edac event_source gpio i2c machinecheck memory ' +
  'mipi-dsi node nvmem pci pci_express platform pnp serial serio spi virtio workqueue xen xen-backend';

const gpl_symbols_5_10 = [...kernel_gpl_symbols, '__class_create'];

const texts_6_1: Texts = {
  kobjectPrefix: '',
  warnsOfMissingGroup: true,
  synthUeventFailed: (error) => `${synth_uevent_failed}: ${error}`,
  iommuGroupTypeMode: 0o644,
  limitsSynthWarnings: false,
};

const loader_6_1: LoaderEra = {
  kernelGplSymbols: new Set(gpl_symbols_5_10),
  announcesLicenseTaint: false,
};

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
  loader: { kernelGplSymbols: new Set(gpl_symbols_5_10), announcesLicenseTaint: false },
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
  modules: [
    vfio_module(exports_5_10),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_10),
    vfio_mdev(shim_5_10, ['vfio_add_group_dev', 'vfio_del_group_dev']),
    mtty_ops(MTTY_5_10),
    mdpy_ops,
    mbochs_ops,
    mscript_ops(gpl_symbols_5_10),
    mscript_ops(gpl_symbols_5_10, { name: 'mprop_gpl', license: 'Proprietary' }),
    mprop_mdev_ops,
    mdrv,
  ],
};

/** What a module built against another era needs in place of its imports. */
const rebuilt = (module: ModuleDefinition, imports: readonly string[]): ModuleDefinition => ({
  ...module,
  imports,
});

const parent_ops_imports = ['mdev_register_device', 'mdev_unregister_device'];

/** From 5.13 on a type is told by the number of its group. */
const sample_imports_5_13 = [
  ...parent_ops_imports,
  'mdev_get_type_group_id',
  'mtype_get_type_group_id',
];

/** assumed: mscript as it would be built against 5.13; there is no recording */
const mscript_imports_5_13 = [...parent_ops_imports, 'mtype_get_parent_dev', ...gpl_symbols_5_10];

const vendors_5_13: readonly ModuleDefinition[] = [
  rebuilt(mtty_ops(MTTY_6_1), [...sample_imports_5_13, 'vfio_set_irqs_validate_and_prepare']),
  rebuilt(mdpy_ops, sample_imports_5_13),
  rebuilt(mbochs_ops, sample_imports_5_13),
  rebuilt(mscript_ops([], undefined, true), mscript_imports_5_13),
  rebuilt(
    mscript_ops([], { name: 'mprop_gpl', license: 'Proprietary' }, true),
    mscript_imports_5_13,
  ),
  mprop_mdev_ops,
  mdrv,
];

const shim_imports = [
  'vfio_init_group_dev',
  'vfio_register_group_dev',
  'vfio_unregister_group_dev',
];

const linux_5_13: Profile = {
  ...linux_5_10,
  name: 'linux-5.13',
  title:
    'mdev_parent_ops with create(mdev), shim in a module of its own: the base of the 2021 series',
  // assumed: the wordings and modes are those of 6.1; no recording tells
  texts: texts_6_1,
  loader: loader_6_1,
  mdev: mdev_5_13,
  tracedInlines: new Set([...linux_5_10.tracedInlines, 'vfio_init_group_dev']),
  bootBuses: [],
  modules: [
    vfio_module(exports_5_13),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13),
    vfio_mdev(shim_5_13, shim_imports),
    ...vendors_5_13,
  ],
};

const series_01: Profile = {
  ...linux_5_13,
  name: 'series-01',
  title: 'the series, patch 01: the shim is part of mdev.ko',
  mdev: mdev_series_01,
  modules: [
    vfio_module(exports_5_13),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13, shim_imports),
    ...vendors_5_13,
  ],
};

/** The drivers once they bind their devices themselves. */
const probed = (era: SampleEra): readonly ModuleDefinition[] => [
  mtty_probed(era),
  mdpy_probed(era),
  mbochs_probed(era),
  mscript_probed({ ...era, hasInit: false }, gpl_symbols_5_10),
  mprop_probed(era.offer, era.vfio),
  mdrv,
];

/** mscript as a user of the shim, beside the one that binds. */
const mscript_shimmed = rebuilt(
  mscript_ops([], { name: 'mscript_ops', license: 'Dual BSD/GPL' }, true),
  mscript_imports_5_13,
);

const series_02: Profile = {
  ...series_01,
  name: 'series-02',
  title: 'the series, patches 02 to 08: a parent may name the driver of its devices',
  mdev: mdev_series_02,
  modules: [
    vfio_module(exports_5_13),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13, shim_imports),
    ...probed(SERIES_02),
    mscript_shimmed,
    mprop_mdev_ops,
  ],
};

const series_09: Profile = {
  ...series_02,
  name: 'series-09',
  title: 'the series, patch 09: no shim, and three exports for modules of any licence, as posted',
  mdev: mdev_series_09,
  modules: [
    vfio_module(exports_series_09),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13),
    ...probed(SERIES_02),
    mprop_probed(SERIES_02.offer),
  ],
};

const series_11: Profile = {
  ...series_09,
  name: 'series-11',
  title: 'the series, patches 10 to 13: a parent has a driver and no operations',
  mdev: mdev_series_11,
  modules: [
    vfio_module(exports_series_09),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13),
    ...probed(SERIES_11),
    mprop_probed(SERIES_11.offer),
  ],
};

const linux_5_14: Profile = {
  ...linux_5_13,
  name: 'linux-5.14',
  title: 'what was merged in place of patch 02: a create attaches the driver',
  driverCore: probe_of,
  mdev: mdev_5_14,
  vfio: vfio_5_14,
  modules: [
    vfio_module(exports_5_13),
    vfio_iommu_type1(type1_looks),
    mdev_module(mdev_exports_5_13, shim_imports),
    ...probed(V5_14),
    mscript_shimmed,
    mprop_mdev_ops,
  ],
};

const linux_6_0: Profile = {
  ...linux_5_14,
  name: 'linux-6.0',
  title: 'what was merged in place of patches 09 to 13: drivers only, exports unchanged',
  mdev: mdev_6_0,
  vfio: vfio_6_0,
  tracedInlines: new Set(['device_release_driver_internal', 'vfio_init_group_dev']),
  modules: [
    vfio_module(exports_6_0),
    vfio_iommu_type1(type1_told),
    mdev_module(mdev_exports_5_13),
    ...probed(V6_0),
    mprop_probed(offered_by_driver),
  ],
};

const ccw_2022: Profile = {
  ...linux_6_0,
  name: 'ccw-2022',
  title: 'the life-cycle helpers of September 2022: vfio_init_device, a kref, release',
  vfio: vfio_ccw_2022,
  modules: [
    vfio_module(exports_ccw_2022),
    vfio_iommu_type1(type1_told),
    mdev_module(mdev_exports_5_13),
    mtty_2022,
    mdpy_2022,
    mbochs_2022,
    mscript_probed({ ...V6_0, vfio: allocated, hasInit: true }, gpl_symbols_5_10),
    mprop_probed(offered_by_driver, allocated),
    mprop_probed(offered_by_driver),
    mdrv,
  ],
};

const linux_6_1: Profile = {
  name: 'linux-6.1',
  title: 'mdev_register_parent, struct mdev_type arrays; checked against Linux 6.1.192',
  texts: texts_6_1,
  driverCore: probe_of,
  loader: loader_6_1,
  mdev: mdev_6_1,
  vfio: vfio_6_1,
  tracedInlines: new Set(['device_release_driver_internal']),
  firstDynamicMajor: 246,
  bootBuses: [],
  modules: [
    vfio_module(exports_6_1),
    vfio_iommu_type1(type1_told),
    mdev_module(mdev_exports_6_1),
    mtty(MTTY_6_1, [...imports_6_1, 'vfio_set_irqs_validate_and_prepare']),
    mdpy(imports_6_1),
    mbochs(imports_6_1),
    ...scripted([...imports_6_1, '__class_create']),
  ],
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
  loader: {
    kernelGplSymbols: new Set([...kernel_gpl_symbols, 'class_create']),
    announcesLicenseTaint: true,
  },
  mdev: mdev_6_1,
  vfio: vfio_6_12,
  tracedInlines: new Set(['device_release_driver_internal']),
  firstDynamicMajor: 245,
  bootBuses: [],
  modules: [
    vfio_module(exports_6_12),
    vfio_iommu_type1(type1_told),
    mdev_module(mdev_exports_6_1),
    mtty(MTTY_6_12, [
      ...vendor_imports,
      'vfio_mig_get_next_state',
      'vfio_set_irqs_validate_and_prepare',
    ]),
    mdpy(vendor_imports),
    mbochs(vendor_imports),
    ...scripted([...vendor_imports, 'class_create']),
  ],
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
];
