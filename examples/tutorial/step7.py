#!/usr/bin/env python3
"""Step 7: the same uevents, each a call too late, as when they are fetched before the kernel has sent them all."""
import step1
import step6


class Machine(step6.Machine):
    def __init__(self):
        self.on_their_way = []
        super().__init__()

    def reset(self):
        self.on_their_way = []
        return super().reset()

    def create(self, data):
        before = len(self.events)
        result = super().create(data)
        self.on_their_way = self.events[before:]
        del self.events[before:]
        return result

    def list(self, path):
        self.events += self.on_their_way
        self.on_their_way = []
        return super().list(path)


if __name__ == "__main__":
    step1.serve(Machine())
