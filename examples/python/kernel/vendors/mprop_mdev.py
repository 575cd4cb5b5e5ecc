"""mprop_mdev, a proprietary module that uses what it may of mdev: a misc device as parent, and devices without VFIO."""
from __future__ import annotations

from ..device import CharNode, Device, device_add, device_unregister
from ..errors import Errno
from ..mdev import MdevDevice, MdevDriver, MdevType
from ..modules import Module
from ..trace import INFO

_MISC_MAJOR = 10


class MpropMdev(Module):
    name = "mprop_mdev"
    license = "Proprietary"
    imports = ("mdev_unregister_driver", "mdev_register_driver", "mdev_register_parent", "mdev_unregister_parent")

    def init(self) -> None:
        k = self.k
        self.mdev = k.modules["mdev"]
        self._device = Device("mprop", cls=k.misc, node=CharNode(_MISC_MAJOR, k.misc_minors.take(), "mprop"))
        device_add(k, self._device)
        self._driver = MdevDriver(self.name, self, None, "vfio-pci", 2, probe=self.probe, remove=self.remove)
        try:
            self.mdev.register_driver(self._driver)
        except Errno:
            self._deregister()
            raise
        self._parent = self.mdev.register_parent(self._device, self._driver, [MdevType("p", "proprietary type")])

    def exit(self) -> None:
        self.mdev.unregister_parent(self._parent)
        self.mdev.unregister_driver(self._driver)
        self._deregister()

    def _deregister(self) -> None:
        device_unregister(self.k, self._device)
        self.k.misc_minors.free(self._device.node.minor)

    def probe(self, mdev: MdevDevice) -> int:
        self.k.trace.log(INFO, "mprop_mdev: probe")
        return 0

    def remove(self, mdev: MdevDevice) -> None:
        self.k.trace.log(INFO, "mprop_mdev: remove")
