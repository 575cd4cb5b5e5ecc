"""mbochs, a display with memory: 256 megabytes for all devices together, or `count`. (samples/vfio-mdev/mbochs.c, 6.1)"""
from __future__ import annotations

from typing import List

from ..device import dev_info
from ..errors import Errno
from ..mdev import MdevDevice, MdevDriver, MdevType
from ..modules import integer
from ..numbers import u32
from ..sysfs import Attribute, AttributeGroup
from ..trace import MAJOR
from .sample import Sample

_MEGABYTES = {"small": 4, "medium": 16, "large": 64}
_PAGES_PER_MEGABYTE = 256


def _size(type_: MdevType) -> int:
    return _MEGABYTES[type_.sysfs_name]


def _attributes(mdev: MdevDevice) -> AttributeGroup:
    return AttributeGroup([Attribute("memory", 0o444, lambda: f"{_size(mdev.type)} MB\n")], "vendor")


class Mbochs(Sample):
    name = "mbochs"
    license = "GPL v2"
    parameters = {"count": integer(256)}

    def greet(self) -> None:
        self.say(f"mbochs_dev_init: major {MAJOR}")
        self.free = u32(self.params.count)

    def types(self) -> List[MdevType]:
        return [MdevType(name, f"mbochs-{name}") for name in _MEGABYTES]

    def driver(self) -> MdevDriver:
        return MdevDriver(
            "mbochs", self, _attributes, "vfio-pci",
            get_available=lambda type_: self.free // _size(type_),
            show_description=lambda type_: f"virtual display, {_size(type_)} MB video memory\n",
        )

    def init_dev(self, mdev: MdevDevice) -> int:
        size = _size(mdev.type)
        if size > self.free:
            raise Errno("ENOSPC")
        self.free -= size
        pages = size * _PAGES_PER_MEGABYTE
        dev_info(self.k, mdev, f"mbochs_init_dev: {mdev.type.pretty_name}, {size} MB, {pages} pages")
        return 0

    def release_dev(self, mdev: MdevDevice) -> None:
        self.free += _size(mdev.type)
