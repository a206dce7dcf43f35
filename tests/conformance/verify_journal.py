#!/usr/bin/env python3
"""Verifies the journal in a SQLite store, independently of shomei, by docs/formats/journal-entry.md alone.

usage: verify_journal.py STORE VERIFIER_KEY [--since CHECKPOINT_FILE]

Recomputes every commitment, leaf and the root, and verifies the checkpoint's signature (by `openssl pkeyutl`).
Prints one line; ends with 0 when the journal holds, 1 when it does not, 2 when it was called wrongly.
"""
import argparse
import base64
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

KINDS = ("status", "person", "operator")


class Broken(Exception):
    """What does not hold, in one sentence."""


def demand(condition, sentence):
    if not condition:
        raise Broken(sentence)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def take(data, tag):
    """The content of the DER value in front, and what follows it."""
    demand(len(data) >= 2 and data[0] == tag, "DER: another tag than %02x" % tag)
    length, at = data[1], 2
    if length >= 0x80:
        count = length & 0x7F
        demand(1 <= count <= 4 and len(data) >= 2 + count, "DER: the length is cut off")
        length, at = int.from_bytes(data[2:2 + count], "big"), 2 + count
        demand(length >= 0x80 and data[2] != 0, "DER: the length is not the shortest")
    demand(len(data) >= at + length, "DER: the value is cut off")
    return data[at:at + length], data[at + length:]


def take_integer(data):
    content, rest = take(data, 0x02)
    demand(content and not content[0] & 0x80, "DER: a negative INTEGER")
    demand(len(content) == 1 or content[0] or content[1] & 0x80, "DER: the INTEGER is not the shortest")
    return int.from_bytes(content, "big"), rest


def parse_entry(der):
    content, rest = take(der, 0x30)
    demand(not rest, "bytes follow the entry")
    version, content = take_integer(content)
    demand(version == 1, "the entry is of version %d" % version)
    sequence, content = take_integer(content)
    recorded_at, content = take_integer(content)
    act, content = take(content, 0x0C)
    phase, content = take(content, 0x0A)
    demand(re.fullmatch(rb"[a-z0-9-]{8,64}", act), "the act is not an identifier")
    demand(len(phase) == 1 and phase[0] <= 4, "there is no such phase")
    commitments = []
    for _ in KINDS:
        commitment, content = take(content, 0x04)
        demand(len(commitment) == 32, "a commitment is not of 32 bytes")
        commitments.append(commitment)
    demand(not content, "the entry has a member too many")
    return sequence, recorded_at, act.decode(), commitments


class Tree:
    """RFC 9162 2.1.1, with one hash for each complete subtree from the left."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, entry):
        node, rest = sha256(b"\x00", entry), self.size
        while rest & 1:
            node, rest = sha256(b"\x01", self.peaks.pop(), node), rest >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        if not self.peaks:
            return sha256(b"")
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = sha256(b"\x01", left, node)
        return node


def parse_verifier_key(text):
    name, key_id, encoded = text.split("+", 2)
    typed = base64.b64decode(encoded, validate=True)
    demand(len(typed) == 33 and typed[0] == 1, "the verifier key is not of an Ed25519 key")
    demand(sha256(name.encode(), b"\n", typed)[:4].hex() == key_id, "the verifier key's id is not its own")
    return name, bytes.fromhex(key_id), typed[1:]


def signature_holds(key, text, signature):
    spki = bytes.fromhex("302a300506032b6570032100") + key
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("key", "text", "signature")]
        for path, content in zip(paths, (spki, text, signature)):
            with open(path, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0],
                   "-rawin", "-in", paths[1], "-sigfile", paths[2]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def open_checkpoint(note, verifier_key):
    name, key_id, key = verifier_key
    text, blank, signatures = note.rpartition("\n\n")
    demand(blank and signatures.endswith("\n"), "the checkpoint is not a signed note")
    text += "\n"
    held = 0
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        if dash == "\u2014" and signer == name and signature[:4] == key_id:
            holds = signature_holds(key, text.encode(), signature[4:])
            demand(holds, "the checkpoint's signature does not hold")
            held += 1
    demand(held, "the checkpoint is not signed with this key")
    origin, size, root = text.splitlines()[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def read_parts(store, sequence):
    for kind in KINDS:
        sql = "SELECT salt, body FROM %s_part WHERE sequence = ?" % kind
        if kind == "person":
            sql = ("SELECT salt, body FROM person_part JOIN person_salt USING (sequence) WHERE sequence = ?")
        yield kind, store.execute(sql, (sequence,)).fetchone()


def verify_parts(store, sequence, commitments):
    """How many parts are gone."""
    gone = 0
    for number, (kind, part) in enumerate(read_parts(store, sequence)):
        if part is None:
            demand(kind != "status", "entry %d: the status part is missing" % sequence)
            gone += 1
            continue
        salt, body = part
        computed = sha256(b"shomei journal part v1\x00", bytes([number]), salt, body)
        demand(computed == commitments[number], "entry %d: the %s part is another one" % (sequence, kind))
    return gone


def verify(store, verifier_key, since):
    tree, last_at, gone, acts = Tree(), 0, 0, set()
    kept = open_checkpoint(since, verifier_key) if since else None
    kept_root = tree.root()
    for row, act_column, entry in store.execute("SELECT sequence, act, entry FROM journal ORDER BY sequence"):
        sequence, recorded_at, act, commitments = parse_entry(entry)
        demand(row == tree.size == sequence, "entry %d: it stands in the place of %d" % (sequence, tree.size))
        demand(act == act_column, "entry %d: the column act says another" % sequence)
        demand(recorded_at >= last_at, "entry %d: it is earlier than the one in front" % sequence)
        gone += verify_parts(store, sequence, commitments)
        last_at = recorded_at
        acts.add(act)
        tree.add(entry)
        if kept and tree.size == kept[1]:
            kept_root = tree.root()
    note = store.execute("SELECT note FROM checkpoint").fetchone()
    if note is None:
        demand(tree.size == 0, "no checkpoint is signed over the entries")
        return "the journal is empty"
    origin, size, root = open_checkpoint(note[0], verifier_key)
    demand(size == tree.size, "the checkpoint is over %d entries, and there are %d" % (size, tree.size))
    demand(root == tree.root(), "the checkpoint is over another tree")
    if kept:
        demand(kept[0] == origin and kept[1] <= size and kept[2] == kept_root,
               "the journal does not continue the kept checkpoint")
    return "the journal %s holds: %d entries of %d acts, %d parts erased, root %s" % (
        origin, size, len(acts), gone, root.hex())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store")
    parser.add_argument("verifier_key")
    parser.add_argument("--since", help="a file with a checkpoint that was kept")
    arguments = parser.parse_args()
    since = None
    if arguments.since:
        with open(arguments.since, encoding="utf-8") as file:
            since = file.read()
    try:
        store = sqlite3.connect("file:%s?mode=ro" % arguments.store, uri=True)
        store.execute("BEGIN")
        print(verify(store, parse_verifier_key(arguments.verifier_key), since))
        return 0
    except (Broken, ValueError, TypeError, sqlite3.Error) as error:
        print("the journal does not hold: %s" % error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
