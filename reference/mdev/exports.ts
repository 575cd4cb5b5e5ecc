/** The symbols of mdev.ko and their licences. Source: the EXPORT_SYMBOL lines of drivers/vfio/mdev/ */
import type { Export } from '../kernel/module.js';

const plain = (...names: readonly string[]): readonly Export[] =>
  names.map((name) => ({ name, gpl: false }));

/** The bus itself is for GPL modules only: type 1 looks it up. Not exported from 6.1 on. */
const bus: Export = { name: 'mdev_bus_type', gpl: true };

export const mdev_exports_6_1 = plain(
  'mdev_register_parent',
  'mdev_unregister_parent',
  'mdev_register_driver',
  'mdev_unregister_driver',
);

/** Up to 5.12 a device's fields are behind functions. */
export const mdev_exports_5_10 = [
  bus,
  ...plain(
    'mdev_dev',
    'mdev_from_dev',
    'mdev_get_drvdata',
    'mdev_get_iommu_device',
    'mdev_parent_dev',
    'mdev_register_device',
    'mdev_register_driver',
    'mdev_set_drvdata',
    'mdev_set_iommu_device',
    'mdev_unregister_device',
    'mdev_unregister_driver',
    'mdev_uuid',
  ),
];

/** From 5.13 on a device's fields are inline again, and a type has accessors. Source: mdev_core.c, mdev_sysfs.c, 5.13 */
export const mdev_exports_5_13 = [
  bus,
  ...plain(
    'mdev_get_type_group_id',
    'mdev_parent_dev',
    'mdev_register_device',
    'mdev_register_driver',
    'mdev_unregister_device',
    'mdev_unregister_driver',
    'mtype_get_parent_dev',
    'mtype_get_type_group_id',
  ),
];
