"""Buses and drivers: who is bound to whom. (drivers/base/bus.c, driver.c and dd.c, 6.1)"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable, Dict, Optional

from .device import Device, dev_err, device_uevent
from .errors import NUMBER_OF, Errno
from .numbers import line
from .sysfs import AttributeGroup, Directory
from .trace import ERR, WARNING, point
from .uevents import uevent_file

if TYPE_CHECKING:
    from . import Kernel
    from .modules import Module

_DEFER = NUMBER_OF["EPROBE_DEFER"]
_NO_SUCH_DEVICE = (NUMBER_OF["ENODEV"], NUMBER_OF["ENXIO"])


@dataclass(eq=False)
class Driver:
    """attributes -- those that it adds to a device, and that are there while the device is bound"""

    name: str
    module: "Module"
    attributes: Optional[Callable[[Device], AttributeGroup]] = None
    directory: Optional[Directory] = field(default=None, init=False)
    #: in the order in which they were bound
    bound: Dict[str, Device] = field(default_factory=dict, init=False)


class Bus:
    """A bus. Subclasses say how a device is matched, probed and removed."""

    def __init__(self, k: "Kernel", name: str) -> None:
        self.name = name
        self.autoprobe = True
        self.devices: Dict[str, Device] = {}
        self.drivers: Dict[str, Driver] = {}
        self.directory = k.fs.make(k.bus, name)
        k.trace.uevent("add", f"/bus/{name}", {"SUBSYSTEM": "bus"})
        self._device_links = k.fs.make(self.directory, "devices")
        self.driver_directories = k.fs.make(self.directory, "drivers")
        uevent_file(k, self.directory, f"/bus/{name}", {"SUBSYSTEM": "bus"})
        k.fs.add_file(self.directory, "drivers_probe", 0o200, store=lambda text: self._drivers_probe(k, text))
        k.fs.add_file(
            self.directory, "drivers_autoprobe", 0o644, show=lambda: f"{self.autoprobe:d}\n", store=self._set_autoprobe
        )

    def unregister(self, k: "Kernel") -> None:
        k.fs.remove(self.driver_directories)
        k.fs.remove(self._device_links)
        k.trace.uevent("remove", f"/bus/{self.name}", {"SUBSYSTEM": "bus"})
        k.fs.remove(self.directory)

    def match(self, dev: Device, drv: Driver) -> bool:
        raise NotImplementedError

    def probe(self, k: "Kernel", dev: Device) -> int:
        """0; or what the driver's probe returned, negative or positive: the device can't be bound."""
        raise NotImplementedError

    def remove(self, k: "Kernel", dev: Device) -> None:
        raise NotImplementedError

    # -- devices

    def add_device(self, k: "Kernel", dev: Device) -> None:
        k.fs.link(self._device_links, dev.name, dev.directory)
        k.fs.link(dev.directory, "subsystem", self.directory)
        self.devices[dev.name] = dev

    def remove_device(self, k: "Kernel", dev: Device) -> None:
        k.fs.unlink(dev.directory, "subsystem")
        k.fs.unlink(self._device_links, dev.name)
        del self.devices[dev.name]
        device_release_driver(k, dev)

    def named(self, text: str) -> Device:
        """The device that a user names; a newline at its end doesn't count. ENODEV"""
        dev = self.devices.get(line(text))
        if dev is None:
            raise Errno("ENODEV")
        return dev

    def _set_autoprobe(self, text: str) -> None:
        self.autoprobe = not text.startswith("0")

    def _drivers_probe(self, k: "Kernel", text: str) -> None:
        """Success for every device that there is, whether a driver takes it or not."""
        dev = self.named(text)
        if not dev.driver:
            self.attach(k, dev)

    def attach(self, k: "Kernel", dev: Device) -> None:
        """Tries the drivers that match, in the order in which they were registered; that none takes it is no error."""
        for drv in self.drivers.values():
            if not dev.driver and self.match(dev, drv):
                really_probe(k, dev, drv)


def _of_driver(bus: Bus, drv: Driver) -> Dict[str, str]:
    return {"driver": drv.name}


@point("driver_register", _of_driver)
def driver_register(k: "Kernel", bus: Bus, drv: Driver) -> None:
    """EBUSY, if there is one of that name."""
    if drv.name in bus.drivers:
        k.trace.log(ERR, f"Error: Driver '{drv.name}' is already registered, aborting...")
        raise Errno("EBUSY")
    drv.directory = k.fs.make(bus.driver_directories, drv.name)
    bus.drivers[drv.name] = drv
    for dev in list(bus.devices.values()):
        if bus.autoprobe and not dev.driver and bus.match(dev, drv):
            really_probe(k, dev, drv)
    drv.module.link_driver(k, bus, drv)
    uevent_file(k, drv.directory, f"/bus/{bus.name}/drivers/{drv.name}", {"SUBSYSTEM": "drivers"})
    k.fs.add_file(drv.directory, "bind", 0o200, store=lambda text: _bind(k, bus, drv, text))
    k.fs.add_file(drv.directory, "unbind", 0o200, store=lambda text: _unbind(k, bus, drv, text))
    k.trace.uevent("add", f"/bus/{bus.name}/drivers/{drv.name}", {"SUBSYSTEM": "drivers"})


