/** The modules that were built for each era: the .ko files beside its kernel. */
import { bus_modules } from './buses/modules.js';
import type { ModuleDefinition } from './kernel/module.js';
import { mdev_exports_5_10, mdev_exports_5_13, mdev_exports_6_1 } from './mdev/exports.js';
import { mdev_module } from './mdev/module.js';
import { shim_5_10, shim_5_13, vfio_mdev } from './mdev/vfio-mdev.js';
import { driver1, vfio_platform } from './platform/driver.js';
import { platform } from './platform/module.js';
import { css_module } from './vendors/ccw/css.js';
import {
  vfio_ccw_2022,
  vfio_ccw_5_10,
  vfio_ccw_5_13,
  vfio_ccw_6_0,
  vfio_ccw_6_1,
  vfio_ccw_6_12,
  vfio_ccw_series_02,
  vfio_ccw_series_11,
} from './vendors/ccw/module.js';
import {
  guests_2022,
  guests_5_10,
  guests_5_13,
  guests_5_14,
  guests_6_0,
  guests_6_1,
  guests_6_12,
  guests_series_02,
  guests_series_11,
} from './vendors/guests.js';
import { idxd_mdev } from './vendors/idxd-mdev.js';
import { binds_allocated, registers_device } from './vendors/imports.js';
import { link_modules } from './vendors/link/modules.js';
import { mbochs } from './vendors/mbochs.js';
import { mbochs_2022, mdpy_2022, mtty_2022 } from './vendors/mdev-driver/life-cycle.js';
import { mbochs_probed } from './vendors/mdev-driver/mbochs.js';
import { mdpy_probed } from './vendors/mdev-driver/mdpy.js';
import { mprop_probed } from './vendors/mdev-driver/mprop.js';
import { mscript_probed } from './vendors/mdev-driver/mscript.js';
import { mtty_probed } from './vendors/mdev-driver/mtty.js';
import { offered_by_driver } from './vendors/mdev-driver/offer.js';
import { SERIES_02, SERIES_11, V5_14, V6_0, type SampleEra } from './vendors/mdev-driver/sample.js';
import { mdpy } from './vendors/mdpy.js';
import { mprop_mdev } from './vendors/mprop.js';
import { mscript } from './vendors/mscript.js';
import { MTTY_5_10, MTTY_6_1, MTTY_6_12 } from './vendors/mtty-device.js';
import { mtty } from './vendors/mtty.js';
import { mbochs_ops } from './vendors/parent-ops/mbochs.js';
import { mdpy_ops } from './vendors/parent-ops/mdpy.js';
import { mdrv } from './vendors/parent-ops/mdrv.js';
import { mprop_mdev_ops } from './vendors/parent-ops/mprop.js';
import { mscript_ops } from './vendors/parent-ops/mscript.js';
import { mtty_ops } from './vendors/parent-ops/mtty.js';
import { allocated } from './vendors/vfio-api.js';
import {
  exports_5_10,
  exports_5_13,
  exports_6_0,
  exports_ccw_2022,
  exports_series_09,
  exports_6_1,
  exports_6_12,
} from './vfio/exports.js';
import {
  type1_5_13,
  type1_6_0,
  type1_looks,
  type1_told,
  vfio_iommu_type1,
} from './vfio/iommu-type1.js';
import { vfio_module } from './vfio/module.js';

/** What mscript uses of the kernel that is for GPL modules only, beside class_create(). */
export const kernel_gpl_symbols = [
  'class_destroy',
  'debugfs_create_dir',
  'debugfs_create_file',
  'debugfs_remove',
  'dev_set_name',
  'device_register',
  'device_unregister',
  'put_device',
];

export const gpl_symbols_5_10 = [...kernel_gpl_symbols, '__class_create'];

/** mscript and its proprietary twin, which differ in their licence alone. */
function scripted(imports: readonly string[]) {
  const all = [...imports, ...kernel_gpl_symbols];
  return [mscript(all), mscript(all, { name: 'mprop_vfio', license: 'Proprietary' }), mprop_mdev];
}

const imports_6_1 = [...binds_allocated, 'vfio_free_device'];

/** What a module built against another era needs in place of its imports. */
const rebuilt = (module: ModuleDefinition, imports: readonly string[]): ModuleDefinition => ({
  ...module,
  imports,
});

