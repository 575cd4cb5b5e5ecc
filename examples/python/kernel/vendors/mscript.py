"""mscript, whose behaviour is scripted by its parameters: what probe and init return, and what its parents look like.

After the recording rig's mscript.c. Its delays take no time here, where only one call is under way at a time.
"""
from __future__ import annotations

from typing import Dict, List, Optional

from ..device import Device, class_create, class_destroy, dev_info, device_add, device_unregister
from ..errors import Errno
from ..mdev import MdevDevice, MdevDriver, MdevParent, MdevType
from ..modules import Module, boolean, integer, text
from ..numbers import kstrtoint
from ..sysfs import Attribute, AttributeGroup
from ..trace import INFO
from ..vfio import VfioDevice, VfioDeviceOps
from .sample import SAMPLE_IMPORTS

_CHANGEABLE = 0o644
_MOST_PARENTS = 4
_TYPES = {"a": "Type A", "b": "Type B", "c": None}


class _Parent:
    """One of mscript's parents: the device, and its registration, while there is one."""

    def __init__(self, dev: Device) -> None:
        self.dev = dev
        self.registration: Optional[MdevParent] = None


class Mscript(Module):
    name = "mscript"
    license = "Dual BSD/GPL"
    imports = SAMPLE_IMPORTS
    parameters = {
        "probe_ret": integer(0, _CHANGEABLE),
        "init_ret": integer(0, _CHANGEABLE),
        "late_ret": integer(0, _CHANGEABLE),
        "open_ret": integer(0, _CHANGEABLE),
        "probe_delay_ms": integer(0, _CHANGEABLE),
        "remove_delay_ms": integer(0, _CHANGEABLE),
        "avail": integer(3, _CHANGEABLE),
        "use_vfio": boolean(True),
        "use_request": boolean(False),
        "use_avail": boolean(False),
        "no_probe": boolean(False),
        "no_remove": boolean(False),
        "no_api": boolean(False),
        "dup_type": boolean(False),
        "desc": boolean(False),
        "max_inst": integer(2),
        "nr_parents": integer(1),
        "nr_types": integer(3),
        "collide": text(""),
        "bus_collide": boolean(False),
    }

    # -- the module

    def init(self) -> None:
        k = self.k
        self.mdev, self.vfio = k.modules["mdev"], k.modules["vfio"]
        self._vdevs: Dict[str, VfioDevice] = {}
        self._parents: List[_Parent] = []
        self._driver = self._make_driver()
        try:
            self.mdev.register_driver(self._driver)
        except Errno as error:
            self._say(f"mdev_register_driver = {-error.number}")
            raise
        self._class = class_create(k, self.name)
        self._debug = k.fs.make_untold(k.debugfs, self.name)
        for name, store in (("register", self._write_register), ("unregister", self._write_unregister)):
            k.fs.add_file(self._debug, name, 0o200, store=store).lazy = False
        try:
            for index in range(min(self.params.nr_parents, _MOST_PARENTS)):
                self._add_parent(index)
        except Errno:
            self.exit()
            raise

    def exit(self) -> None:
        k = self.k
        k.fs.discard(k.debugfs, self.name)
        for parent in self._parents:
            if parent.registration:
                self.mdev.unregister_parent(parent.registration)
            device_unregister(k, parent.dev)
        class_destroy(k, self._class)
        self.mdev.unregister_driver(self._driver)

    def _say(self, message: str) -> None:
        self.k.trace.log(INFO, f"mscript: {message}")

    def _make_driver(self) -> MdevDriver:
        p = self.params
        return MdevDriver(
            self.name,
            self,
            attributes=self._attributes if p.collide else None,
            device_api=None if p.no_api else "vfio-pci",
            max_instances=p.max_inst,
            get_available=(lambda _: p.avail) if p.use_avail else None,
            show_description=(lambda type_: f"scripted type {type_.sysfs_name}\n") if p.desc else None,
            probe=None if p.no_probe else self._probe,
            remove=None if p.no_remove else self._remove,
        )

    def _attributes(self, _: Device) -> AttributeGroup:
        return AttributeGroup([Attribute(self.params.collide, 0o444, lambda: "x\n")])

    # -- its parents

    def _add_parent(self, index: int) -> None:
        name = f"mscript{index}"
        cls = None if self.params.bus_collide else self._class
        dev = Device(name, cls=cls, release=lambda: self._say(f"parent {name} released"))
        device_add(self.k, dev)
        self._parents.append(_Parent(dev))
        self._register(self._parents[index])

    def _register(self, parent: _Parent) -> None:
        ret = 0
        try:
            parent.registration = self.mdev.register_parent(parent.dev, self._driver, self._types())
        except Errno as error:
            ret = -error.number
            raise
        finally:
            self._say(f"mdev_register_parent({parent.dev.name}) = {ret}")

    def _types(self) -> List[MdevType]:
        types = [MdevType(*names) for names in list(_TYPES.items())[: max(self.params.nr_types, 0)]]
        for type_ in types if self.params.dup_type else []:
            type_.sysfs_name = "a"
        return types

    def _chosen(self, number: str, registered: bool) -> _Parent:
        """The parent whose number is written; EALREADY, if it isn't as it should be."""
        index = kstrtoint(number)
        if not 0 <= index < len(self._parents):
            raise Errno("EINVAL")
        parent = self._parents[index]
        if bool(parent.registration) is not registered:
            raise Errno("EALREADY")
        return parent

    def _write_register(self, number: str) -> None:
        self._register(self._chosen(number, registered=False))

    def _write_unregister(self, number: str) -> None:
        parent = self._chosen(number, registered=True)
        registration, parent.registration = parent.registration, None
        self.mdev.unregister_parent(registration)
        self._say(f"mdev_unregister_parent({parent.dev.name}) done")

    # -- its devices

    def _probe(self, mdev: MdevDevice) -> int:
        k, p = self.k, self.params
        dev_info(k, mdev, f"ms_probe type={mdev.type.sysfs_name} probe_ret={p.probe_ret}")
        if p.probe_ret or not p.use_vfio:
            return p.probe_ret
        vdev = self.vfio.alloc(mdev, VfioDeviceOps(self._init_dev, self._release_dev, "vfio-mscript"))
        try:
            self.vfio.register(vdev)
        except Errno:
            self.vfio.put(vdev)
            raise
        if p.late_ret:
            self._drop(vdev)
            return p.late_ret
        self._vdevs[mdev.name] = vdev
        return 0

    def _init_dev(self, mdev: MdevDevice) -> int:
        dev_info(self.k, mdev, f"ms_init -> {self.params.init_ret}")
        return self.params.init_ret

    def _release_dev(self, mdev: MdevDevice) -> None:
        dev_info(self.k, mdev, "ms_release")

    def _remove(self, mdev: MdevDevice) -> None:
        dev_info(self.k, mdev, "ms_remove begin")
        vdev = self._vdevs.pop(mdev.name, None)
        if vdev:
            self._drop(vdev)
        dev_info(self.k, mdev, "ms_remove end")

    def _drop(self, vdev: VfioDevice) -> None:
        self.vfio.unregister(vdev)
        self.vfio.put(vdev)
