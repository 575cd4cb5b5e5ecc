"""Devices and their classes: how they come into sysfs and go, and what user space is told. (drivers/base/core.c, 6.1)"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable, Dict, Optional

from .errors import Errno
from .power import POWER
from .sysfs import AttributeGroup, DeviceNode, Directory
from .trace import ERR, INFO, WARNING, point
from .uevents import SYNTHETIC, action_of

if TYPE_CHECKING:
    from . import Kernel
    from .driver import Bus, Driver


@dataclass(eq=False)
class DeviceClass:
    name: str
    directory: Directory


@dataclass(eq=False)
class CharNode:
    """A node in /dev: its numbers and its path there. mode -- told in uevents, if it isn't the usual one."""

    major: int
    minor: int
    path: str
    mode: Optional[int] = None


@dataclass(eq=False)
class Device:
    """One device. It is on a bus, or in a class, or neither; then nobody is told of it."""

    name: str
    parent: Optional["Device"] = None
    cls: Optional[DeviceClass] = None
    bus: Optional["Bus"] = None
    group: Optional[AttributeGroup] = None
    node: Optional[CharNode] = None
    release: Callable[[], None] = lambda: None

    driver: Optional["Driver"] = field(default=None, init=False)
    directory: Optional[Directory] = field(default=None, init=False)
    glue: Optional[Directory] = field(default=None, init=False)

    @property
    def driver_string(self) -> str:
        """What stands before its name in the log: its driver, else its bus, else its class, else nothing."""
        for owner in (self.driver, self.bus, self.cls):
            if owner:
                return owner.name
        return ""


def class_create(k: "Kernel", name: str) -> DeviceClass:
    cls = DeviceClass(name, k.fs.make(k.classes, name))
    k.trace.uevent("add", f"/class/{name}", {"SUBSYSTEM": "class"})
    return cls


def class_destroy(k: "Kernel", cls: DeviceClass) -> None:
    k.trace.uevent("remove", f"/class/{cls.name}", {"SUBSYSTEM": "class"})
    k.fs.remove(cls.directory)


def dev_log(k: "Kernel", level: int, dev: Device, message: str) -> None:
    """A line of the log about a device."""
    k.trace.log(level, f"{dev.driver_string} {dev.name}: {message}")


def dev_info(k: "Kernel", dev: Device, message: str) -> None:
    dev_log(k, INFO, dev, message)


def dev_err(k: "Kernel", dev: Device, message: str) -> None:
    dev_log(k, ERR, dev, message)


def device_uevent(k: "Kernel", action: str, dev: Device, extra: Optional[Dict[str, str]] = None) -> None:
    """Tells user space; of a device without bus and class nothing is told."""
    subsystem = dev.bus or dev.cls
    if subsystem:
        devpath = dev.directory.path[len("/sys"):]
        k.trace.uevent(action, devpath, {"SUBSYSTEM": subsystem.name, **(extra or {}), **_variables(dev)})


def _variables(dev: Device) -> Dict[str, str]:
    """What each uevent of a device says; its numbers differ from machine to machine, and are left out."""
    variables = {}
    if dev.node:
        variables["DEVNAME"] = dev.node.path
        if dev.node.mode is not None:
            variables["DEVMODE"] = f"{dev.node.mode:04o}"
    if dev.driver:
        variables["DRIVER"] = dev.driver.name
    return variables


def _show_uevent(dev: Device) -> str:
    numbers = {"MAJOR": dev.node.major, "MINOR": dev.node.minor} if dev.node else {}
    return "".join(f"{key}={value}\n" for key, value in {**numbers, **_variables(dev)}.items())


def _store_uevent(k: "Kernel", dev: Device, text: str) -> None:
    """User space may have any event sent again; unlike a bus, a device complains of one that there isn't."""
    try:
        action = action_of(k, dev.directory.path[len("/sys"):], text)
    except Errno as error:
        dev_err(k, dev, f"uevent: failed to send synthetic uevent: {-error.number}")
        raise
    device_uevent(k, action, dev, SYNTHETIC)


