"""As much of VFIO as a vendor driver's probe and remove need: groups and devices that come and go, and can't be opened.

Sources: drivers/vfio/vfio_main.c and drivers/iommu/iommu.c of Linux 6.1, as the facts and recordings have them.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable, Dict, Optional

from .device import (
    CharNode, Device, DeviceClass, class_create, class_destroy, dev_info, device_add, device_del, device_release,
    device_unregister,
)
from .errors import Errno
from .modules import Module
from .numbers import Ida
from .sysfs import Directory
from .trace import INFO, point

if TYPE_CHECKING:
    from . import Kernel
    from .mdev import MdevDevice

_GROUP_MAJOR, _MISC_MAJOR, _VFIO_MINOR = 246, 10, 196


@dataclass(eq=False)
class IommuGroup:
    """A group that keeps nothing apart: a mediated device has no IOMMU of its own."""

    number: int
    directory: Directory
    devices: Directory


@dataclass(frozen=True)
class VfioDeviceOps:
    """What a vendor driver does for VFIO. name -- some have one"""

    init: Callable[["MdevDevice"], int]
    release: Callable[["MdevDevice"], None]
    name: Optional[str] = None


def _of_ops(mdev: "MdevDevice", ops: VfioDeviceOps) -> Dict[str, str]:
    return {"dev": mdev.name, **({"ops": ops.name} if ops.name else {})}


def _of_vdev(vdev: "VfioDevice") -> Dict[str, str]:
    return {"dev": vdev.dev.name}


@dataclass(eq=False)
class VfioDevice:
    """What VFIO knows of a mediated device, from its init to its release."""

    dev: "MdevDevice"
    ops: "VfioDeviceOps"
    index: int
    group: Optional[IommuGroup] = field(default=None, init=False)
    group_device: Optional[Device] = field(default=None, init=False)
    device: Optional[Device] = field(default=None, init=False)


@point("iommu_group_alloc", lambda: {})
def _iommu_group_alloc(k: "Kernel") -> IommuGroup:
    number = k.iommu_group_numbers.take()
    directory = k.fs.make(k.iommu_groups, str(number))
    devices = k.fs.make(directory, "devices")
    k.fs.add_file(directory, "name", 0o444, show=lambda: "vfio-noiommu\n")
    k.fs.add_file(directory, "reserved_regions", 0o444, show=lambda: "")
    k.fs.add_file(directory, "type", 0o644, show=lambda: "unknown\n")
    return IommuGroup(number, directory, devices)


def _iommu_group_free(k: "Kernel", group: IommuGroup) -> None:
    k.fs.remove(group.devices)
    k.fs.remove(group.directory)
    _iommu_group_release(k, group)


@point("iommu_group_release", lambda group: {"group": str(group.number)}, void=True)
def _iommu_group_release(k: "Kernel", group: IommuGroup) -> None:
    k.iommu_group_numbers.free(group.number)


@point("iommu_group_add_device", lambda group, dev: {"group": str(group.number), "dev": dev.name})
def _iommu_group_add_device(k: "Kernel", group: IommuGroup, dev: Device) -> None:
    k.fs.link(dev.directory, "iommu_group", group.directory)
    k.fs.link(group.devices, dev.name, dev.directory)
    dev_info(k, dev, f"Adding to iommu group {group.number}")


@point("iommu_group_remove_device", lambda group, dev: {"dev": dev.name}, void=True)
def _iommu_group_remove_device(k: "Kernel", group: IommuGroup, dev: Device) -> None:
    dev_info(k, dev, f"Removing from iommu group {group.number}")
    k.fs.unlink(group.devices, dev.name)
    k.fs.unlink(dev.directory, "iommu_group")


class Vfio(Module):
    """vfio.ko"""

    name = "vfio"
    gpl_only = (
        "_vfio_alloc_device", "vfio_free_device", "vfio_register_emulated_iommu_dev", "vfio_unregister_group_dev",
        "vfio_info_cap_add", "vfio_register_iommu_driver", "vfio_unregister_iommu_driver",
    )
    exports = (*gpl_only, "vfio_set_irqs_validate_and_prepare", "vfio_info_cap_shift", "vfio_info_add_capability")

    container: Device
    groups: DeviceClass
    devices: DeviceClass

    def init(self) -> None:
        k = self.k
        self._minors, self._indexes = Ida(), Ida()
        self.container = Device("vfio", cls=k.misc, node=CharNode(_MISC_MAJOR, _VFIO_MINOR, "vfio/vfio", 0o666))
        device_add(k, self.container)
        self.groups = class_create(k, "vfio")
        self.devices = class_create(k, "vfio-dev")
        k.trace.log(INFO, "VFIO - User Level meta-driver version: 0.3")

    def exit(self) -> None:
        class_destroy(self.k, self.devices)
        class_destroy(self.k, self.groups)
        device_unregister(self.k, self.container)

    # -- for vendor drivers

    @point("_vfio_alloc_device", _of_ops)
    def alloc(self, mdev: "MdevDevice", ops: VfioDeviceOps) -> VfioDevice:
        """A device, when its driver's init has had its say. What init refuses with is raised; no release follows it."""
        vdev = VfioDevice(mdev, ops, self._indexes.take())
        self._init_device(vdev)
        return vdev

    @point("vfio_init_device", _of_vdev)
    def _init_device(self, vdev: VfioDevice) -> None:
        mdev = vdev.dev
        ret = self.k.trace.callback(mdev.driver.name, "init", mdev.name, lambda: vdev.ops.init(mdev))
        if ret:
            self._release_device_set(vdev)
            self._indexes.free(vdev.index)
            raise Errno(abs(ret))

    @point("vfio_assign_device_set", _of_vdev)
    def _assign_device_set(self, vdev: VfioDevice) -> None:
        """Devices that are reset together; each of ours is alone."""

    @point("vfio_release_device_set", _of_vdev, void=True)
    def _release_device_set(self, vdev: VfioDevice) -> None:
        """Leaves that set."""

    @point("vfio_register_emulated_iommu_dev", _of_vdev)
    def register(self, vdev: VfioDevice) -> None:
        """Gives the device a group of its own, with its node, and makes it known in the class vfio-dev."""
        k = self.k
        vdev.group = _iommu_group_alloc(k)
        _iommu_group_add_device(k, vdev.group, vdev.dev)
        number = vdev.group.number
        node = CharNode(_GROUP_MAJOR, self._minors.take(), f"vfio/{number}")
        vdev.group_device = Device(str(number), cls=self.groups, node=node)
        vdev.group_device.release = lambda: self._group_release(vdev.group_device)
        device_add(k, vdev.group_device)
        self._assign_device_set(vdev)
        vdev.device = Device(f"vfio{vdev.index}", parent=vdev.dev, cls=self.devices)
        vdev.device.release = lambda: self._device_release(vdev.device, vdev)
        device_add(k, vdev.device)

    @point("vfio_unregister_group_dev", _of_vdev, void=True)
    def unregister(self, vdev: VfioDevice) -> None:
        """Takes that back. Nobody has it open here, so nobody is waited for."""
        k = self.k
        self._put_registration(vdev)
        device_del(k, vdev.device)
        _iommu_group_remove_device(k, vdev.group, vdev.dev)
        device_del(k, vdev.group_device)
        _iommu_group_free(k, vdev.group)
        device_release(k, vdev.group_device)

    @point("vfio_device_put_registration", _of_vdev, void=True)
    def _put_registration(self, vdev: VfioDevice) -> None:
        """The reference of the registration; those of open descriptors would be waited for behind it."""

    @point("vfio_group_release", lambda group: {"dev": group.name}, void=True)
    def _group_release(self, group: Device) -> None:
        self._minors.free(group.node.minor)

    def put(self, vdev: VfioDevice) -> None:
        """Drops the last reference: the driver is asked to release the device."""
        device_release(self.k, vdev.device)

    @point("vfio_device_release", lambda device, vdev: {"dev": device.name}, void=True)
    def _device_release(self, device: Device, vdev: VfioDevice) -> None:
        self._release_device_set(vdev)
        self._indexes.free(vdev.index)
        mdev = vdev.dev
        self.k.trace.callback(mdev.driver.name, "release", mdev.name, lambda: vdev.ops.release(mdev))


class VfioIommuType1(Module):
    """vfio_iommu_type1.ko: loaded and unloaded, and asked for nothing, since no container can be opened."""

    name = "vfio_iommu_type1"
    imports = (
        "vfio_info_cap_shift", "vfio_register_iommu_driver", "vfio_info_add_capability", "vfio_unregister_iommu_driver",
        "vfio_info_cap_add",
    )
