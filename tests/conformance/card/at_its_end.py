#!/usr/bin/env python3
"""Runs a command and looks for secrets in its memory when it has done everything but say so.

    at_its_end.py --secret TEXT... [--save FOLDER] -- COMMAND...

Its stdout is a full pipe, so that it waits in writing what came of it; whatever it kept of a secret until then is found
(find_secrets.py). Its output and its exit code are then passed on; 99 when a secret was found, or when it never came to write.
"""
import argparse
import fcntl
import os
import subprocess
import sys
import time

import find_secrets

PATIENCE_SECONDS = 60
WRITE = {"x86_64": "1", "aarch64": "64"}[os.uname().machine]


def full_pipe():
    """(reading end, writing end, how many bytes fill it)."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(writing, False)
    filled = 0
    try:
        while True:
            filled += os.write(writing, b"\n" * 512)
    except BlockingIOError:
        os.set_blocking(writing, True)
        return reading, writing, filled


def writes_to_stdout(pid):
    with open(f"/proc/{pid}/syscall", encoding="ascii") as now:
        return now.read().split()[:2] == [WRITE, "0x1"]


def await_end(process):
    """True when it waits for its stdout; False when it ended without a word."""
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if process.poll() is not None:
            return False
        if writes_to_stdout(process.pid):
            return True
        time.sleep(0.005)
    return False


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--secret", action="append", required=True)
    options.add_argument("--save")
    options.add_argument("command", nargs="+")
    given = options.parse_args()
    reading, writing, filled = full_pipe()
    process = subprocess.Popen(given.command, stdout=writing)
    os.close(writing)
    came = await_end(process)
    found = find_secrets.look([], [process.pid] if came else [], given.secret, given.save) if came else 0
    with os.fdopen(reading, "rb") as output:
        said = output.read()[filled:]
    code = process.wait()
    sys.stdout.buffer.write(said)
    if not came:
        print(f"at_its_end: it ended with {code} before it wrote anything", file=sys.stderr)
    return 99 if found or not came else code


if __name__ == "__main__":
    sys.exit(main())
