"""The methods of protocol 1 that this implementation offers: the calls that a program makes on a Linux machine."""
from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Tuple

from kernel import Kernel
from kernel.errors import Errno, answer_of
from kernel.mdev import Mdev
from kernel.modules import insmod, rmmod
from kernel.sysfs import Directory, File, Link, Node
from kernel.trace import Event
from kernel.vendors import ALL
from kernel.vfio import Vfio, VfioIommuType1
from protocol import INVALID_PARAMS, NO_SUCH_METHOD, Answer, RpcError, offered

FILES = (Vfio, VfioIommuType1, Mdev, *ALL)

HELLO: Dict[str, Any] = {
    "protocol": 1,
    "name": "mdev-python",
    "version": "1",
    "profile": "linux-6.1",
    "capabilities": ["modules", "sysfs", *(f"vendor:{vendor.name}" for vendor in ALL)],
    "observes": ["uevent", "log", "sysfs", "call", "return", "callback", "callback-return"],
    "order": "total",
    "clock": "virtual",
}

#: The first descriptor; none is ever used again.
_FIRST_FD = 10

#: What a file must permit, for each way to open it.
_WANTED = {"O_RDONLY": [0o444], "O_WRONLY": [0o222], "O_RDWR": [0o444, 0o222]}


class Machine:
    """One machine at a time; `reset` makes another."""

    def __init__(self) -> None:
        self.done = False
        self._boot()

    def _boot(self) -> None:
        self._kernel = Kernel(FILES)
        self._open: Dict[int, Tuple[Node, str]] = {}
        self._next_fd = _FIRST_FD

    def take_events(self) -> List[Event]:
        return self._kernel.trace.take()

    # -- about itself

    @offered
    def hello(self, protocol: int, profile: str = "") -> Answer:
        if protocol != 1:
            raise RpcError(INVALID_PARAMS, "this is protocol 1")
        return HELLO

    @offered
    def reset(self) -> Answer:
        self._boot()
        return {"ret": 0}

    @offered
    def bye(self) -> Answer:
        self.done = True
        return {"ret": 0}

    # -- modules

    @offered
    def insmod(self, module: str, params: str = "") -> Answer:
        return _answered(lambda: insmod(self._kernel, module, params) or {"ret": 0})

    @offered
    def rmmod(self, module: str) -> Answer:
        return _answered(lambda: rmmod(self._kernel, module) or {"ret": 0})

    # -- files by their paths

    @offered
    def write(self, path: str, data: str) -> Answer:
        return _answered(lambda: {"ret": self._file(path).write(data)})

    @offered
    def read(self, path: str) -> Answer:
        def call() -> Answer:
            data = self._file(path).read()
            return {"ret": len(data.encode()), "data": data}

        return _answered(call)

    @offered
    def readlink(self, path: str) -> Answer:
        def call() -> Answer:
            node = self._kernel.fs.find(path, follow=False)
            if not isinstance(node, Link):
                raise Errno("EINVAL")
            return {"ret": 0, "data": node.text}

        return _answered(call)

    @offered
    def list(self, path: str) -> Answer:
        def call() -> Answer:
            children = self._kernel.fs.directory(path).children
            return {"ret": 0, "names": [name + children[name].suffix for name in sorted(children)]}

        return _answered(call)

    @offered
    def tree(self, path: str, depth: int) -> Answer:
        def call() -> Answer:
            fs = self._kernel.fs
            try:
                top = fs.directory(path)
            except Errno:
                return {"ret": 0, "entries": []}
            return {"ret": 0, "entries": [_entry(node, top.path, path) for node in fs.walk(top, max(depth, 1))]}

        return _answered(call)

    # -- descriptors

    @offered
    def open(self, path: str, flags: str = "O_RDWR") -> Answer:
        def call() -> Answer:
            if flags not in _WANTED:
                raise RpcError(INVALID_PARAMS, f"no flags {flags}")
            node = self._kernel.fs.find(path)
            if not (isinstance(node, Directory) and flags == "O_RDONLY"):
                node = self._file(path)
                if any(not node.permissions & wanted for wanted in _WANTED[flags]):
                    raise Errno("EACCES")
            fd, self._next_fd = self._next_fd, self._next_fd + 1
            self._open[fd] = (node, flags)
            return {"ret": fd}

        return _answered(call)

    @offered
    def fdwrite(self, fd: int, data: str) -> Answer:
        def call() -> Answer:
            node, flags = self._opened(fd)
            if flags == "O_RDONLY":
                raise Errno("EBADF")
            return {"ret": node.write(data)}

        return _answered(call)

    @offered
    def close(self, fd: int) -> Answer:
        return _answered(lambda: self._opened(fd) and self._open.pop(fd) and {"ret": 0})

    def _file(self, path: str) -> File:
        file = self._kernel.fs.file(path)
        if not isinstance(file, File):
            raise RpcError(NO_SUCH_METHOD, f"{path} can't be opened here")
        return file

    def _opened(self, fd: int) -> Tuple[Node, str]:
        if fd not in self._open:
            raise Errno("EBADF")
        return self._open[fd]


def _answered(call: Callable[[], Answer]) -> Answer:
    """What a call comes to: that the kernel refuses is an answer, too."""
    try:
        return call()
    except Errno as error:
        return answer_of(error)


def _steady(name: str, data: str) -> str:
    """The numbers of devices as `tree` shows them: they differ from machine to machine."""
    if name == "dev":
        return "<major>:<minor>\n"
    if name == "uevent":
        return re.sub("(MAJOR|MINOR)=[0-9]+", lambda match: f"{match[1]}=<{match[1].lower()}>", data)
    return data


def _entry(node: Node, top: str, asked: str) -> Answer:
    """One entry of `tree`, by the path that was asked for."""
    entry: Answer = {"path": asked + node.path[len(top):], "mode": f"{node.mode:o}"}
    if isinstance(node, Link):
        entry["link"] = node.text
    elif isinstance(node, File) and node.permissions & 0o444:
        try:
            entry["data"] = _steady(node.name, node.read())
        except Errno as error:
            entry.update(answer_of(error))
    return entry
