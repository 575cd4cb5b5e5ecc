#!/usr/bin/env python3
"""Step 1: the forty lines, with a place for events, and a module that can be loaded. It forgets one thing."""
import json
import sys

HELLO = {
    "protocol": 1, "name": "tutorial", "version": "0", "profile": "linux-6.1",
    "capabilities": ["modules", "sysfs"], "observes": [], "order": "total", "clock": "virtual",
}


class Machine:
    """Methods of the protocol, by their names."""

    hello = HELLO

    def __init__(self):
        self.events = []
        self.boot()

    def boot(self):
        self.directories = {"/sys/bus": {}, "/sys/class": {}}

    def reset(self):
        self.boot()
        return {"ret": 0}

    def insmod(self, module, params=""):
        if module == "mdev":
            self.directories["/sys/bus/mdev/devices"] = {}
            self.directories["/sys/class/mdev_bus"] = {}
        return {"ret": 0}

    def rmmod(self, module):
        if module == "mdev":
            del self.directories["/sys/bus/mdev/devices"], self.directories["/sys/class/mdev_bus"]
        return {"ret": 0}

    def list(self, path):
        return {"ret": 0, "names": sorted(self.directories[path])}

    def readlink(self, path):
        assert path in self.directories
        return {"errno": "EINVAL"}  # a directory is no link

    def read(self, path):
        return {"errno": "ENOENT"}

    def write(self, path, data):
        return {"errno": "ENOENT"}


def answer(machine, request):
    """The response to one request, with the events since the last."""
    method, params = request["method"], request["params"]
    response = {"jsonrpc": "2.0", "id": request["id"]}
    if method in ("hello", "bye"):
        return {**response, "result": {**(machine.hello if method == "hello" else {"ret": 0}), "events": []}}
    if method in ("boot", "events") or method.startswith("_") or not hasattr(machine, method):
        return {**response, "error": {"code": -32601, "message": f"no method {method}"}}
    result = getattr(machine, method)(**params)
    events, machine.events = machine.events, []
    return {**response, "result": {**result, "events": events}}


def serve(machine):
    for line in sys.stdin:
        print(json.dumps(answer(machine, json.loads(line))), flush=True)


if __name__ == "__main__":
    serve(Machine())
