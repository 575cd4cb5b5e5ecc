"""As much of Linux 6.1 as the mdev core stands on, and the mdev core. `Kernel` puts the parts together."""
from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Iterable, Type

from .device import DeviceClass
from .numbers import Ida
from .sysfs import Sysfs
from .trace import Trace

if TYPE_CHECKING:
    from .modules import Module


class Kernel:
    """One machine after boot: nothing is loaded yet.

    files -- the modules that can be loaded
    """

    def __init__(self, files: Iterable[Type["Module"]]) -> None:
        self.files = {file.name: file for file in files}
        self.trace = Trace()
        self.fs = Sysfs(self.trace)
        self.modules: Dict[str, "Module"] = {}
        self.tainted_proprietary = False
        self.misc_minors = Ida(start=120)
        self.bus = self.fs.grow("/sys/bus")
        self.classes = self.fs.grow("/sys/class")
        self.devices = self.fs.grow("/sys/devices")
        self.virtual = self.fs.grow("/sys/devices/virtual")
        self.module_dir = self.fs.grow("/sys/module")
        self.char_devices = self.fs.grow("/sys/dev/char")
        self.iommu_groups = self.fs.grow("/sys/kernel/iommu_groups")
        self.iommu_group_numbers = Ida()
        self.debugfs = self.fs.grow("/sys/kernel/debug")
        self.fs.add_file(self.debugfs, "devices_deferred", 0o444, show=lambda: "")
        self.dev = self.fs.grow("/dev")
        self.misc = DeviceClass("misc", self.fs.grow("/sys/class/misc"))
        # Every machine has a misc device of its own, so their directory neither comes nor goes with ours.
        self.fs.grow("/sys/devices/virtual/misc/cpu_dma_latency")
