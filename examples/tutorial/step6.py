#!/usr/bin/env python3
"""Step 6: the uevents of a create, as Linux 6.1 sends them."""
import step1
import step5
from step5 import PARENT


class Machine(step5.Machine):
    def announce(self, uuid, number):
        self.uevent("add", f"{PARENT}/{uuid}", SUBSYSTEM="mdev")
        if self.vfio:
            self.uevent("add", f"/devices/virtual/vfio/{number}", SUBSYSTEM="vfio", DEVNAME=f"vfio/{number}")
            self.uevent("add", f"{PARENT}/{uuid}/vfio-dev/vfio{number}", SUBSYSTEM="vfio-dev")
        self.uevent("bind", f"{PARENT}/{uuid}", SUBSYSTEM="mdev", DRIVER="mscript")


if __name__ == "__main__":
    step1.serve(Machine())