@point("driver_unregister", _of_driver, void=True)
def driver_unregister(k: "Kernel", bus: Bus, drv: Driver) -> None:
    """Unbinds its devices, the last bound first, and takes the driver off its bus."""
    for dev in reversed(list(drv.bound.values())):
        device_release_driver(k, dev)
    drv.module.unlink_driver(k, bus, drv)
    del bus.drivers[drv.name]
    k.trace.uevent("remove", f"/bus/{bus.name}/drivers/{drv.name}", {"SUBSYSTEM": "drivers"})
    k.fs.remove(drv.directory)


def _bind(k: "Kernel", bus: Bus, drv: Driver, text: str) -> None:
    dev = bus.named(text)
    if not bus.match(dev, drv):
        raise Errno("ENODEV")
    device_driver_attach(k, drv, dev)


def _unbind(k: "Kernel", bus: Bus, drv: Driver, text: str) -> None:
    dev = bus.named(text)
    if dev.driver is not drv:
        raise Errno("ENODEV")
    device_release_driver(k, dev)


@point("device_driver_attach", lambda drv, dev: {"driver": drv.name, "dev": dev.name})
def device_driver_attach(k: "Kernel", drv: Driver, dev: Device) -> None:
    """Binds a device to this driver and no other, whatever the bus thinks of the match.

    Raises EBUSY if it is bound already, EAGAIN if the driver defers, and the driver's own error.
    """
    if dev.driver:
        raise Errno("EBUSY")
    error = abs(really_probe(k, dev, drv))
    if error:
        raise Errno("EAGAIN" if error == _DEFER else error)


@point("really_probe", lambda dev, drv: {"dev": dev.name, "driver": drv.name})
def really_probe(k: "Kernel", dev: Device, drv: Driver) -> int:
    """Asks the driver to take a device. Returns 0, the driver's error with its sign turned, or the core's own, negative."""
    dev.driver = drv
    k.fs.link(drv.directory, dev.name, dev.directory)
    k.fs.link(dev.directory, "driver", drv.directory)
    error = _call_probe(k, dev, drv) or -_add_driver_group(k, dev, drv)
    if error:
        _unlink_driver(k, dev)
        return error
    _driver_bound(k, dev)
    return 0


@point("driver_bound", lambda dev: {"dev": dev.name}, void=True)
def _driver_bound(k: "Kernel", dev: Device) -> None:
    dev.driver.bound[dev.name] = dev
    device_uevent(k, "bind", dev)


def _call_probe(k: "Kernel", dev: Device, drv: Driver) -> int:
    """What really_probe makes of the probe: its error with the sign turned, and a line about it, unless it is no news."""
    ret = dev.bus.probe(k, dev)
    if ret and ret != -_DEFER and -ret not in _NO_SUCH_DEVICE:
        k.trace.log(WARNING, f"{drv.name}: probe of {dev.name} failed with error {ret}")
    return -ret


def _add_driver_group(k: "Kernel", dev: Device, drv: Driver) -> int:
    """Adds the driver's attributes. If they collide, the driver is asked to remove what it has just probed."""
    if not drv.attributes:
        return 0
    try:
        k.fs.add_group(dev.directory, drv.attributes(dev))
    except Errno as error:
        dev_err(k, dev, "device_add_groups() failed")
        dev.bus.remove(k, dev)
        return error.number
    return 0


def _unlink_driver(k: "Kernel", dev: Device) -> None:
    k.fs.unlink(dev.driver.directory, dev.name)
    k.fs.unlink(dev.directory, "driver")
    dev.driver = None


def _of_bound(dev: Device) -> Dict[str, str]:
    return {"dev": dev.name, **({"driver": dev.driver.name} if dev.driver else {})}


@point("device_release_driver_internal", _of_bound, void=True)
def device_release_driver(k: "Kernel", dev: Device) -> None:
    """Unbinds a device, if it is bound: its links and its driver's attributes first, then the driver is told."""
    drv = dev.driver
    if not drv:
        return
    k.fs.unlink(drv.directory, dev.name)
    k.fs.unlink(dev.directory, "driver")
    if drv.attributes:
        k.fs.remove_group(dev.directory, drv.attributes(dev))
    dev.bus.remove(k, dev)
    dev.driver = None
    del drv.bound[dev.name]
    device_uevent(k, "unbind", dev)
