"""The methods of protocol 1 that this implementation offers: the calls that a program makes on a Linux machine."""
from __future__ import annotations

from typing import Any, Callable, Dict, List

from kernel import Kernel
from kernel.errors import Errno, answer_of
from kernel.mdev import Mdev
from kernel.modules import insmod, rmmod
from kernel.sysfs import File, Link, Node
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
    "observes": ["uevent", "log", "sysfs", "callback", "callback-return"],
    "order": "total",
    "clock": "virtual",
}

#: The first descriptor; none is ever used again.
_FIRST_FD = 10


class Machine:
    """One machine at a time; `reset` makes another."""

    def __init__(self) -> None:
        self.done = False
        self._boot()

    def _boot(self) -> None:
        self._kernel = Kernel(FILES)
        self._open: Dict[int, File] = {}
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
            top = fs.directory(path)
            return {"ret": 0, "entries": [_entry(node, top.path, path) for node in fs.walk(top, depth)]}

        return _answered(call)

    # -- descriptors

    @offered
    def open(self, path: str, flags: str = "O_RDWR") -> Answer:
        def call() -> Answer:
            file = self._file(path)
            wanted = {"O_RDONLY": 0o444, "O_WRONLY": 0o222}.get(flags)
            for permissions in [wanted] if wanted else [0o444, 0o222]:
                if not file.permissions & permissions:
                    raise Errno("EACCES")
            fd, self._next_fd = self._next_fd, self._next_fd + 1
            self._open[fd] = file
            return {"ret": fd}

        return _answered(call)

    @offered
    def fdwrite(self, fd: int, data: str) -> Answer:
        return _answered(lambda: {"ret": self._opened(fd).write(data)})

    @offered
    def close(self, fd: int) -> Answer:
        return _answered(lambda: self._opened(fd) and self._open.pop(fd) and {"ret": 0})

    def _file(self, path: str) -> File:
        file = self._kernel.fs.file(path)
        if not isinstance(file, File):
            raise RpcError(NO_SUCH_METHOD, f"{path} can't be opened here")
        return file

    def _opened(self, fd: int) -> File:
        if fd not in self._open:
            raise Errno("EBADF")
        return self._open[fd]


def _answered(call: Callable[[], Answer]) -> Answer:
    """What a call comes to: that the kernel refuses is an answer, too."""
    try:
        return call()
    except Errno as error:
        return answer_of(error)


def _entry(node: Node, top: str, asked: str) -> Answer:
    """One entry of `tree`, by the path that was asked for."""
    entry: Answer = {"path": asked.rstrip("/") + node.path[len(top):], "mode": f"{node.mode:o}"}
    if isinstance(node, Link):
        entry["link"] = node.text
    elif isinstance(node, File) and node.permissions & 0o444:
        try:
            entry["data"] = node.read()
        except Errno as error:
            entry.update(answer_of(error))
    return entry
