"""power/: what each device shows of its power management, and none of ours has any. (drivers/base/power/sysfs.c, 6.1)"""
from .errors import Errno
from .sysfs import Attribute, AttributeGroup


def _no_autosuspend() -> str:
    raise Errno("EIO")


_READ_ONLY = {
    "runtime_active_kids": "0",
    "runtime_active_time": "0",
    "runtime_enabled": "disabled",
    "runtime_status": "unsupported",
    "runtime_suspended_time": "0",
    "runtime_usage": "0",
}

POWER = AttributeGroup(
    [
        Attribute("async", 0o644, show=lambda: "disabled\n"),
        Attribute("autosuspend_delay_ms", 0o644, show=_no_autosuspend),
        Attribute("control", 0o644, show=lambda: "auto\n"),
        *(Attribute(name, 0o444, show=lambda text=text: f"{text}\n") for name, text in _READ_ONLY.items()),
    ],
    "power",
)
