/**
 * The functions of the core that traces report, over all eras. A misspelt function in `never` would
 * hold for ever, so an intent may name only these. Source: the `points` of kernel-transcripts/ for the
 * kernels that were recorded; the 2021 series and the merged patches for the functions of their eras.
 */
const NAMES = `
  __device_attach _vfio_alloc_device bus_add_driver bus_remove_driver class_compat_create_link create_store
  deferred_probe_work_func device_add
  device_attach device_bind_driver device_del device_driver_attach device_initial_probe
  device_release device_release_driver device_release_driver_internal device_remove_file_self
  driver_attach driver_bound driver_deferred_probe_add driver_detach driver_register driver_sysfs_add driver_unregister
  iommu_group_add_device iommu_group_alloc iommu_group_release iommu_group_remove_device
  mdev_bind_driver mdev_create_sysfs_files mdev_device_create mdev_device_create_probe
  mdev_device_release mdev_device_remove mdev_device_remove_cb mdev_device_remove_common mdev_match
  mdev_probe mdev_register_device mdev_register_driver mdev_register_parent mdev_release_parent
  mdev_remove mdev_remove_sysfs_files mdev_type_release mdev_unregister_device
  mdev_unregister_driver mdev_unregister_parent platform_device_add platform_device_del
  platform_driver_register platform_driver_unregister really_probe remove_store
  vfio_add_group_dev vfio_assign_device_set vfio_ccw_sch_probe vfio_ccw_sch_remove vfio_del_group_dev
  vfio_device_get vfio_device_put vfio_device_put_registration vfio_device_release
  vfio_device_try_get_registration vfio_free_device vfio_group_release vfio_init_device
  vfio_init_group_dev vfio_mdev_open vfio_mdev_probe vfio_mdev_release vfio_mdev_remove
  vfio_put_device vfio_register_emulated_iommu_dev vfio_register_group_dev vfio_release_device_set
  vfio_uninit_group_dev vfio_unregister_group_dev`;

export const TRACE_POINTS: readonly string[] = NAMES.trim().split(/\s+/);
