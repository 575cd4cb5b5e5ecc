#!/usr/bin/env python3
"""Step 8: a uuid is there once, and instances come to an end. There is only one parent yet."""
import step1
import step6


class Machine(step6.Machine):
    def create(self, data):
        if data[:36].lower() + "@" in self.directories["/sys/bus/mdev/devices"]:
            return {"errno": "EEXIST"}
        if self.free == 0:
            return {"errno": "EUSERS"}
        return super().create(data)


if __name__ == "__main__":
    step1.serve(Machine())