/** From 5.13 on a type is told by the number of its group. */
const sample_imports_5_13 = [
  ...registers_device,
  'mdev_get_type_group_id',
  'mtype_get_type_group_id',
];

/** assumed: mscript as it would be built against 5.13; there is no recording */
const mscript_imports_5_13 = [...registers_device, 'mtype_get_parent_dev', ...gpl_symbols_5_10];

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

export const modules_5_10: readonly ModuleDefinition[] = [
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
  vfio_ccw_5_10,
  ...guests_5_10,
];

export const modules_5_13: readonly ModuleDefinition[] = [
  vfio_module(exports_5_13),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13),
  vfio_mdev(shim_5_13, shim_imports),
  ...vendors_5_13,
  vfio_ccw_5_13,
  ...guests_5_13,
];

export const modules_series_01: readonly ModuleDefinition[] = [
  vfio_module(exports_5_13),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13, shim_imports),
  ...vendors_5_13,
  vfio_ccw_5_13,
  ...guests_5_13,
];

export const modules_series_02: readonly ModuleDefinition[] = [
  vfio_module(exports_5_13),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13, shim_imports),
  ...probed(SERIES_02),
  mscript_shimmed,
  mprop_mdev_ops,
  vfio_ccw_series_02,
  ...guests_series_02,
];

export const modules_series_09: readonly ModuleDefinition[] = [
  vfio_module(exports_series_09),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13),
  ...probed(SERIES_02),
  mprop_probed(SERIES_02.offer),
  vfio_ccw_series_02,
  ...guests_series_02,
];

export const modules_series_11: readonly ModuleDefinition[] = [
  vfio_module(exports_series_09),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13),
  ...probed(SERIES_11),
  mprop_probed(SERIES_11.offer),
  vfio_ccw_series_11,
  ...guests_series_11,
  idxd_mdev,
];

export const modules_5_14: readonly ModuleDefinition[] = [
  vfio_module(exports_5_13),
  vfio_iommu_type1(type1_5_13),
  mdev_module(mdev_exports_5_13, shim_imports),
  ...probed(V5_14),
  mscript_shimmed,
  mprop_mdev_ops,
  vfio_ccw_5_13,
  ...guests_5_14,
];

export const modules_6_0: readonly ModuleDefinition[] = [
  vfio_module(exports_6_0),
  vfio_iommu_type1(type1_6_0),
  mdev_module(mdev_exports_5_13),
  ...probed(V6_0),
  mprop_probed(offered_by_driver),
  vfio_ccw_6_0,
  ...guests_6_0,
];

export const modules_ccw_2022: readonly ModuleDefinition[] = [
  vfio_module(exports_ccw_2022),
  vfio_iommu_type1(type1_6_0),
  mdev_module(mdev_exports_5_13),
  mtty_2022,
  mdpy_2022,
  mbochs_2022,
  mscript_probed({ ...V6_0, vfio: allocated, hasInit: true }, gpl_symbols_5_10),
  mprop_probed(offered_by_driver, allocated),
  mprop_probed(offered_by_driver),
  mdrv,
  vfio_ccw_2022,
  ...guests_2022,
];

export const modules_6_1: readonly ModuleDefinition[] = [
  vfio_module(exports_6_1),
  vfio_iommu_type1(type1_told),
  mdev_module(mdev_exports_6_1),
  mtty(MTTY_6_1, [...imports_6_1, 'vfio_set_irqs_validate_and_prepare']),
  mdpy(imports_6_1),
  mbochs(imports_6_1),
  ...scripted([...imports_6_1, '__class_create']),
  vfio_ccw_6_1,
  ...guests_6_1,
];

export const modules_6_12: readonly ModuleDefinition[] = [
  vfio_module(exports_6_12),
  vfio_iommu_type1(type1_told),
  mdev_module(mdev_exports_6_1),
  mtty(MTTY_6_12, [
    ...binds_allocated,
    'vfio_mig_get_next_state',
    'vfio_set_irqs_validate_and_prepare',
  ]),
  mdpy(binds_allocated),
  mbochs(binds_allocated),
  ...scripted([...binds_allocated, 'class_create']),
  vfio_ccw_6_12,
  ...guests_6_12,
];

/** What is the same in every era: modules that only link, and what no kernel has. */
export const everywhere: readonly ModuleDefinition[] = [
  platform,
  driver1,
  vfio_platform,
  css_module,
  ...link_modules,
  ...bus_modules,
];
