"""mtty, a PCI serial card: 24 ports for all devices together. (samples/vfio-mdev/mtty.c, 6.1)"""
from __future__ import annotations

from typing import List

from ..device import Device
from ..errors import Errno
from ..mdev import MdevDevice, MdevDriver, MdevType
from ..sysfs import Attribute, AttributeGroup
from ..trace import MAJOR
from .sample import SAMPLE_IMPORTS, Sample

_PORTS = 24


def _attributes(mdev: Device) -> AttributeGroup:
    return AttributeGroup([Attribute("sample_mdev_dev", 0o444, lambda: f"This is MDEV {mdev.name}\n")], "vendor")


class Mtty(Sample):
    name = "mtty"
    imports = ("vfio_set_irqs_validate_and_prepare", *SAMPLE_IMPORTS)
    ops_name = "vfio-mtty"
    free_ports = _PORTS

    def greet(self) -> None:
        self.say("mtty_dev: mtty_dev_init")
        self.say(f"major_number:{MAJOR}")

    def types(self) -> List[MdevType]:
        return [MdevType("1", "Single port serial"), MdevType("2", "Dual port serial")]

    def driver(self) -> MdevDriver:
        return MdevDriver(
            "mtty", self, _attributes, "vfio-pci", get_available=lambda type_: self.free_ports // int(type_.sysfs_name)
        )

    def init_dev(self, mdev: MdevDevice) -> int:
        wanted = int(mdev.type.sysfs_name)
        if wanted > self.free_ports:
            raise Errno("ENOSPC")
        self.free_ports -= wanted
        return 0

    def release_dev(self, mdev: MdevDevice) -> None:
        self.free_ports += int(mdev.type.sysfs_name)

    def exit(self) -> None:
        super().exit()
        self.say("mtty_dev: Unloaded!")
