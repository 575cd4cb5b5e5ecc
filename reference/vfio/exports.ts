/** The symbols of vfio.ko and their licences. Source: the EXPORT_SYMBOL lines of drivers/vfio/, 6.1 and 6.12 */
import type { Export } from '../kernel/module.js';

/** Open to modules of any licence, since before the series and ever after. */
const plain = [
  'vfio_dma_rw',
  'vfio_info_add_capability',
  'vfio_info_cap_shift',
  'vfio_pin_pages',
  'vfio_set_irqs_validate_and_prepare',
  'vfio_unpin_pages',
];

const gpl = [
  '_vfio_alloc_device',
  'vfio_assign_device_set',
  'vfio_device_set_open_count',
  'vfio_file_enforced_coherent',
  'vfio_file_has_dev',
  'vfio_file_iommu_group',
  'vfio_file_is_group',
  'vfio_file_set_kvm',
  'vfio_info_cap_add',
  'vfio_mig_get_next_state',
  'vfio_register_emulated_iommu_dev',
  'vfio_register_group_dev',
  'vfio_register_iommu_driver',
  'vfio_unregister_group_dev',
  'vfio_unregister_iommu_driver',
];

const table = (gplOnly: readonly string[]): readonly Export[] => [
  ...plain.map((name) => ({ name, gpl: false })),
  ...gplOnly.map((name) => ({ name, gpl: true })),
];

/** Open up to 5.18 as well. */
const plain_5_10 = [
  'vfio_group_pin_pages',
  'vfio_group_unpin_pages',
  'vfio_register_notifier',
  'vfio_unregister_notifier',
];

/** The life of a VFIO device: what patch 09 of the series opens to modules of any licence. */
const life = ['vfio_init_group_dev', 'vfio_register_group_dev', 'vfio_unregister_group_dev'];

/** The rest of vfio.c that is for GPL modules only. */
const gpl_5_13 = [
  'vfio_device_get_from_dev',
  'vfio_device_put',
  'vfio_external_check_extension',
  'vfio_external_group_match_file',
  'vfio_external_user_iommu_id',
  'vfio_group_get_external_user',
  'vfio_group_get_external_user_from_dev',
  'vfio_group_iommu_domain',
  'vfio_group_put_external_user',
  'vfio_group_set_kvm',
  'vfio_info_cap_add',
  'vfio_iommu_group_get',
  'vfio_iommu_group_put',
  'vfio_register_iommu_driver',
  'vfio_unregister_iommu_driver',
];

const table_5_10 = (open: readonly string[], gplOnly: readonly string[]): readonly Export[] => [
  ...[...plain, ...plain_5_10, ...open].map((name) => ({ name, gpl: false })),
  ...[...gpl_5_13, ...gplOnly].map((name) => ({ name, gpl: true })),
];

export const exports_5_10 = table_5_10(
  [],
  [...life, 'vfio_add_group_dev', 'vfio_del_group_dev', 'vfio_device_data'],
);

/** Source: drivers/vfio/vfio.c, 5.13; the same in 5.14 */
export const exports_5_13 = table_5_10([], life);

/** As posted, and refused on the list. Source: the series, patch 09 */
export const exports_series_09 = table_5_10(life, []);

/** 6.1, as far as it is about devices and groups that are no devices. assumed: the rest as there */
const gpl_6_0 = gpl.filter((name) => name !== '_vfio_alloc_device');

/** Nothing was opened. Source: the merge that took the place of patch 09, 5.19; 6.0 */
export const exports_6_0 = table([...gpl_6_0, 'vfio_init_group_dev', 'vfio_uninit_group_dev']);

/** Source: the patch to vfio-ccw of September 2022, which takes the old pair away */
export const exports_ccw_2022 = table([...gpl, 'vfio_free_device', 'vfio_init_device']);

export const exports_6_1 = table([
  ...gpl,
  'iova_bitmap_set',
  'vfio_free_device',
  'vfio_init_device',
]);

export const exports_6_12 = table([
  ...gpl,
  'vfio_combine_iova_ranges',
  'vfio_file_is_valid',
  'vfio_find_device_in_devset',
  'vfio_virqfd_disable',
  'vfio_virqfd_enable',
  'vfio_virqfd_flush_thread',
]);
