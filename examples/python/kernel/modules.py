"""The module loader: symbols, parameters, users, and what of it stands in /sys/module. (kernel/module/main.c, 6.1)"""
from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Set, Tuple

from .errors import Errno
from .numbers import kstrtoint
from .sysfs import Attribute, AttributeGroup, Directory
from .trace import ERR, WARNING
from .uevents import uevent_file

if TYPE_CHECKING:
    from . import Kernel
    from .driver import Bus, Driver

_GPL_COMPATIBLE = ("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL")


def _bool_of(text: str) -> bool:
    if text[:1] in ("y", "Y", "1") or text[:2].lower() == "on":
        return True
    if text[:1] in ("n", "N", "0") or text[:2].lower() == "of":
        return False
    raise Errno("EINVAL")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a module: how its text is read and shown, and whether it can be changed later."""

    default: Any
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    permissions: int = 0o444


def integer(default: int, permissions: int = 0o444) -> Parameter:
    return Parameter(default, kstrtoint, str, permissions)


def boolean(default: bool) -> Parameter:
    return Parameter(default, _bool_of, lambda value: "Y" if value else "N")


def text(default: str) -> Parameter:
    return Parameter(default, str, str)


class Module:
    """A module: what stands in its file, as class attributes, and what it is while it is loaded."""

    name: str
    license: str = "GPL v2"
    #: what it needs of other modules, in the order of its table of symbols
    imports: Tuple[str, ...] = ()
    exports: Tuple[str, ...] = ()
    #: those of its exports that only modules with a compatible licence find
    gpl_only: Tuple[str, ...] = ()
    parameters: Dict[str, Parameter] = {}

    def __init__(self, k: "Kernel", values: Dict[str, Any]) -> None:
        self.k = k
        self.params = SimpleNamespace(**values)
        self.users: Set[str] = set()
        self.state = "coming"
        self.directory: Optional[Directory] = None
        self._drivers: Optional[Directory] = None

    def init(self) -> None:
        """What its init does; raises what it fails with, when all is taken back."""

    def exit(self) -> None:
        """What its exit does."""

    # -- its drivers

    def link_driver(self, k: "Kernel", bus: "Bus", drv: "Driver") -> None:
        """Module and driver point to each other."""
        k.fs.link(drv.directory, "module", self.directory)
        if self._drivers is None:
            self._drivers = k.fs.make(self.directory, "drivers")
        k.fs.link(self._drivers, f"{bus.name}:{drv.name}", drv.directory)

    def unlink_driver(self, k: "Kernel", bus: "Bus", drv: "Driver") -> None:
        k.fs.unlink(drv.directory, "module")
        k.fs.unlink(self._drivers, f"{bus.name}:{drv.name}")

    # -- its directory

    def show(self, providers: List["Module"]) -> None:
        """Makes its directory, and puts it among the holders of those that it uses."""
        k = self.k
        self.directory = k.fs.make(k.module_dir, self.name)
        k.fs.add_file(self.directory, "refcnt", 0o444, show=lambda: f"{len(self.users)}\n")
        k.fs.add_file(self.directory, "initstate", 0o444, show=lambda: f"{self.state}\n")
        uevent_file(k, self.directory, f"/module/{self.name}", {"SUBSYSTEM": "module"})
        k.fs.make(self.directory, "holders")
        if self.parameters:
            attributes = [self._attribute(name, it) for name, it in self.parameters.items()]
            k.fs.add_group(self.directory, AttributeGroup(attributes, "parameters"))
        for provider in providers:
            provider.users.add(self.name)
            k.fs.link(provider.directory.children["holders"], self.name, self.directory)
        k.fs.make(self.directory, "notes")

    def hide(self, providers: List["Module"]) -> None:
        k = self.k
        for provider in providers:
            provider.users.remove(self.name)
            k.fs.unlink(provider.directory.children["holders"], self.name)
        if self._drivers:
            k.fs.remove(self._drivers)
        for name in ("holders", "notes"):
            k.fs.remove(self.directory.children[name])
        if self.state == "going":
            k.trace.uevent("remove", f"/module/{self.name}", {"SUBSYSTEM": "module"})
        k.fs.remove(self.directory)

    def _attribute(self, name: str, parameter: Parameter) -> Attribute:
        def store(value: str) -> None:
            setattr(self.params, name, parameter.read(value))

        return Attribute(name, parameter.permissions, lambda: f"{parameter.show(getattr(self.params, name))}\n", store)


def insmod(k: "Kernel", name: str, params: str) -> None:
    """Loads a module. ENOENT if there is none or a symbol is missing, EEXIST if it is loaded, and what its init raises."""
    file = k.files.get(name)
    if file is None:
        raise Errno("ENOENT")
    if name in k.modules:
        raise Errno("EEXIST")
    _taint(k, file)
    providers = _resolve(k, file)
    module = file(k, _values_of(k, file, params))
    module.show(providers)
    k.modules[name] = module
    try:
        module.init()
    except Errno:
        module.hide(providers)
        del k.modules[name]
        raise
    module.state = "live"
    k.trace.uevent("add", f"/module/{name}", {"SUBSYSTEM": "module"})


def rmmod(k: "Kernel", name: str) -> None:
    """Unloads a module. ENOENT if it isn't loaded, EAGAIN while others use it."""
    module = k.modules.get(name)
    if module is None:
        raise Errno("ENOENT")
    if module.users:
        raise Errno("EAGAIN")
    module.state = "going"
    module.exit()
    module.hide([other for other in _providers(k, module.imports) if name in other.users])
    del k.modules[name]


