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
