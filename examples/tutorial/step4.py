#!/usr/bin/env python3
"""Step 4: only a uuid makes a device, and nothing at all makes none."""
import re

import step1
import step3

UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Machine(step3.Machine):
    def create(self, data):
        if data == "":
            return {"ret": 0}
        if len(data) not in (36, 37) or not UUID.match(data):
            return {"errno": "EINVAL"}
        return super().create(data)


if __name__ == "__main__":
    step1.serve(Machine())
