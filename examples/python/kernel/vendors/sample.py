"""What the kernel's sample drivers have in common: one parent of a class of its own, and a VFIO device for each mdev."""
from __future__ import annotations

from typing import Dict, List, Optional

from ..device import Device, class_create, class_destroy, device_add, device_unregister
from ..errors import Errno
from ..mdev import MdevDevice, MdevDriver, MdevType
from ..modules import Module
from ..trace import INFO
from ..vfio import VfioDevice, VfioDeviceOps

#: What they need of mdev.ko and vfio.ko, in the order of their tables of symbols.
SAMPLE_IMPORTS = (
    "vfio_free_device", "mdev_unregister_driver", "vfio_unregister_group_dev", "vfio_register_emulated_iommu_dev",
    "mdev_register_driver", "mdev_register_parent", "_vfio_alloc_device", "mdev_unregister_parent",
)


class Sample(Module):
    """Subclasses name themselves, their types and what is special about their driver."""

    imports = SAMPLE_IMPORTS
    ops_name: Optional[str] = None

    def types(self) -> List[MdevType]:
        raise NotImplementedError

    def driver(self) -> MdevDriver:
        raise NotImplementedError

    def greet(self) -> None:
        """What its init says first."""

    def init_dev(self, mdev: MdevDevice) -> int:
        """vfio_device_ops.init: 0, or a negative error."""
        return 0

    def release_dev(self, mdev: MdevDevice) -> None:
        """vfio_device_ops.release"""

    # -- the module

    def init(self) -> None:
        k = self.k
        self.mdev, self.vfio = k.modules["mdev"], k.modules["vfio"]
        self._vdevs: Dict[str, VfioDevice] = {}
        self.greet()
        self._driver = self.driver()
        self._driver.probe, self._driver.remove = self.probe, self.remove
        self.mdev.register_driver(self._driver)
        self._class = class_create(k, self.name)
        self._device = Device(self.name, cls=self._class)
        device_add(k, self._device)
        self._parent = self.mdev.register_parent(self._device, self._driver, self.types())

    def exit(self) -> None:
        self.mdev.unregister_parent(self._parent)
        device_unregister(self.k, self._device)
        self.mdev.unregister_driver(self._driver)
        class_destroy(self.k, self._class)

    def say(self, message: str) -> None:
        """A line of the log."""
        self.k.trace.log(INFO, message)

    # -- its devices

    def probe(self, mdev: MdevDevice) -> int:
        vdev = self.vfio.alloc(mdev, VfioDeviceOps(self.init_dev, self.release_dev, self.ops_name))
        try:
            self.vfio.register(vdev)
        except Errno:
            self.vfio.put(vdev)
            raise
        self._vdevs[mdev.name] = vdev
        return 0

    def remove(self, mdev: MdevDevice) -> None:
        vdev = self._vdevs.pop(mdev.name)
        self.vfio.unregister(vdev)
        self.vfio.put(vdev)
