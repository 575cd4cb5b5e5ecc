"""As much of VFIO as a vendor driver's probe and remove need: groups and devices that come and go, and can't be opened.

Sources: drivers/vfio/vfio_main.c and drivers/iommu/iommu.c of Linux 6.1, as the facts and recordings have them.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable, Optional

from .device import CharNode, Device, DeviceClass, class_create, class_destroy, dev_info, device_add, device_del
from .errors import Errno
from .modules import Module
from .numbers import Ida
from .sysfs import Directory
from .trace import INFO

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


@dataclass(eq=False)
class VfioDevice:
    """What VFIO knows of a mediated device, from its init to its release."""

    dev: "MdevDevice"
    index: int
    release: Callable[[], None]
    group: Optional[IommuGroup] = field(default=None, init=False)
    group_device: Optional[Device] = field(default=None, init=False)
    device: Optional[Device] = field(default=None, init=False)


def _iommu_group_alloc(k: "Kernel", name: str) -> IommuGroup:
    number = k.iommu_group_numbers.take()
    directory = k.fs.make(k.iommu_groups, str(number))
    devices = k.fs.make(directory, "devices")
    for file, permissions, text in (("name", 0o444, f"{name}\n"), ("reserved_regions", 0o444, ""), ("type", 0o644, "unknown\n")):
        k.fs.add_file(directory, file, permissions, show=lambda text=text: text)
    return IommuGroup(number, directory, devices)


def _iommu_group_free(k: "Kernel", group: IommuGroup) -> None:
    k.fs.remove(group.devices)
    k.fs.remove(group.directory)
    k.iommu_group_numbers.free(group.number)


def _iommu_group_add_device(k: "Kernel", group: IommuGroup, dev: Device) -> None:
    k.fs.link(dev.directory, "iommu_group", group.directory)
    k.fs.link(group.devices, dev.name, dev.directory)
    dev_info(k, dev, f"Adding to iommu group {group.number}")


def _iommu_group_remove_device(k: "Kernel", group: IommuGroup, dev: Device) -> None:
    dev_info(k, dev, f"Removing from iommu group {group.number}")
    k.fs.unlink(group.devices, dev.name)
    k.fs.unlink(dev.directory, "iommu_group")


class Vfio(Module):
    """vfio.ko"""

    name = "vfio"
    exports = (
        "_vfio_alloc_device", "vfio_free_device", "vfio_register_emulated_iommu_dev", "vfio_unregister_group_dev",
        "vfio_set_irqs_validate_and_prepare", "vfio_info_cap_add", "vfio_info_cap_shift", "vfio_info_add_capability",
        "vfio_register_iommu_driver", "vfio_unregister_iommu_driver",
    )

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
        device_del(self.k, self.container)

    # -- for vendor drivers

    def alloc(self, mdev: "MdevDevice", init: Callable[[], int], release: Callable[[], None]) -> VfioDevice:
        """A device, when its driver's init has had its say. What init refuses with is raised; no release follows it."""
        vdev = VfioDevice(mdev, self._indexes.take(), release)
        ret = self.k.trace.callback(mdev.driver.name, "init", mdev.name, init)
        if ret:
            self._indexes.free(vdev.index)
            raise Errno(abs(ret))
        return vdev

    def register(self, vdev: VfioDevice) -> None:
        """Gives the device a group of its own, with its node, and makes it known in the class vfio-dev."""
        k = self.k
        vdev.group = _iommu_group_alloc(k, "vfio-noiommu")
        _iommu_group_add_device(k, vdev.group, vdev.dev)
        number = vdev.group.number
        node = CharNode(_GROUP_MAJOR, self._minors.take(), f"vfio/{number}")
        vdev.group_device = Device(str(number), cls=self.groups, node=node)
        device_add(k, vdev.group_device)
        vdev.device = Device(f"vfio{vdev.index}", parent=vdev.dev, cls=self.devices)
        device_add(k, vdev.device)

    def unregister(self, vdev: VfioDevice) -> None:
        """Takes that back. Nobody has it open here, so nobody is waited for."""
        k = self.k
        device_del(k, vdev.device)
        _iommu_group_remove_device(k, vdev.group, vdev.dev)
        device_del(k, vdev.group_device)
        self._minors.free(vdev.group_device.node.minor)
        _iommu_group_free(k, vdev.group)

    def put(self, vdev: VfioDevice) -> None:
        """Drops the last reference: the driver is asked to release the device."""
        self._indexes.free(vdev.index)
        self.k.trace.callback(vdev.dev.driver.name, "release", vdev.dev.name, vdev.release)


class VfioIommuType1(Module):
    """vfio_iommu_type1.ko: loaded and unloaded, and asked for nothing, since no container can be opened."""

    name = "vfio_iommu_type1"
    imports = (
        "vfio_info_cap_shift", "vfio_register_iommu_driver", "vfio_info_add_capability", "vfio_unregister_iommu_driver",
        "vfio_info_cap_add",
    )
