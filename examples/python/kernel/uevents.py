"""Uevents that user space asks for, by writing the name of an action. (lib/kobject_uevent.c kobject_synth_uevent, 6.1)

What may follow the action, a uuid and variables, isn't offered here.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Dict

from .errors import Errno
from .numbers import line
from .sysfs import Directory
from .trace import WARNING

if TYPE_CHECKING:
    from . import Kernel

_ACTIONS = ("add", "remove", "change", "move", "online", "offline", "bind", "unbind")

#: What such an event says beside the usual.
SYNTHETIC = {"SYNTH_UUID": "0"}


def action_of(k: "Kernel", devpath: str, text: str) -> str:
    """The action that is written. EINVAL, with a line in the log, if there is none of that name."""
    action = line(text)
    if action not in _ACTIONS:
        k.trace.log(WARNING, f"synth uevent: {devpath}: unknown uevent action string")
        raise Errno("EINVAL")
    return action


def uevent_file(k: "Kernel", directory: Directory, devpath: str, env: Dict[str, str]) -> None:
    """The file `uevent` of an object that is no device: it can be written only."""

    def store(text: str) -> None:
        k.trace.uevent(action_of(k, devpath, text), devpath, {**env, **SYNTHETIC})

    k.fs.add_file(directory, "uevent", 0o200, store=store)
