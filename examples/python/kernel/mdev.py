"""The mdev core: parents offer types, user space writes uuids, and devices come of it.

Sources: drivers/vfio/mdev/mdev_core.c, mdev_driver.c and mdev_sysfs.c of Linux 6.1, as the project's facts and recordings
have them. Here one call is carried out after another, so that the core's locks, which nobody could contend for, are left
out, and the last reference to a device is always the one that its removal drops.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable, Dict, Iterable, List, Optional

from .device import Device, dev_info, device_add, device_del, device_release, device_uevent
from .driver import Bus, Driver, device_driver_attach, driver_register, driver_unregister
from .errors import Errno
from .modules import Module
from .numbers import kstrtoul, u32
from .sysfs import Attribute, AttributeGroup, Directory
from .trace import point

if TYPE_CHECKING:
    from . import Kernel

_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(eq=False)
class MdevDriver(Driver):
    """What a vendor driver tells the core about itself.

    max_instances  -- how many devices a parent can have, of all types together, unless the driver counts itself
    get_available  -- how many more of a type there can be, for a driver that counts itself
    """

    device_api: Optional[str] = None
    max_instances: int = 0
    get_available: Optional[Callable[["MdevType"], int]] = None
    show_description: Optional[Callable[["MdevType"], str]] = None
    probe: Optional[Callable[["MdevDevice"], int]] = None
    remove: Optional[Callable[["MdevDevice"], None]] = None


@dataclass(eq=False)
class MdevType:
    sysfs_name: str
    pretty_name: Optional[str] = None
    parent: Optional["MdevParent"] = field(default=None, init=False)
    directory: Optional[Directory] = field(default=None, init=False)
    devices: Optional[Directory] = field(default=None, init=False)

    @property
    def available_instances(self) -> int:
        parent = self.parent
        return u32(parent.driver.get_available(self)) if parent.driver.get_available else parent.available


@dataclass(eq=False)
class MdevParent:
    """A device that can have mediated devices, as long as it is registered."""

    dev: Device
    driver: MdevDriver
    types: List[MdevType]
    available: int = field(init=False)
    directory: Optional[Directory] = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.available = u32(self.driver.max_instances)


@dataclass(eq=False)
class MdevDevice(Device):
    type: Optional[MdevType] = None
    #: create has come to its end, so that the device may be removed
    active: bool = field(default=False, init=False)


class MdevBus(Bus):
    """Its match is always no: a device is bound by its create, and by nobody else."""

    def match(self, dev: Device, drv: Driver) -> bool:
        return False

    def probe(self, k: "Kernel", dev: MdevDevice) -> int:
        return _mdev_probe(k, dev)

    def remove(self, k: "Kernel", dev: MdevDevice) -> None:
        _mdev_remove(k, dev)


def _of_bound(dev: MdevDevice) -> Dict[str, str]:
    return {"dev": dev.name, "driver": dev.driver.name}


@point("mdev_probe", _of_bound)
def _mdev_probe(k: "Kernel", dev: MdevDevice) -> int:
    """A driver that has no probe takes every device."""
    probe = dev.driver.probe
    return k.trace.callback(dev.driver.name, "probe", dev.name, lambda: probe(dev)) if probe else 0


@point("mdev_remove", _of_bound, void=True)
def _mdev_remove(k: "Kernel", dev: MdevDevice) -> None:
    remove = dev.driver.remove
    if remove:
        k.trace.callback(dev.driver.name, "remove", dev.name, lambda: remove(dev))


def _of_api(drv: MdevDriver) -> Dict[str, str]:
    return {"driver": drv.name, **({"api": drv.device_api} if drv.device_api else {})}


@point("device_remove_file_self", lambda mdev, name: {"dev": mdev.name, "attr": name})
def _remove_file_self(k: "Kernel", mdev: MdevDevice, name: str) -> int:
    """A file takes itself away while it is written. Returns 1 for the one who does it."""
    return int(k.fs.discard(mdev.directory, name))


class Mdev(Module):
    """mdev.ko"""

    name = "mdev"
    license = "GPL v2"
    exports = ("mdev_register_driver", "mdev_unregister_driver", "mdev_register_parent", "mdev_unregister_parent")

    bus: MdevBus
    parents: Directory
    #: all devices by their names, in the order of their creation, until each is released
    devices: Dict[str, MdevDevice]

    def init(self) -> None:
        k = self.k
        self.bus = MdevBus(k, "mdev")
        self.parents = k.fs.make(k.classes, "mdev_bus")
        self.devices = {}

    def exit(self) -> None:
        self.k.fs.remove(self.parents)
        self.bus.unregister(self.k)

    # -- for vendor drivers

    @point("mdev_register_driver", _of_api)
    def register_driver(self, drv: MdevDriver) -> None:
        """EINVAL without a device API, before anything else is looked at."""
        if drv.device_api is None:
            raise Errno("EINVAL")
        driver_register(self.k, self.bus, drv)

    @point("mdev_unregister_driver", lambda drv: {"driver": drv.name}, void=True)
    def unregister_driver(self, drv: MdevDriver) -> None:
        driver_unregister(self.k, self.bus, drv)

    @point("mdev_register_parent", lambda dev, drv, types: {"dev": dev.name, "nr_types": len(types)})
    def register_parent(self, dev: Device, drv: MdevDriver, types: List[MdevType]) -> MdevParent:
        """Makes a device a parent: its types, its link in the class, and then it is announced."""
        k = self.k
        parent = MdevParent(dev, drv, types)
        parent.directory = k.fs.make(dev.directory, "mdev_supported_types")
        self._add_types(parent)
        k.fs.link(self.parents, dev.name, dev.directory)
        dev_info(k, dev, "MDEV: Registered")
        device_uevent(k, "change", dev, {"MDEV_STATE": "registered"})
        return parent

    @point("mdev_unregister_parent", lambda parent: {"dev": parent.dev.name}, void=True)
    def unregister_parent(self, parent: MdevParent) -> None:
        """Takes it all back: the link, the devices in the order of their creation, the types; then it is announced."""
        k, dev = self.k, parent.dev
        dev_info(k, dev, "MDEV: Unregistering")
        k.fs.unlink(self.parents, dev.name)
        for mdev in [mdev for mdev in self.devices.values() if mdev.parent is dev]:
            self._remove_common(mdev)
        self._remove_types(parent, parent.types)
        device_uevent(k, "change", dev, {"MDEV_STATE": "unregistered"})

    # -- types

    def _add_types(self, parent: MdevParent) -> None:
        for index, type_ in enumerate(parent.types):
            type_.parent = parent
            try:
                self._add_type(type_)
            except Errno:
                self._remove_types(parent, reversed(parent.types[:index]))
                raise

    def _add_type(self, type_: MdevType) -> None:
        k, parent = self.k, type_.parent
        type_.directory = k.fs.make(parent.directory, f"{parent.dev.driver_string}-{type_.sysfs_name}")
        k.fs.add_group(type_.directory, AttributeGroup(self._attributes(type_)))
        type_.devices = k.fs.make(type_.directory, "devices")

    def _attributes(self, type_: MdevType) -> List[Attribute]:
        drv = type_.parent.driver
        attributes = [
            Attribute("create", 0o200, store=lambda text: self._create(type_, text)),
            Attribute("device_api", 0o444, show=lambda: f"{drv.device_api}\n"),
            Attribute("name", 0o444, show=lambda: f"{type_.pretty_name or type_.sysfs_name}\n"),
            Attribute("available_instances", 0o444, show=lambda: f"{type_.available_instances}\n"),
        ]
        if drv.show_description:
            attributes.append(Attribute("description", 0o444, show=lambda: drv.show_description(type_)))
        return attributes

    def _remove_types(self, parent: MdevParent, types: Iterable[MdevType]) -> None:
        for type_ in types:
            self.k.fs.remove(type_.devices)
            self.k.fs.remove(type_.directory)
        self.k.fs.remove(parent.directory)

    # -- devices

    def _create(self, type_: MdevType, text: str) -> None:
        """What is written to `create`: a uuid, and at most one more character, which nobody looks at."""
        if len(text.encode("utf-8", "surrogatepass")) not in (36, 37) or not _UUID.match(text):
            raise Errno("EINVAL")
        self._create_device(type_, text[:36].lower())

    @point("mdev_device_create", lambda type_, uuid: {"type": type_.directory.name, "uuid": uuid})
    def _create_device(self, type_: MdevType, uuid: str) -> None:
        """EEXIST, if there is a device of that name anywhere; EUSERS, if there are enough; or why it can't be bound."""
        parent = type_.parent
        if uuid in self.devices:
            raise Errno("EEXIST")
        if not parent.driver.get_available:
            if parent.available == 0:
                raise Errno("EUSERS")
            parent.available -= 1
        mdev = MdevDevice(uuid, parent=parent.dev, bus=self.bus, type=type_)
        mdev.group = AttributeGroup([Attribute("remove", 0o200, store=lambda text: self._remove(mdev, text))])
        mdev.release = lambda: self._release(mdev)
        self.devices[uuid] = mdev
        try:
            self._add_and_bind(mdev)
        except Errno:
            device_release(self.k, mdev)
            raise
        mdev.active = True

    def _add_and_bind(self, mdev: MdevDevice) -> None:
        """Whoever listens hears of the device, then of its binding, and only then finds its type."""
        device_add(self.k, mdev)
        try:
            device_driver_attach(self.k, mdev.type.parent.driver, mdev)
            self._link_type(mdev)
        except Errno:
            device_del(self.k, mdev)
            raise

    def _link_type(self, mdev: MdevDevice) -> None:
        k = self.k
        k.fs.link(mdev.type.devices, mdev.name, mdev.directory)
        try:
            k.fs.link(mdev.directory, "mdev_type", mdev.type.directory)
        except Errno:
            k.fs.unlink(mdev.type.devices, mdev.name)
            raise

    def _remove(self, mdev: MdevDevice, text: str) -> None:
        """What is written to `remove`: any number but zero removes the device, and the file goes first."""
        try:
            value = kstrtoul(text)
        except Errno:
            raise Errno("EINVAL") from None
        if value:
            _remove_file_self(self.k, mdev, "remove")
            self._remove_device(mdev)

    @point("mdev_device_remove", lambda mdev: {"dev": mdev.name})
    def _remove_device(self, mdev: MdevDevice) -> None:
        if not mdev.active:
            raise Errno("EAGAIN")
        self._remove_common(mdev)

    def _remove_common(self, mdev: MdevDevice) -> None:
        mdev.active = False
        self.k.fs.unlink(mdev.directory, "mdev_type")
        self.k.fs.unlink(mdev.type.devices, mdev.name)
        device_del(self.k, mdev)
        device_release(self.k, mdev)

    @point("mdev_device_release", lambda mdev: {"dev": mdev.name}, void=True)
    def _release(self, mdev: MdevDevice) -> None:
        """The device is forgotten: its name is free again, and so is its place at its parent."""
        parent = mdev.type.parent
        del self.devices[mdev.name]
        if not parent.driver.get_available:
            parent.available = u32(parent.available + 1)