def _above(k: "Kernel", dev: Device) -> Directory:
    """The directory that a device's own goes into.

    Devices of a class stand in a directory named after it, below their parent, which comes with the first of them and
    goes with the last; unless the parent is of a class itself. (get_device_parent)
    """
    if not dev.cls:
        return dev.parent.directory if dev.parent else k.devices
    if dev.parent and dev.parent.cls:
        return dev.parent.directory
    parent = dev.parent.directory if dev.parent else k.virtual
    dev.glue = parent.children.get(dev.cls.name)
    if not isinstance(dev.glue, Directory):
        dev.glue = k.fs.make(parent, dev.cls.name)
    return dev.glue


def _link_class(k: "Kernel", dev: Device) -> None:
    k.fs.link(dev.directory, "subsystem", dev.cls.directory)
    if dev.parent:
        k.fs.link(dev.directory, "device", dev.parent.directory)
    k.fs.link(dev.cls.directory, dev.name, dev.directory)


def _unlink_class(k: "Kernel", dev: Device) -> None:
    if dev.parent:
        k.fs.unlink(dev.directory, "device")
    k.fs.unlink(dev.directory, "subsystem")
    k.fs.unlink(dev.cls.directory, dev.name)


def _add_node(k: "Kernel", dev: Device) -> None:
    node = dev.node
    k.fs.add_file(dev.directory, "dev", 0o444, show=lambda: f"{node.major}:{node.minor}\n")
    k.fs.link(k.char_devices, f"{node.major}:{node.minor}", dev.directory)
    above, _, name = f"/dev/{node.path}".rpartition("/")
    directory = k.fs.grow(above)
    directory.children[name] = DeviceNode(name, directory, 0o600 if node.mode is None else node.mode)


def _remove_node(k: "Kernel", dev: Device) -> None:
    node = dev.node
    above, _, name = f"/dev/{node.path}".rpartition("/")
    directory = k.fs.grow(above)
    k.fs.discard(directory, name)
    if not directory.children and directory is not k.dev:
        k.fs.discard(directory.parent, directory.name)
    k.fs.unlink(k.char_devices, f"{node.major}:{node.minor}")
    k.fs.discard(dev.directory, "dev")


def _told(dev: Device) -> Dict[str, str]:
    """A device as trace points tell of it when it is added."""
    told = {"dev": dev.name}
    if dev.bus:
        told["bus"] = dev.bus.name
    if dev.parent:
        told["parent"] = dev.parent.name
    return told


@point("device_add", _told)
def device_add(k: "Kernel", dev: Device) -> None:
    """Makes a device known: its directory, its files and links, its place on bus and in class; then it is announced."""
    dev.directory = k.fs.make(_above(k, dev), dev.name)
    k.fs.add_file(
        dev.directory, "uevent", 0o644, show=lambda: _show_uevent(dev), store=lambda text: _store_uevent(k, dev, text)
    )
    if dev.cls:
        _link_class(k, dev)
    if dev.group:
        k.fs.add_group(dev.directory, dev.group)
    if dev.bus:
        dev.bus.add_device(k, dev)
    k.fs.add_group(dev.directory, POWER)
    if dev.node:
        _add_node(k, dev)
    device_uevent(k, "add", dev)


@point("device_del", lambda dev: {"dev": dev.name}, void=True)
def device_del(k: "Kernel", dev: Device) -> None:
    """Takes it all back, unbinds the device from its driver, and announces that it goes."""
    if not k.fs.remove_group(dev.directory, POWER):
        k.trace.log(WARNING, f"sysfs group 'power' not found for kobject '{dev.name}'")
    if dev.node:
        _remove_node(k, dev)
    if dev.cls:
        _unlink_class(k, dev)
    k.fs.discard(dev.directory, "uevent")
    if dev.group:
        k.fs.remove_group(dev.directory, dev.group)
    if dev.bus:
        dev.bus.remove_device(k, dev)
    device_uevent(k, "remove", dev)
    k.fs.remove(dev.directory)
    if dev.glue and not dev.glue.children:
        k.fs.remove(dev.glue)


@point("device_release", lambda dev: {"dev": dev.name}, void=True)
def device_release(k: "Kernel", dev: Device) -> None:
    """The last reference to a device was dropped: whoever made it may free it."""
    dev.release()


def device_unregister(k: "Kernel", dev: Device) -> None:
    """Takes a device back and releases it: nobody else holds one here."""
    device_del(k, dev)
    device_release(k, dev)
