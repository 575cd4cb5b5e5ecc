#!/usr/bin/env python3
"""Step 3: a vendor driver with a type, and devices. Whatever is written makes one."""
import step1
import step2

TYPE = "/sys/class/mdev_bus/mscript0/mdev_supported_types/mscript-a"


class Machine(step2.Machine):
    hello = {**step1.HELLO, "capabilities": ["modules", "sysfs", "vendor:mscript"]}

    def insmod(self, module, params=""):
        if module == "mscript":
            self.free = int(dict(word.split("=") for word in params.split()).get("max_inst", 2))
            self.directories[TYPE + "/devices"] = {}
        return super().insmod(module, params)

    def write(self, path, data):
        if path != TYPE + "/create" or TYPE + "/devices" not in self.directories:
            return super().write(path, data)
        return self.create(data)

    def read(self, path):
        if path != TYPE + "/available_instances":
            return super().read(path)
        return {"ret": len(f"{self.free}\n"), "data": f"{self.free}\n"}

    def create(self, data):
        uuid = data[:36].lower()
        self.free -= 1
        for directory in ("/sys/bus/mdev/devices", TYPE + "/devices"):
            self.directories[directory][uuid + "@"] = True
        return {"ret": len(data)}


if __name__ == "__main__":
    step1.serve(Machine())
