#!/usr/bin/env python3
"""Looks for secrets in files and in the memory of running processes.

    find_secrets.py --secret TEXT... [--pid PID...] [--save FOLDER] PATH...

Prints a line "WHERE: FORM of TEXT: BYTES AROUND IT" for each form of a secret that is found, and ends with 0 when there is none, else with 1. A folder stands for all files under it.

Of a process everything is taken that it may have written, as for a core file, and what it has asked the kernel to leave out of
one too; the pages of programs and libraries are those of their files, and so are those of their variables that were never
written. It stands still meanwhile. --save keeps what was read.

The forms: as it is and in either case, hex, base64 at each of its three places, UTF-16 of both byte orders. Of a secret of 12
characters and more each third of it counts, because a freed block loses its first bytes to the allocator. Four digits stand by
chance in any table of numbers: they count when nothing that a number or a base64 text consists of stands beside them, or
when the byte before them says that four bytes follow, as in a command to the card; in the memory of a program with
AddressSanitizer, which is a hundred megabytes of addresses, in the second case alone.
"""
import argparse
import base64
import collections
import os
import re
import signal
import subprocess
import sys
import tempfile

PART = 8
SHADOW_BYTES = 1 << 32  # AddressSanitizer's own notes on the memory, which hold nothing of it
SHORT = 6
# In the highest byte of an entry of /proc/PID/pagemap (0xC0: in memory, or swapped out).
OF_FILE = 0x20


def base64_forms(secret):
    """At each place within three bytes: the characters that the secret decides alone, which are quick to find, and a pattern
    with those around them that it decides in part."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for place in range(3):
        first, last = 8 * place, 8 * (place + len(secret))  # its bits
        text = base64.b64encode(bytes(place) + secret + bytes(3)).decode()
        pattern, whole = "", ""
        for at in range(first // 6, (last + 5) // 6):
            known = sum(32 >> bit for bit in range(6) if first <= 6 * at + bit < last)
            if known == 63:
                whole += text[at]
                pattern += re.escape(text[at])
            else:
                fit = (digit for value, digit in enumerate(digits) if (value ^ digits.index(text[at])) & known == 0)
                pattern += f"[{re.escape(''.join(fit))}]"
        yield whole.encode(), re.compile(pattern.encode()) if len(secret) < SHORT else None


# One thing to look for: what is found quickly, in the content or in the content made small, and what must hold there.
Form = collections.namedtuple("Form", "name needle small pattern")


def alone(part):
    beside = rb"[A-Za-z0-9+/.]"
    return re.compile(b"(?<!" + beside + b")" + part + b"(?!" + beside + b")|" + counted(part))


def counted(part):
    return b"(?<=" + re.escape(bytes([len(part)])) + b")" + part


def forms_of(text):
    whole = text.encode()
    parts = [whole] if len(whole) < 12 else [whole[at : at + PART] for at in range(0, len(whole) - PART + 1, PART // 2)]
    for part in parts:
        yield Form("plain", part.lower(), True, alone(part) if len(part) < SHORT else None)
        for case in dict.fromkeys((part, part.lower(), part.upper())):
            for needle, pattern in base64_forms(case):
                yield Form("base64", needle, False, pattern)
            yield Form("hex", case.hex().encode(), True, None)
            yield Form("UTF-16", case.decode().encode("utf-16-le"), False, None)
            yield Form("UTF-16", case.decode().encode("utf-16-be"), False, None)


def place_of(form, content, small):
    """Where the form is first found, or -1."""
    at = -1
    while True:
        at = (small if form.small else content).find(form.needle, at + 1)
        if at < 0 or form.pattern is None:
            return at
        near = max(0, at - 4)
        if form.pattern.search(content, near, at + len(form.needle) + 4):
            return at


def mappings(pid):
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            area, rights, *rest = line.split()
            name = rest[3] if len(rest) > 3 else "anonymous"
            first, last = (int(end, 16) for end in area.split("-"))
            of_a_file = name.startswith("/") and "w" not in rights
            shadow = last - first > SHADOW_BYTES
            if "r" in rights and not of_a_file and not shadow and not name.startswith("[v"):
                yield name, first, last, name.startswith("/") and "p" in rights


def memory_of(pid):
    """(place, bytes) of each mapping; the process stands still meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory, open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pages:
            for name, first, last, own_copy in mappings(pid):
                yield f"{name} at {first:x}", touched(memory, pages, first, last, own_copy)
    finally:
        os.kill(pid, signal.SIGCONT)


