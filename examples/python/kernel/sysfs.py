"""A tree of directories, links and files that are functions.

Directories of objects and links are told of as they come and go; files and directories of attribute groups are not, and
what goes away with its directory isn't either.
"""
from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Callable, Dict, Iterator, List, Optional, Union

from .errors import Errno
from .trace import ERR, WARNING, Trace

#: Gives the content of a file.
Show = Callable[[], str]
#: Takes what is written; returns how many bytes were taken, None for all.
Store = Callable[[str], Optional[int]]

_LONGEST_NAME = 255


@dataclass(eq=False)
class Node:
    """A name in a directory. It keeps its place when it is gone: descriptors may still refer to it."""

    name: str
    parent: Optional["Directory"]
    gone: bool = field(default=False, init=False)

    @property
    def path(self) -> str:
        """The absolute path; the root's is empty."""
        return f"{self.parent.path}/{self.name}" if self.parent else self.name


@dataclass(eq=False)
class Directory(Node):
    children: Dict[str, Node] = field(default_factory=dict, init=False)
    mode = 0o40755
    suffix = "/"


@dataclass(eq=False)
class Link(Node):
    target: Directory
    mode = 0o120777
    suffix = "@"

    @property
    def text(self) -> str:
        """Relative, from the link's directory to where the target's directory is, and its name.

        So a link to a directory that it is in goes up once more, and down again. (fs/kernfs/symlink.c, 6.1)
        """
        target = self.target.path
        return posixpath.join(posixpath.relpath(posixpath.dirname(target), posixpath.dirname(self.path)), self.target.name)


@dataclass(eq=False)
class File(Node):
    """An attribute: what is read and written are calls.

    lazy -- whether nothing at all can be written without asking anybody: so it is in sysfs, and not in debugfs
    """

    permissions: int
    show: Optional[Show] = None
    store: Optional[Store] = None
    lazy: bool = field(default=True, init=False)
    suffix = ""

    @property
    def mode(self) -> int:
        return 0o100000 | self.permissions

    def read(self) -> str:
        if self.gone:
            raise Errno("ENODEV")
        if not self.permissions & 0o444:
            raise Errno("EACCES")
        if self.show is None:
            raise Errno("EIO")
        return self.show()

    def write(self, data: str) -> int:
        """Returns how many bytes were taken."""
        if self.gone:
            raise Errno("ENODEV")
        if not self.permissions & 0o222:
            raise Errno("EACCES")
        size = len(data.encode("utf-8", "surrogatepass"))
        if size == 0 and self.lazy:
            return 0
        if self.store is None:
            raise Errno("EIO")
        taken = self.store(data)
        return size if taken is None else taken


@dataclass(eq=False)
class DeviceNode(Node):
    """A file in /dev."""

    permissions: int
    suffix = ""

    @property
    def mode(self) -> int:
        return 0o20000 | self.permissions


@dataclass(frozen=True)
class Attribute:
    """A file before it is in a directory."""

    name: str
    permissions: int
    show: Optional[Show] = None
    store: Optional[Store] = None


@dataclass(frozen=True)
class AttributeGroup:
    """Files that come and go together, in a directory of their own, if they have a name."""

    attributes: List[Attribute]
    name: Optional[str] = None


