"""mprop_vfio, which is mscript with a proprietary licence: what it needs of the kernel and of VFIO is not for it."""
from __future__ import annotations

from ..modules import Module


class MpropVfio(Module):
    name = "mprop_vfio"
    license = "Proprietary"
    imports = (
        "__class_create", "dev_set_name", "device_unregister", "class_destroy", "vfio_free_device", "put_device",
        "debugfs_remove", "vfio_unregister_group_dev", "device_register", "vfio_register_emulated_iommu_dev",
        "debugfs_create_file", "debugfs_create_dir", "_vfio_alloc_device",
    )
