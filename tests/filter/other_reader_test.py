#!/usr/bin/env python3
"""The reader of read_filter.py before files that make_filter writes: other_reader_test.py MAKE_FILTER. It answers what the
states say, and refuses what is cut or bent."""
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
except ImportError:
    print("python3-cryptography is not installed: nothing is tested")
    sys.exit(77)

from read_filter import Broken, Filter

VECTORS = Path(__file__).parents[1] / "vectors/filter"
CASES_MIN, QUESTIONS_MIN = 7, 20000


def check_answers(folder, key):
    """Each question before and after the delta; how many were asked."""
    asked = 0
    cases = sorted(folder.glob("*.questions"))
    assert len(cases) >= CASES_MIN, f"only {len(cases)} cases were made"
    for case in cases:
        before = Filter(case.with_suffix(".filter").read_bytes(), key)
        after = Filter(case.with_suffix(".filter").read_bytes(), key)
        after.apply(case.with_suffix(".delta").read_bytes())
        for line in case.read_text().splitlines():
            subject, issuer_key, serial, then, now = line.split()
            issuer = (bytes.fromhex(subject), bytes.fromhex(issuer_key))
            for reader, said in ((before, then), (after, now)):
                got = reader.answer(issuer, bytes.fromhex(serial))
                assert said in (got, "unknown"), f"{case.name}: {line}: the reader says {got}"
                asked += said != "unknown"
    assert asked >= QUESTIONS_MIN, f"only {asked} questions were asked"
    return asked


def refused(read):
    try:
        read()
    except (Broken, InvalidSignature, ValueError, IndexError):
        return True
    return False


def check_refusals(folder, key):
    whole, delta = (folder / "known.filter").read_bytes(), (folder / "known.delta").read_bytes()
    reader = Filter(whole, key)
    for data, read in ((whole, lambda d: Filter(d, key)), (delta, reader.apply)):
        for length in range(0, len(data), 5):
            assert refused(lambda: read(data[:length])), f"cut at {length}"
        for at in range(0, len(data), 3):
            bent = data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]
            assert refused(lambda: read(bent)), f"bent at {at}"
    other = Filter((folder / "ordinary.filter").read_bytes(), key)
    assert refused(lambda: other.apply(delta)), "a delta of another filter"


def main(make_filter):
    with tempfile.TemporaryDirectory(prefix="shomei-filter-") as name:
        folder = Path(name)
        subprocess.run([make_filter, name], check=True, timeout=60)
        key = (folder / "key").read_text()
        asked = check_answers(folder, key)
        check_refusals(folder, key)
        for made in (folder / "vectors").iterdir():
            assert made.read_bytes() == (VECTORS / made.name).read_bytes(), f"{made.name} is not the one of tests/vectors"
    print(f"{asked} answers of another reader are right")


if __name__ == "__main__":
    main(sys.argv[1])
