"""Numbers: those that user space writes, and those that the kernel hands out."""
from __future__ import annotations

import re
from typing import Set

from .errors import Errno

_DIGITS = {16: re.compile("0[xX]([0-9a-fA-F]+)"), 8: re.compile("(0[0-7]*)"), 10: re.compile("([1-9][0-9]*)")}


def line(text: str) -> str:
    """What C makes of a text that was written: it ends at a NUL, and a newline at its end doesn't count."""
    text = text.partition("\0")[0]
    return text[:-1] if text.endswith("\n") else text


def kstrtoul(text: str) -> int:
    """The number that a text is in C's notation: 0x10, 010 or 10; a plus before it and a newline behind it are allowed.

    Raises EINVAL for everything else, ERANGE from 2^64 on. (lib/kstrtox.c, 6.1)
    """
    digits = line(text)
    digits = digits[1:] if digits.startswith("+") else digits
    for base, pattern in _DIGITS.items():
        match = pattern.fullmatch(digits)
        if match:
            value = int(match[1], base)
            if value >= 1 << 64:
                raise Errno("ERANGE")
            return value
    raise Errno("EINVAL")


def kstrtoint(text: str) -> int:
    """A number of 32 bits, in the same notation, with a minus if need be."""
    negative = text.startswith("-")
    if negative and text[1:2] == "+":
        raise Errno("EINVAL")
    value = -kstrtoul(text[1:]) if negative else kstrtoul(text)
    if not -(1 << 31) <= value < 1 << 31:
        raise Errno("ERANGE")
    return value


def u32(value: int) -> int:
    """As an unsigned number of 32 bits: -1 is 4294967295."""
    return value & 0xFFFFFFFF


class Ida:
    """Hands out the lowest number that is free; what is given back is free again."""

    def __init__(self, start: int = 0) -> None:
        self._start = start
        self._taken: Set[int] = set()

    def take(self) -> int:
        number = self._start
        while number in self._taken:
            number += 1
        self._taken.add(number)
        return number

    def free(self, number: int) -> None:
        self._taken.remove(number)
