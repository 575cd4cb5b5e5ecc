"""mdpy, a display that can do nothing: four devices, or `count`. (samples/vfio-mdev/mdpy.c, 6.1)"""
from __future__ import annotations

from typing import List

from ..device import dev_info
from ..mdev import MdevDevice, MdevDriver, MdevType
from ..modules import integer
from ..sysfs import Attribute, AttributeGroup
from ..trace import MAJOR
from .sample import Sample

_RESOLUTIONS = {"vga": "640x480", "xga": "1024x768", "hd": "1920x1080"}


def _resolution(type_: MdevType) -> str:
    return _RESOLUTIONS[type_.sysfs_name]


def _attributes(mdev: MdevDevice) -> AttributeGroup:
    return AttributeGroup([Attribute("resolution", 0o444, lambda: f"{_resolution(mdev.type)}\n")], "vendor")


class Mdpy(Sample):
    name = "mdpy"
    parameters = {"count": integer(4)}

    def greet(self) -> None:
        self.say(f"mdpy_dev_init: major {MAJOR}")

    def types(self) -> List[MdevType]:
        return [MdevType(name, f"mdpy-{name}") for name in _RESOLUTIONS]

    def driver(self) -> MdevDriver:
        return MdevDriver(
            "mdpy", self, _attributes, "vfio-pci",
            max_instances=self.params.count,
            show_description=lambda type_: f"virtual display, {_resolution(type_)} framebuffer\n",
        )

    def init_dev(self, mdev: MdevDevice) -> int:
        dev_info(self.k, mdev, f"mdpy_init_dev: {mdev.type.pretty_name} ({_resolution(mdev.type)})")
        return 0

    def remove(self, mdev: MdevDevice) -> None:
        dev_info(self.k, mdev, "mdpy_remove")
        super().remove(mdev)
