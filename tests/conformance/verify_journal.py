#!/usr/bin/env python3
"""Verifies a journal independently of shomei, by docs/formats/journal-entry.md and tiles.md alone.

usage: verify_journal.py STORE VERIFIER_KEY [--since CHECKPOINT_FILE]
       verify_journal.py FOLDER_OR_URL VERIFIER_KEY [--since CHECKPOINT_FILE]

Of a SQLite store it recomputes every commitment, leaf, tile and the root; of published tiles all but the commitments.
It verifies the checkpoint's signature (by `openssl pkeyutl`).
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
import urllib.error
import urllib.request

WIDTH = 256  # of a full tile
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
    """The hashes of every level of tiles: level 0 are the leaves, level L + 1 the roots of the full tiles of level L. All of
    it is kept: this is a verifier to compare with, not one for millions."""

    def __init__(self):
        self.size, self.levels = 0, [[]]

    def add(self, entry):
        self.size += 1
        level, node = 0, sha256(b"\x00", entry)
        while True:
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(node)
            if len(self.levels[level]) % WIDTH:
                return
            node, level = subtree(self.levels[level][-WIDTH:]), level + 1

    def root(self):
        """RFC 9162 2.1.1: the complete subtrees, the smallest first."""
        if self.size == 0:
            return sha256(b"")
        node = None
        for hashes in self.levels:
            rest = hashes[len(hashes) // WIDTH * WIDTH:]
            while rest:
                count = len(rest) & -len(rest)
                left, rest = subtree(rest[-count:]), rest[:-count]
                node = left if node is None else sha256(b"\x01", left, node)
        return node

    def tiles(self):
        """Level, index and hashes of each tile that the tree has."""
        for level, hashes in enumerate(self.levels):
            for index in range(0, len(hashes), WIDTH):
                yield level, index // WIDTH, b"".join(hashes[index:index + WIDTH])


def subtree(hashes):
    while len(hashes) > 1:
        hashes = [sha256(b"\x01", hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


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
    columns = ("journal.status_salt, status_body, person_salt, person_body, operator_salt, operator_body")
    row = store.execute("SELECT " + columns + " FROM journal LEFT JOIN private_part USING (sequence) WHERE sequence = ?",
                        (sequence,)).fetchone()
    return list(zip(KINDS, row[0::2], row[1::2]))


def verify_parts(store, sequence, commitments):
    """How many parts are gone."""
    gone = 0
    for number, (kind, salt, body) in enumerate(read_parts(store, sequence)):
        if salt is None or body is None:
            demand(kind == "person", "entry %d: the %s part is missing" % (sequence, kind))
            gone += 1
            continue
        computed = sha256(b"shomei journal part v1\x00", bytes([number]), salt, body)
        demand(computed == commitments[number], "entry %d: the %s part is another one" % (sequence, kind))
    return gone


class Entries:
    """Follows the entries of a journal in order."""

    def __init__(self, kept):
        self.tree, self.last_at, self.acts, self.kept = Tree(), 0, set(), kept
        self.kept_root = None
        self.compare_kept()

    def compare_kept(self):
        if self.kept and self.tree.size == self.kept[1]:
            self.kept_root = self.tree.root()

    def add(self, der):
        sequence, recorded_at, act, commitments = parse_entry(der)
        demand(sequence == self.tree.size, "entry %d: it stands in the place of %d" % (sequence, self.tree.size))
        demand(recorded_at >= self.last_at, "entry %d: it is earlier than the one in front" % sequence)
        self.last_at = recorded_at
        self.acts.add(act)
        self.tree.add(der)
        self.compare_kept()
        return sequence, act, commitments

    def close(self, checkpoint):
        """What the entries are, when they are those of the checkpoint."""
        origin, size, root = checkpoint
        demand(size == self.tree.size, "the checkpoint is over %d entries, and there are %d" % (size, self.tree.size))
        demand(root == self.tree.root(), "the checkpoint is over another tree")
        if self.kept:
            demand(self.kept[0] == origin and self.kept[1] <= size and self.kept[2] == self.kept_root,
                   "the journal does not continue the kept checkpoint")
        return "the journal %s holds: %d entries of %d acts, root %s" % (origin, size, len(self.acts), root.hex())


def verify_store(store, verifier_key, kept):
    entries, gone = Entries(kept), 0
    for row, act_column, der in store.execute("SELECT sequence, act, entry FROM journal ORDER BY sequence"):
        sequence, act, commitments = entries.add(der)
        demand(row == sequence, "entry %d: it stands in the row of %d" % (sequence, row))
        demand(act == act_column, "entry %d: the column act says another" % sequence)
        gone += verify_parts(store, sequence, commitments)
    for level, index, hashes in entries.tree.tiles():
        stored = store.execute("SELECT hashes FROM tile WHERE number = ?", (level << 56 | index,)).fetchone()
        demand(stored and stored[0] == hashes, "tile %d of level %d is another one" % (index, level))
    head = store.execute("SELECT size, checkpoint FROM head").fetchone()
    if head is None or not head[1]:
        demand(entries.tree.size == 0, "no checkpoint is signed over the entries")
        return "the journal is empty"
    demand(head[0] == entries.tree.size, "the row of the head says another size")
    return "%s, %d parts erased" % (entries.close(open_checkpoint(head[1], verifier_key)), gone)


class Folder:
    """A folder, or below an http:// address."""

    def __init__(self, place):
        self.place = place.rstrip("/")

    def read(self, path):
        try:
            if self.place.startswith(("http://", "https://")):
                with urllib.request.urlopen(self.place + "/" + path, timeout=30) as answer:
                    return answer.read()
            with open(os.path.join(self.place, path), "rb") as file:
                return file.read()
        except FileNotFoundError:
            raise Broken("there is no " + path) from None
        except urllib.error.HTTPError as error:
            raise Broken("%s: %s" % (path, error)) from None


