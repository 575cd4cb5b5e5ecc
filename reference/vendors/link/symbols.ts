/** Groups of symbols that modules were linked against: what the thread on licences argues about. Source: facts, 10.1 and 10.2 */

/** The ten of vfio.c that are open to modules of any licence. Source: seed 004, Gunthorpe, 28 April 2021 */
const ten = {
  info_caps: ['vfio_info_add_capability', 'vfio_info_cap_shift'],
  set_irqs: ['vfio_set_irqs_validate_and_prepare'],
  pin_pages: ['vfio_pin_pages', 'vfio_unpin_pages'],
  group_pin_pages: ['vfio_group_pin_pages', 'vfio_group_unpin_pages'],
  dma_rw: ['vfio_dma_rw'],
  notifier: ['vfio_register_notifier', 'vfio_unregister_notifier'],
};

/** The three that patch 09 opens, each for itself. Source: seed 004, patch 09 */
const three = {
  init_group_dev: ['vfio_init_group_dev'],
  register_group_dev: ['vfio_register_group_dev'],
  unregister_group_dev: ['vfio_unregister_group_dev'],
};

/** Other ways to a VFIO device, before and after, and what the core keeps for others. */
const vfio_for_gpl = {
  add_group_dev: ['vfio_add_group_dev', 'vfio_del_group_dev', 'vfio_device_data'],
  register_emulated: ['vfio_register_emulated_iommu_dev'],
  alloc_device: ['_vfio_alloc_device'],
  init_device: ['vfio_free_device', 'vfio_init_device'],
  iommu_driver: ['vfio_register_iommu_driver', 'vfio_unregister_iommu_driver'],
  info_cap_add: ['vfio_info_cap_add'],
  external_user: [
    'vfio_external_check_extension',
    'vfio_external_group_match_file',
    'vfio_external_user_iommu_id',
    'vfio_group_get_external_user',
    'vfio_group_get_external_user_from_dev',
    'vfio_group_put_external_user',
    'vfio_group_set_kvm',
  ],
};

const mdev = {
  mdev_driver: ['mdev_register_driver', 'mdev_unregister_driver'],
  mdev_device: ['mdev_register_device', 'mdev_unregister_device'],
  mdev_parent: ['mdev_register_parent', 'mdev_unregister_parent'],
  mdev_parent_dev: ['mdev_parent_dev'],
  mdev_fields: [
    'mdev_dev',
    'mdev_from_dev',
    'mdev_get_drvdata',
    'mdev_get_iommu_device',
    'mdev_set_drvdata',
    'mdev_set_iommu_device',
    'mdev_uuid',
  ],
  mdev_types: ['mdev_get_type_group_id', 'mtype_get_parent_dev', 'mtype_get_type_group_id'],
  mdev_bus: ['mdev_bus_type'],
};

/** The rest of vfio.c for GPL modules only, 5.13. */
const others_5_13 = [
  'vfio_device_get_from_dev',
  'vfio_device_put',
  'vfio_group_iommu_domain',
  'vfio_iommu_group_get',
  'vfio_iommu_group_put',
];

const all = (groups: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.values(groups).flat();

const mdev_5_13 = [
  ...mdev.mdev_driver,
  ...mdev.mdev_device,
  ...mdev.mdev_parent_dev,
  ...mdev.mdev_types,
];

/** What the count of open symbols counts: 22 up to 5.12, 18 in 5.13, 21 with patch 09; and all of 5.13. */
const counted = {
  open_22: [
    ...all(ten),
    ...mdev.mdev_driver,
    ...mdev.mdev_device,
    ...mdev.mdev_parent_dev,
    ...mdev.mdev_fields,
  ],
  open_18: [...all(ten), ...mdev_5_13],
  open_21: [...all(ten), ...mdev_5_13, ...all(three)],
  all_5_13: [
    ...all(ten),
    ...mdev_5_13,
    ...mdev.mdev_bus,
    ...all(three),
    ...vfio_for_gpl.iommu_driver,
    ...vfio_for_gpl.info_cap_add,
    ...vfio_for_gpl.external_user,
    ...others_5_13,
  ],
};

/** By the name that the modules take from them. */
export const symbol_groups: Readonly<Record<string, readonly string[]>> = {
  ...ten,
  ...three,
  ...vfio_for_gpl,
  ...mdev,
  ...counted,
};
