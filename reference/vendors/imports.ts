/** What vendor drivers take of mdev.ko and vfio.ko, by what they do with it. Source: EXPORT_SYMBOL lines, drivers/vfio/, 5.10 to 6.12 */

/** A parent, up to 6.0. */
export const registers_device = ['mdev_register_device', 'mdev_unregister_device'];

/** A parent, from 6.1 on. */
export const registers_parent = ['mdev_register_parent', 'mdev_unregister_parent'];

/** A driver of mediated devices. */
export const registers_driver = ['mdev_register_driver', 'mdev_unregister_driver'];

/** A parent whose devices it binds, with whatever makes a VFIO device of one, up to 6.0. */
export const binds_devices = [
  ...registers_device,
  ...registers_driver,
  'vfio_unregister_group_dev',
];

/** The same, from 6.1 on, where the VFIO core allocates the devices. */
export const binds_allocated = [
  ...registers_parent,
  ...registers_driver,
  '_vfio_alloc_device',
  'vfio_register_emulated_iommu_dev',
  'vfio_unregister_group_dev',
];
