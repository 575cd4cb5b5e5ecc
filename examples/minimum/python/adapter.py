#!/usr/bin/env python3
"""The least that speaks protocol 1: it introduces itself, and has files that nobody wrote yet."""
import json
import sys

HELLO = {
    "protocol": 1, "name": "minimum-python", "version": "0", "profile": "linux-6.1",
    "capabilities": ["sysfs"], "observes": [], "order": "total", "clock": "virtual",
}


class Machine:
    """Methods of the protocol, by their names; an answer is {"ret": ...} or {"errno": "ENOENT"}."""

    def reset(self):
        return {"ret": 0}

    def write(self, path, data):
        return {"errno": "ENOENT"}

    def read(self, path):
        return {"errno": "ENOENT"}


def answer(machine, request):
    """The response to one request; events of the call go into its list."""
    method, params = request["method"], request["params"]
    response = {"jsonrpc": "2.0", "id": request["id"]}
    if method in ("hello", "bye"):
        return response | {"result": (HELLO if method == "hello" else {"ret": 0}) | {"events": []}}
    if method.startswith("_") or not hasattr(machine, method):
        return response | {"error": {"code": -32601, "message": f"no method {method}"}}
    return response | {"result": getattr(machine, method)(**params) | {"events": []}}


machine = Machine()
for line in sys.stdin:
    print(json.dumps(answer(machine, json.loads(line))), flush=True)