def touched(memory, pages, first, last, own_copy):
    """What is there of a mapping: pages that were never touched (AddressSanitizer has terabytes of them) are left out, and so are
    those of a private mapping of a file that are still the file's."""
    page, got = os.sysconf("SC_PAGE_SIZE"), bytearray()
    step = 1 << 16
    for block in range(first // page, last // page, step):
        count = min(step, last // page - block)
        pages.seek(block * 8)
        flags = pages.read(count * 8)
        if not any(flags):
            continue
        there = [n for n in range(count) if flags[8 * n + 7] & 0xC0 and not (own_copy and flags[8 * n + 7] & OF_FILE)]
        for first_page, after in runs(there):
            memory.seek((block + first_page) * page)
            try:
                got += memory.read((after - first_page) * page)
            except OSError:
                pass  # a device, or what lies behind the end of a file
    return bytes(got)


def runs(numbers):
    begin = None
    for at, number in enumerate(numbers):
        if begin is None:
            begin = number
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield begin, number + 1
            begin = None


def files_under(paths):
    for path in paths:
        if os.path.isdir(path):
            for folder, _, names in os.walk(path):
                yield from (os.path.join(folder, name) for name in names)
        else:
            yield path


def crowded(pid):
    """Whether AddressSanitizer's notes are there."""
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as lines:
        ends = (line.split()[0].split("-") for line in lines)
        return any(int(last, 16) - int(first, 16) > SHADOW_BYTES for first, last in ends)


def contents(paths, pids, save):
    for path in files_under(paths):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                yield path, file.read(), False
    for pid in pids:
        for place, content in memory_of(pid):
            if save:
                with open(os.path.join(save, f"{pid}.core"), "ab") as file:
                    file.write(content)
            yield f"process {pid}, {place}", content, crowded(pid)


def occurring(needles, content):
    """Those of them that occur, in either case and in small letters: grep looks for all at once, which makes a hundred megabytes
    a matter of a second. Of needles that overlap it names the first; those of one secret do, and one is enough."""
    if not content:
        return set()
    with tempfile.TemporaryFile() as patterns:
        patterns.write(needles + b"\n")
        patterns.flush()
        number = patterns.fileno()
        grep = ["grep", "--text", "--ignore-case", "--only-matching", "--fixed-strings", "-f", f"/dev/fd/{number}"]
        c = {"LC_ALL": "C", "PATH": os.environ["PATH"]}
        lines = subprocess.run(grep, input=content, stdout=subprocess.PIPE, env=c, pass_fds=(number,), check=False)
    if lines.returncode > 1:
        sys.exit("find_secrets: grep does not take what it is to look for")
    return {line.lower() for line in lines.stdout.split(b"\n") if line}


def look(paths, pids, secrets, save=None):
    """How many times a form of a secret is in them; each is said in a line."""
    forms = [(secret, form) for secret in secrets for form in forms_of(secret)]
    needles = b"\n".join({form.needle for _, form in forms})
    found, seen = 0, 0
    for place, content, many in contents(paths, pids, save):
        seen += len(content)
        there = occurring(needles, content)
        small = content.lower() if there else b""
        for secret, form in forms:
            if form.needle.lower() not in there:
                continue
            if many and form.name == "plain" and form.pattern is not None:
                form = form._replace(pattern=re.compile(counted(form.needle)))
            at = place_of(form, content, small)
            if at >= 0:
                found += 1
                around = content[max(0, at - 24) : at + 48]
                print(f"{place}: {form.name} of {secret}: {around.hex()} {around!r}", file=sys.stderr)
    if seen == 0:
        sys.exit("find_secrets: there was nothing to look at")
    print(f"find_secrets: {found} in {seen} bytes", file=sys.stderr)
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--secret", action="append", required=True)
    options.add_argument("--pid", action="append", type=int, default=[])
    options.add_argument("--save")
    options.add_argument("path", nargs="*")
    given = options.parse_args()
    return 1 if look(given.path, given.pid, given.secret, given.save) else 0


if __name__ == "__main__":
    sys.exit(main())
