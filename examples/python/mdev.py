#!/usr/bin/env python3
"""The mdev core of Linux 6.1 as a program that speaks protocol 1 over standard input and output.

    mdevct run --adapter "exec:python3 examples/python/mdev.py"

A second implementation, made of what is known of the kernel and of nothing in this project's reference. What it
has is in `machine.HELLO`; README.md says what it leaves out.
"""
import sys

import machine
import protocol

if __name__ == "__main__":
    protocol.serve(machine.Machine(), sys.stdin.buffer, sys.stdout.buffer)
