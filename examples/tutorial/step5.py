#!/usr/bin/env python3
"""Step 5: uevents. The device is told of as bound, and then as added."""
import step1
import step4

PARENT = "/devices/virtual/mscript/mscript0"


class Machine(step4.Machine):
    hello = {**step4.Machine.hello, "observes": ["uevent"]}

    def insmod(self, module, params=""):
        self.vfio = "use_vfio=0" not in params
        return super().insmod(module, params)

    def uevent(self, action, devpath, **env):
        self.events.append(
            {"ev": "uevent", "task": "main", "action": action, "devpath": devpath, "env": env}
        )

    def create(self, data):
        result = super().create(data)
        if result.get("ret"):
            self.announce(data[:36].lower(), self.number())
        return result

    def number(self):
        return len(self.directories["/sys/bus/mdev/devices"]) - 1

    def announce(self, uuid, number):
        self.uevent("bind", f"{PARENT}/{uuid}", SUBSYSTEM="mdev", DRIVER="mscript")
        self.uevent("add", f"{PARENT}/{uuid}", SUBSYSTEM="mdev")


if __name__ == "__main__":
    step1.serve(Machine())