class Sysfs:
    """The tree. Names that are taken are EEXIST, which is loud, since it is a bug of whoever made them."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self.root = Directory("", None)

    # -- making and removing

    def _insert(self, node: Node) -> None:
        directory = node.parent
        if node.name in directory.children:
            path = node.path[len("/sys"):]
            self._trace.log(WARNING, f"sysfs: cannot create duplicate filename '{path}'")
            raise Errno("EEXIST")
        directory.children[node.name] = node

    def grow(self, path: str) -> Directory:
        """The directory at a path, made as it is after boot: with all that leads to it, and untold."""
        node = self.root
        for name in path.strip("/").split("/"):
            node = node.children.setdefault(name, Directory(name, node))
        return node

    def make(self, parent: Directory, name: str) -> Directory:
        """The directory of an object."""
        made = Directory(name, parent)
        try:
            self._insert(made)
        except Errno:
            advice = "don't try to register things with the same name in the same directory."
            self._trace.log(ERR, f"kobject_add_internal failed for {name} with -EEXIST, {advice}")
            raise
        self._trace.sysfs("+", made.path)
        return made

    def make_untold(self, parent: Directory, name: str) -> Directory:
        """A directory that is no object's, or in another file system."""
        made = Directory(name, parent)
        self._insert(made)
        return made

    def link(self, parent: Directory, name: str, target: Directory) -> None:
        link = Link(name, parent, target)
        self._insert(link)
        self._trace.sysfs("+", link.path)

    def add_file(
        self, parent: Directory, name: str, permissions: int, show: Optional[Show] = None, store: Optional[Store] = None
    ) -> File:
        made = File(name, parent, permissions, show, store)
        self._insert(made)
        return made

    def add_group(self, parent: Directory, group: AttributeGroup) -> None:
        """Adds files; if one of them can't be, then none is left, nor is what had their names before."""
        directory = parent
        if group.name:
            directory = self.make_untold(parent, group.name)
        try:
            for it in group.attributes:
                self.add_file(directory, it.name, it.permissions, it.show, it.store)
        except Errno:
            self.remove_group(parent, group)
            raise

    def remove_group(self, parent: Directory, group: AttributeGroup) -> bool:
        """Removes by name, whatever has that name now. Returns whether a directory that it should have was there."""
        names = [group.name] if group.name else [it.name for it in group.attributes]
        return all([self.discard(parent, name) for name in names])

    def discard(self, parent: Directory, name: str) -> bool:
        """Takes a name and all below it away, untold. Returns whether there was one."""
        node = parent.children.pop(name, None)
        if node:
            _bury(node)
        return node is not None

    def unlink(self, parent: Directory, name: str) -> None:
        """Removes a link; one that is gone already is no matter."""
        path = f"{parent.path}/{name}"
        if self.discard(parent, name):
            self._trace.sysfs("-", path)

    def remove(self, directory: Directory) -> None:
        """Removes an object's directory. It is told of even if the directory was lost before: the object goes now."""
        if not directory.gone:
            self.discard(directory.parent, directory.name)
        self._trace.sysfs("-", directory.path)

    # -- looking

    def find(self, path: str, follow: bool = True) -> Node:
        """The node at a path. ENOENT, ENOTDIR, ENAMETOOLONG.

        follow -- whether a link at the end is followed, as links on the way always are
        """
        node: Node = self.root
        names = path.split("/")[1:]
        for left, name in zip(range(len(names) - 1, -1, -1), names):
            if not isinstance(node, Directory):
                raise Errno("ENOTDIR")
            node = _step(node, name)
            if isinstance(node, Link) and (follow or left):
                node = node.target
        return node

    def directory(self, path: str) -> Directory:
        node = self.find(path)
        if not isinstance(node, Directory):
            raise Errno("ENOTDIR")
        return node

    def file(self, path: str) -> Union[File, DeviceNode]:
        """What can be opened at a path. EISDIR"""
        node = self.find(path)
        if isinstance(node, Directory):
            raise Errno("EISDIR")
        return node

    def walk(self, directory: Directory, depth: int) -> Iterator[Node]:
        """All nodes below, so many levels deep, each before those below it, by name."""
        if depth == 0:
            return
        for _, node in sorted(directory.children.items()):
            yield node
            if isinstance(node, Directory):
                yield from self.walk(node, depth - 1)


def _step(directory: Directory, name: str) -> Node:
    """What a name in a path leads to."""
    if name in ("", "."):
        return directory
    if name == "..":
        return directory.parent or directory
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        raise Errno("ENAMETOOLONG")
    if name not in directory.children:
        raise Errno("ENOENT")
    return directory.children[name]


def _bury(node: Node) -> None:
    """It is gone, and so is all below it; who still has it open is told so."""
    node.gone = True
    if isinstance(node, Directory):
        for child in node.children.values():
            _bury(child)
        node.children.clear()
