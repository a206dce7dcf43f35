#!/usr/bin/env python3
"""Reads revocation filters and deltas by docs/formats/revocation-filter.md alone, with hashlib and python3-cryptography.

usage: read_filter.py VERIFIER_KEY FILTER [--delta DELTA] SUBJECT_SHA256 KEY_SHA256 SERIAL
"""
import argparse
import base64
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KINDS = {"filter": b"shomei revocation filter 1\n", "delta": b"shomei revocation filter delta 1\n"}
WORD = 2**64 - 1


class Broken(Exception):
    """What does not hold, in one sentence."""


def demand(condition, sentence):
    if not condition:
        raise Broken(sentence)


def open_note(note, verifier_key):
    """The text of a signed note, when the key has signed it."""
    name, key_id, typed = verifier_key.strip().split("+", 2)
    key = base64.b64decode(typed, validate=True)
    demand(key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id, "a strange verifier key")
    text, blank, signatures = note.decode("utf-8").rpartition("\n\n")
    demand(blank and signatures.endswith("\n"), "no signed note")
    held = 0
    for line in signatures[:-1].split("\n"):
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        demand(dash == "\u2014" and base64.b64encode(signature).decode() == encoded, "no line of a signature")
        if signer == name and signature[:4].hex() == key_id:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], (text + "\n").encode())
            held += 1
    demand(held, "not signed by this key")
    return name, text + "\n"


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        demand(self.at + count <= len(self.data), "cut off")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count):
        return int.from_bytes(self.take(count), "big")


def open_frame(kind, data, verifier_key):
    """Size of the tree, made-at, digest and content of a file."""
    demand(data.startswith(KINDS[kind]) and len(data) <= 2**30, "another first line")
    length = int.from_bytes(data[-4:], "big")
    demand(length <= 65536 and length + 4 <= len(data), "a strange length of the note")
    body, note = data[:-4 - length], data[-4 - length:-4]
    digest = hashlib.sha256(body).digest()
    name, text = open_note(note, verifier_key)
    content = Bytes(body)
    content.take(len(KINDS[kind]))
    made_at = content.number(8)
    checkpoint_name, checkpoint = open_note(content.take(content.number(4)), verifier_key)
    origin, size, root = checkpoint.split("\n")[:3]
    demand(checkpoint_name == name == origin and re.fullmatch("0|[1-9][0-9]*", size), "another journal's checkpoint")
    what = "revocation filter" if kind == "filter" else "revocation filter delta"
    demand(text == f"{origin} {what}\n{size}\n{root}\n{base64.b64encode(digest).decode()}\n", "the note is over other bytes")
    return int(size), made_at, digest, content


class Map:
    def __init__(self, content):
        self.columns, self.slots, self.seed = content.number(1), content.number(4), content.number(4)
        demand(self.columns <= 32, "too many columns")
        demand(self.slots % 64 == 0 and self.slots >= 256 if self.columns else self.slots == self.seed == 0, "strange slots")

    def read(self, content):
        """Each column as one number, slot s its bit s."""
        words = content.take(self.slots // 64 * self.columns * 8)
        self.column = []
        for c in range(self.columns):
            own = [words[i:i + 8] for i in range(8 * c, len(words), 8 * self.columns)]
            self.column.append(int.from_bytes(b"".join(reversed(own)), "big"))

    def mix(self, key, n):
        z = (int.from_bytes(key[8:], "big") + (8 * self.seed + n) * 0x9e3779b97f4a7c15) & WORD
        z = ((z ^ z >> 30) * 0xbf58476d1ce4e5b9) & WORD
        z = ((z ^ z >> 27) * 0x94d049bb133111eb) & WORD
        return z ^ z >> 31

    def value(self, key):
        start = int.from_bytes(key[:4], "big") * (self.slots - 255) >> 32
        mask = sum(self.mix(key, n) << 64 * (n - 1) for n in (1, 2, 3, 4)) | 1
        return sum((bin((column >> start) & mask).count("1") & 1) << c for c, column in enumerate(self.column))

    def fingerprint(self, key):
        return self.mix(key, 5) & (1 << self.columns) - 1


class Filter:
    def __init__(self, data, verifier_key):
        self.size, self.made_at, self.digest, content = open_frame("filter", data, verifier_key)
        self.base_size, self.verifier_key, self.changes = self.size, verifier_key, None
        self.salt, self.sections = content.take(16), []
        for _ in range(content.number(1)):
            authority = take_authority(content)
            self.sections.append((authority, content.number(8), content.number(8), Map(content), Map(content)))
        for _, issued, revoked, first, second in self.sections:
            demand(revoked <= issued and second.columns == (0 < revoked < issued) >= (first.columns > 0), "strange maps")
            first.read(content)
            second.read(content)
        demand(content.at == len(content.data), "bytes follow")
        self.authorities = [section[0] for section in self.sections]

    def apply(self, data):
        size, made_at, _, content = open_frame("delta", data, self.verifier_key)
        demand(content.take(32) == self.digest, "a delta of another filter")
        demand(content.number(8) == self.base_size, "a delta of another filter")
        demand(self.size <= size and self.made_at <= made_at, "a delta that leads back")
        count, heads = content.number(1), []
        for _ in range(content.number(1)):
            authority = take_authority(content)
            content.take(16)
            heads.append((authority, content.number(4), content.number(4)))
        authorities = [head[0] for head in heads]
        demand(authorities[:len(self.sections)] == [section[0] for section in self.sections], "other authorities")
        changes = []
        for _, revoked, good in heads:
            lists = [[content.take(count) for _ in range(length)] for length in (revoked, good)]
            demand(all(keys == sorted(set(keys)) for keys in lists) and not set(lists[0]) & set(lists[1]), "out of order")
            changes.append((set(lists[0]), set(lists[1]), count))
        demand(content.at == len(content.data), "bytes follow")
        self.size, self.made_at, self.changes, self.authorities = size, made_at, changes, authorities

    def answer(self, issuer, serial):
        """"good" or "revoked", of a certificate that was issued; "none": the authority is not covered."""
        found = [i for i, authority in enumerate(self.authorities) if authority[2:] == issuer]
        if not found:
            return "none"
        key = hashlib.sha256(self.salt + serial.lstrip(b"\0")).digest()[:16]
        if self.changes:
            revoked, good, count = self.changes[found[0]]
            if key[:count] in revoked or key[:count] in good:
                return "revoked" if key[:count] in revoked else "good"
        if found[0] >= len(self.sections):
            return "good"
        _, _, revoked, first, second = self.sections[found[0]]
        if not second.columns:
            return "revoked" if revoked else "good"
        alike = not first.columns or first.value(key) == first.fingerprint(key)
        return "revoked" if alike and second.value(key) else "good"


def take_authority(content):
    """Name, digest of the certificate, and of its subject and its key."""
    return (content.take(content.number(1)), *(content.take(32) for _ in range(3)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("verifier_key", "filter", "subject", "key", "serial"):
        parser.add_argument(name)
    parser.add_argument("--delta")
    words = parser.parse_args()
    with open(words.filter, "rb") as file:
        read = Filter(file.read(), words.verifier_key)
    if words.delta:
        with open(words.delta, "rb") as file:
            read.apply(file.read())
    print(read.answer((bytes.fromhex(words.subject), bytes.fromhex(words.key)), bytes.fromhex(words.serial)))


if __name__ == "__main__":
    try:
        main()
    except (Broken, InvalidSignature, ValueError) as error:
        raise SystemExit(f"the filter does not hold: {error!r}") from None
