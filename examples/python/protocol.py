"""Protocol 1: a loop that reads a request and writes its response, one JSON object per line.

Three kinds of outcome are kept apart:
an answer (`{"ret": 36}`, or `{"errno": "EEXIST"}` where the kernel refuses), an error of JSON-RPC (the request makes no
sense, or asks for a method that isn't offered), and an exception (a bug of ours, which ends the program).
"""
from __future__ import annotations

import inspect
import json
from typing import Any, BinaryIO, Callable, Dict, get_type_hints

Answer = Dict[str, Any]

PARSE_ERROR, INVALID_REQUEST, NO_SUCH_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602


class RpcError(Exception):
    """A request that gets no answer, with its code in JSON-RPC."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def offered(method: Callable[..., Answer]) -> Callable[..., Answer]:
    """Marks a method as one that may be called from outside, by its name."""
    method.offered = True  # type: ignore[attr-defined]
    return method


def _method(target: object, name: object) -> Callable[..., Answer]:
    method = getattr(target, name, None) if isinstance(name, str) else None
    if not getattr(method, "offered", False):
        raise RpcError(NO_SUCH_METHOD, f"no method {name}")
    return method


def _checked(method: Callable[..., Answer], params: object) -> Dict[str, Any]:
    """The parameters of a call, if the method takes them: by name and by type, none missing, none too many."""
    if not isinstance(params, dict):
        raise RpcError(INVALID_PARAMS, "params must be an object")
    try:
        inspect.signature(method).bind(**params)
    except TypeError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    for name, wanted in get_type_hints(method).items():
        if name in params and (not isinstance(params[name], wanted) or isinstance(params[name], bool)):
            raise RpcError(INVALID_PARAMS, f"{name} must be of the type {wanted.__name__}")
    return params


def _call(target: Any, request: object) -> Answer:
    """Makes one call; the events that it caused go into its answer."""
    if not isinstance(request, dict) or request.get("jsonrpc") != "2.0" or "method" not in request:
        raise RpcError(INVALID_REQUEST, "no request of JSON-RPC 2.0")
    method = _method(target, request["method"])
    answer = method(**_checked(method, request.get("params", {})))
    return {**answer, "events": target.take_events()}


def response_to(target: Any, line: bytes) -> Dict[str, Any]:
    """The response to one line, whatever is in it."""
    response: Dict[str, Any] = {"jsonrpc": "2.0", "id": None}
    try:
        try:
            request = json.loads(line)
        except ValueError:
            raise RpcError(PARSE_ERROR, "no JSON") from None
        if isinstance(request, dict):
            response["id"] = request.get("id")
        return {**response, "result": _call(target, request)}
    except RpcError as error:
        return {**response, "error": {"code": error.code, "message": str(error)}}


def serve(target: Any, requests: BinaryIO, responses: BinaryIO) -> None:
    """Answers until the input ends or somebody says `bye`.

    target -- has a method for each of the protocol's, marked with `offered`; `take_events`, which returns the events
              since it was last called; and `done`, true when it has been told to end
    """
    for line in requests:
        responses.write(json.dumps(response_to(target, line)).encode() + b"\n")
        responses.flush()
        if target.done:
            return
