#!/usr/bin/env python3
"""Step 2: what the kernel refuses is an answer."""
import step1


class Machine(step1.Machine):
    def list(self, path):
        return super().list(path) if path in self.directories else {"errno": "ENOENT"}

    def readlink(self, path):
        return super().readlink(path) if path in self.directories else {"errno": "ENOENT"}


if __name__ == "__main__":
    step1.serve(Machine())
