"""What is seen while a call is carried out: uevents, the log, sysfs, the core's functions and the drivers' callbacks."""
from __future__ import annotations

import functools
import re
from typing import Any, Callable, Dict, List, Optional

from .errors import Errno

Event = Dict[str, Any]
Args = Dict[str, Any]

#: Numbers of devices differ from machine to machine; protocol 1 wants them written like this.
MAJOR = "<major>"
_NUMBERS = re.compile("^/sys/dev/char/[0-9]+:[0-9]+$")

#: There is one task here: whoever makes the calls.
_TASK = "main"

ERR, WARNING, INFO = 3, 4, 6


class Trace:
    """The events since the last call, in the order in which they happened."""

    def __init__(self) -> None:
        self._events: List[Event] = []

    def take(self) -> List[Event]:
        """The events so far; they are not returned again."""
        taken, self._events = self._events, []
        return taken

    def _add(self, kind: str, **fields: Any) -> None:
        self._events.append({"ev": kind, "task": _TASK, **fields})

    def uevent(self, action: str, devpath: str, env: Dict[str, str]) -> None:
        """A message to user space. devpath -- without /sys; env -- what it says beside action, path and number."""
        self._add("uevent", action=action, devpath=devpath, env=env)

    def log(self, level: int, message: str) -> None:
        """A line of the kernel log."""
        self._add("log", level=level, message=message)

    def sysfs(self, change: str, path: str) -> None:
        """A directory of an object, or a link, has come ("+") or goes ("-")."""
        self._add("sysfs", change=change, path=_NUMBERS.sub("/sys/dev/char/<major>:<minor>", path))

    def call(self, fn: str, args: Args, function: Callable[[], Any], void: bool) -> Any:
        """Carries a function out, and tells of the call and of its return: an error comes back as a negative value."""
        self._add("call", fn=fn, args=args)
        try:
            result = function()
        except Errno as error:
            self._add("return", fn=fn, ret=-error.number)
            raise
        ret = result if isinstance(result, int) else 0
        self._add("return", fn=fn, **({} if void else {"ret": ret}))
        return result

    def callback(self, driver: str, op: str, dev: str, function: Callable[[], Optional[int]]) -> Optional[int]:
        """Calls into a driver, and tells of the call and of its return. A refusal comes back as a negative value."""
        self._add("callback", driver=driver, op=op, args={"dev": dev})
        try:
            ret = function()
        except Errno as error:
            ret = -error.number
        self._add("callback-return", driver=driver, op=op, **({} if ret is None else {"ret": ret}))
        return ret


def point(fn: str, args: Callable[..., Args], void: bool = False) -> Callable[[Callable], Callable]:
    """Makes a function a trace point of the core.

    fn   -- its name in the kernel
    args -- what is told of a call, from the function's parameters behind the first
    void -- whether the kernel's function returns nothing
    """

    def mark(function: Callable) -> Callable:
        @functools.wraps(function)
        def traced(owner: Any, *given: Any) -> Any:
            k = getattr(owner, "k", owner)
            return k.trace.call(fn, args(*given), lambda: function(owner, *given), void)

        return traced

    return mark