def tile_path(level, index, width):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "tile/%s/%s%s" % (level, "/".join(groups), "" if width == WIDTH else ".p/%d" % width)


def bundle_entries(bundle):
    while bundle:
        demand(len(bundle) >= 2, "a length in a bundle is cut off")
        length = int.from_bytes(bundle[:2], "big")
        demand(len(bundle) >= 2 + length, "an entry in a bundle is cut off")
        yield bundle[2:2 + length]
        bundle = bundle[2 + length:]


def verify_published(folder, verifier_key, kept):
    checkpoint = open_checkpoint(folder.read("checkpoint").decode(), verifier_key)
    entries = Entries(kept)
    for first in range(0, checkpoint[1], WIDTH):
        width = min(WIDTH, checkpoint[1] - first)
        path = tile_path("entries", first // WIDTH, width)
        for der in bundle_entries(folder.read(path)):
            entries.add(der)
        demand(entries.tree.size == first + width, "%s has another number of entries" % path)
    for level, index, hashes in entries.tree.tiles():
        path = tile_path(level, index, len(hashes) // 32)
        demand(folder.read(path) == hashes, "%s is another one" % path)
    return entries.close(checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("journal", help="a SQLite store, or where the tiles are: a folder or an http:// address")
    parser.add_argument("verifier_key")
    parser.add_argument("--since", help="a file with a checkpoint that was kept")
    arguments = parser.parse_args()
    since = None
    if arguments.since:
        with open(arguments.since, encoding="utf-8") as file:
            since = file.read()
    try:
        key = parse_verifier_key(arguments.verifier_key)
        kept = open_checkpoint(since, key) if since else None
        if os.path.isdir(arguments.journal) or arguments.journal.startswith("http"):
            print(verify_published(Folder(arguments.journal), key, kept))
            return 0
        store = sqlite3.connect("file:%s?mode=ro" % arguments.journal, uri=True)
        store.execute("BEGIN")
        print(verify_store(store, key, kept))
        return 0
    except (Broken, ValueError, TypeError, sqlite3.Error, OSError) as error:
        print("the journal does not hold: %s" % error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