def _proprietary(file: type) -> bool:
    return file.license not in _GPL_COMPATIBLE


def _taint(k: "Kernel", file: type) -> None:
    if not _proprietary(file) or k.tainted_proprietary:
        return
    k.tainted_proprietary = True
    k.trace.log(WARNING, f"{file.name}: module license '{file.license}' taints kernel.")
    k.trace.log(WARNING, "Disabling lock debugging due to kernel taint")


def _providers(k: "Kernel", symbols: Tuple[str, ...]) -> List[Module]:
    """Who exports these symbols, once each. The list is made by putting in front: who was needed first is last."""
    found: List[Module] = []
    for symbol in symbols:
        for module in k.modules.values():
            if symbol in module.exports and module not in found:
                found.insert(0, module)
    return found


def _resolve(k: "Kernel", file: type) -> List[Module]:
    """The modules that this one needs. All that is missing is told before it is refused.

    What a module mustn't use for its licence is missing like what nobody has.
    """
    there = {symbol for module in k.modules.values() for symbol in module.exports}
    if _proprietary(file):
        there -= {symbol for module in k.modules.values() for symbol in module.gpl_only}
    missing = [symbol for symbol in file.imports if symbol not in there]
    for symbol in missing:
        k.trace.log(WARNING, f"{file.name}: Unknown symbol {symbol} (err -2)")
    if missing:
        raise Errno("ENOENT")
    return _providers(k, file.imports)


def _values_of(k: "Kernel", file: type, params: str) -> Dict[str, Any]:
    """The values of all parameters, as on insmod's command line: `count=8 desc`; - and _ are the same in a name. EINVAL"""
    values = {name: parameter.default for name, parameter in file.parameters.items()}
    for word in params.split():
        given, equals, value = word.partition("=")
        name = given.replace("-", "_")
        if name not in file.parameters:
            k.trace.log(WARNING, f"{file.name}: unknown parameter '{given}' ignored")
            continue
        try:
            values[name] = file.parameters[name].read(value if equals else "y")
        except Errno as error:
            k.trace.log(ERR, f"{file.name}: `{value}' invalid for parameter `{name}'")
            raise error
    return values
