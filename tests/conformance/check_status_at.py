#!/usr/bin/env python3
"""Checks a statement about a certificate's past by docs/formats/status-at.md, receipt.md and journal-entry.md alone, with
hashlib and the library `cryptography`.

usage: check_status_at.py FILE VERIFIER_KEY [--authority-certificate FILE]

Prints one line; ends with 0 when the statement holds, 1 when it does not (the line begins with the check), 2 when it was
called wrongly.
"""
import argparse
import base64
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.x509.oid import ExtendedKeyUsageOID

JST = timezone(timedelta(hours=9))
REASONS = {0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged", 4: "superseded",
           5: "cessationOfOperation", 6: "certificateHold", 8: "removeFromCRL", 9: "privilegeWithdrawn", 10: "aACompromise"}
MEMBERS = {"shomei_status_at", "authority", "serial", "at", "produced_at", "good", "known_now", "known_then", "changes", "proof"}


class Wrong(Exception):
    """What does not hold: the check and one sentence."""


def demand(condition, check, sentence):
    if not condition:
        raise Wrong(f"{check}: {sentence}")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def of_base64(text, check):
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Wrong(f"{check}: not base64: {error}") from None
    demand(base64.b64encode(decoded).decode() == text, check, "base64 of more than one form")
    return decoded


def of_base64url(text):
    decoded = of_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), "form")
    demand("+" not in text and "/" not in text and "=" not in text, "form", "not base64url")
    return decoded


def one_form(document):
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parse_one_form(text):
    try:
        document = json.loads(text)
    except ValueError as error:
        raise Wrong(f"form: not JSON: {error}") from None
    demand(isinstance(document, dict) and one_form(document) == text, "form", "not written in its one form")
    return document


# DER, as far as entries and status parts need it.

def values(data):
    """The tags and contents of the values behind one another."""
    while data:
        demand(len(data) >= 2, "proof", "DER is cut off")
        tag, length, at = data[0], data[1], 2
        if length >= 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[2:2 + count], "big"), 2 + count
        demand(len(data) >= at + length, "proof", "DER is cut off")
        yield tag, data[at:at + length]
        data = data[at + length:]


def members(data):
    """Of the one SEQUENCE that the bytes are."""
    (tag, content), = values(data)
    demand(tag == 0x30, "proof", "DER: no SEQUENCE")
    return list(values(content))


def integer(content):
    return int.from_bytes(content, "big")


def of_generalized_time(content):
    return datetime.strptime(content.decode(), "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)


def instant(text):
    demand(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+09:00", text), "form", f"{text} is no instant")
    return datetime.fromisoformat(text)


def told(at):
    return at.astimezone(JST).isoformat(timespec="seconds")


class Entry:
    """One of the proof, whose leaf is in the tree and whose part is the one that was recorded."""

    def __init__(self, document, size, root):
        demand(set(document) == {"entry", "inclusion", "parts"} and set(document["parts"]) <= {"status"}, "proof",
               "an entry has more or less than it should")
        der = of_base64(document["entry"], "proof")
        (_, version), (_, sequence), (_, recorded), _, _, (_, commitment), _, _ = members(der)
        demand(integer(version) == 1, "proof", "an entry of another version")
        self.sequence, milliseconds = integer(sequence), integer(recorded)
        self.recorded_at = datetime.fromtimestamp(milliseconds // 1000, timezone.utc) + timedelta(milliseconds=milliseconds % 1000)
        path = [of_base64(text, "proof") for text in document["inclusion"]]
        demand(self.root(sha256(b"\0", der), path, size) == root, "proof", f"the entry {self.sequence} is not in the tree")
        self.changes = None
        if "status" in document["parts"]:
            salt, body = (of_base64(document["parts"]["status"][name], "proof") for name in ("salt", "body"))
            demand(sha256(b"shomei journal part v1\0\0", salt, body) == commitment, "proof",
                   f"the part of entry {self.sequence} is not the one that was recorded")
            (_, _), (_, changes) = members(body)
            self.changes = [(tag & 0x1F, list(values(content))) for tag, content in values(changes)]

    def root(self, node, path, size):
        """RFC 9162 2.1.3.2."""
        at, last = self.sequence, size - 1
        demand(at <= last, "proof", "an entry beyond the checkpoint")
        for beside in path:
            demand(last > 0, "proof", "an inclusion proof is too long")
            if at & 1 or at == last:
                node = sha256(b"\1", beside, node)
                while not at & 1 and at:
                    at, last = at >> 1, last >> 1
            else:
                node = sha256(b"\1", node, beside)
            at, last = at >> 1, last >> 1
        demand(last == 0, "proof", "an inclusion proof is too short")
        return node

    def authority(self, name):
        for tag, content in self.changes or []:
            if tag == 0 and content[0][1].decode() == name:
                return content[1][1]
        return None

    def changes_of(self, authority, serial):
        """What the part says of the certificate, as documents."""
        for tag, content in self.changes:
            if tag not in (2, 3, 4, 5) or content[0][1].decode() != authority or integer(content[1][1]) != serial:
                continue
            times = [told(of_generalized_time(value)) for kind, value in content if kind == 0x18]
            change = {"change": {2: "issued", 3: "revoked", 4: "suspended", 5: "restored"}[tag], "sequence": self.sequence,
                      "recorded_at": self.recorded_at.astimezone(JST).isoformat(timespec="milliseconds")}
            if tag == 2:
                change |= {"not_before": times[0], "not_after": times[1], "certificate": content[5][1].hex().upper()}
            else:
                change["from"] = times[0]
            if tag == 3:
                change["reason"] = REASONS[integer(content[3][1])]
                for kind, value in content[4:]:
                    demand(kind == 0x80, "proof", "an unknown member of a revocation")
                    change["invalidity_at"] = told(of_generalized_time(value))
            yield change


def open_checkpoint(note, key_text):
    name, identifier, encoded = key_text.split("+", 2)
    key = base64.b64decode(encoded)
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    origin, size, root = text.splitlines()
    demand(origin == name, "checkpoint", "of another journal")
    found = re.fullmatch(r"— (\S+) (\S+)\n", signatures)
    demand(found and found.group(1) == name, "checkpoint", "not signed by that name")
    signature = of_base64(found.group(2), "checkpoint")
    demand(signature[:4].hex() == identifier and key[:1] == b"\1" and
           sha256(name.encode(), b"\n", key)[:4] == signature[:4], "checkpoint", "another key identifier")
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], text.encode())
    except InvalidSignature:
        raise Wrong("checkpoint: the signature does not hold") from None
    return int(size), of_base64(root, "checkpoint")


def state_of(changes, at, counts, invalidity):
    issue = next((c for c in changes if c["change"] == "issued"), None)
    if issue is None or instant(issue["recorded_at"]) > at:
        return {"state": "unknown"}
    state = {"state": "valid", "expired": at > instant(issue["not_after"]), "not_yet_valid": at < instant(issue["not_before"])}
    for change in changes:
        if change["change"] != "issued" and counts(change):
            state = {"state": {"restored": "valid"}.get(change["change"], change["change"]), "expired": state["expired"],
                     "not_yet_valid": state["not_yet_valid"]}
            if state["state"] != "valid":
                state["since"] = change["from"]
            if "reason" in change:
                state["reason"] = change["reason"]
    for change in invalidity:
        if "invalidity_at" in change and instant(change["invalidity_at"]) <= at:
            state["invalidity_at"] = change["invalidity_at"]
    return state


def check_answers(statement):
    at, changes = instant(statement["at"]), statement["changes"]
    then = [c for c in changes if instant(c["recorded_at"]) <= at]
    now = state_of(changes, at, lambda c: instant(c["from"]) <= at, changes)
    demand(statement["known_now"] == now, "form", f"known_now is {now}")
    demand(statement["known_then"] == state_of(then, at, lambda c: True, then), "form", "known_then is another")
    good = now["state"] == "valid" and not (now["expired"] or now["not_yet_valid"] or "invalidity_at" in now)
    demand(statement["good"] == good, "form", f"good is {good}")


def verify(key, signature, text, algorithm):
    """The JWS's signature; the algorithm must be that of the key."""
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm == "RS256":
            return key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
        for curve, name, digest, half in ((ec.SECP256R1, "ES256", hashes.SHA256(), 32), (ec.SECP384R1, "ES384", hashes.SHA384(), 48)):
            if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, curve) and algorithm == name:
                demand(len(signature) == 2 * half, "signature", "of another length")
                numbers = utils.encode_dss_signature(integer(signature[:half]), integer(signature[half:]))
                return key.verify(numbers, text, ec.ECDSA(digest))
        if isinstance(key, ed25519.Ed25519PublicKey) and algorithm == "EdDSA":
            return key.verify(signature, text)
    except InvalidSignature:
        raise Wrong("signature: it does not hold") from None
    raise Wrong("signature: the algorithm is not that of the key")


def check_responder(responder, authority, produced_at):
    try:
        responder.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError):
        raise Wrong("responder: the authority has not signed its certificate") from None
    uses = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    demand(ExtendedKeyUsageOID.OCSP_SIGNING in uses, "responder", "not for OCSP signing")
    demand(responder.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature, "responder", "no digitalSignature")
    demand(responder.not_valid_before_utc <= produced_at <= responder.not_valid_after_utc, "responder", "not valid then")


def check_changes(statement, entries):
    serial = int(statement["serial"], 16)
    sequences = [c["sequence"] for c in statement["changes"]]
    demand(sequences == sorted(sequences), "changes", "not in the order of the journal")
    withheld = []
    for entry in entries:
        said = [c for c in statement["changes"] if c["sequence"] == entry.sequence]
        demand(all(instant(c["recorded_at"]) == entry.recorded_at for c in said), "changes", "recorded at another time")
        if entry.changes is None:
            withheld.append(entry.sequence)
        else:
            demand(said == list(entry.changes_of(statement["authority"], serial)), "changes",
                   f"the entry {entry.sequence} says something else")
    return withheld


def check(text, key, expected):
    jws = None
    if text.startswith('{"payload"'):
        jws = parse_one_form(text)
        demand(set(jws) == {"payload", "protected", "signature"}, "form", "other members than a JWS's")
        text = of_base64url(jws["payload"]).decode()
    statement = parse_one_form(text)
    demand(set(statement) == MEMBERS and statement["shomei_status_at"] == 1, "form", "other members than a statement's")
    check_answers(statement)
    proof, at, produced_at = statement["proof"], instant(statement["at"]), instant(statement["produced_at"])
    demand(proof["shomei_receipt"] == 1 and proof["key"] == key, "key", "made under another")
    size, root = open_checkpoint(proof["checkpoint"], key)
    entries = [Entry(document, size, root) for document in proof["entries"]]
    sequences = [entry.sequence for entry in entries]
    demand(sequences == sorted(set(sequences)), "proof", "entries out of order")
    founding = next((e for e in entries if e.authority(statement["authority"])), None)
    demand(founding, "authority", "no entry adds it")
    der = founding.authority(statement["authority"])
    demand(expected in (None, der), "authority", "its certificate is another")
    authority = x509.load_der_x509_certificate(der)
    needed = {c["sequence"] for c in statement["changes"]} | {founding.sequence}
    demand(set(sequences) == needed, "proof", "entries that are missing, or that nothing asks for")
    if jws:
        header = parse_one_form(of_base64url(jws["protected"]).decode())
        demand(set(header) == {"alg", "typ", "x5c"} and len(header["x5c"]) == 1, "form", "another header")
        responder = x509.load_der_x509_certificate(of_base64(header["x5c"][0], "form"))
        demand(header["typ"] == "shomei-status-at", "signature", "of another type")
        verify(responder.public_key(), of_base64url(jws["signature"]), f"{jws['protected']}.{jws['payload']}".encode(), header["alg"])
        check_responder(responder, authority, produced_at)
    withheld = check_changes(statement, entries)
    demand(at <= produced_at, "time", "it is about an instant that was to come")
    demand(all(e.recorded_at.replace(microsecond=0) <= produced_at for e in entries), "time", "an entry is later than it")
    return statement, bool(jws), withheld


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("file")
    parser.add_argument("key")
    parser.add_argument("--authority-certificate")
    asked = parser.parse_args()
    expected = None
    if asked.authority_certificate:
        with open(asked.authority_certificate, "rb") as file:
            certificate = x509.load_pem_x509_certificate(file.read())
        expected = certificate.public_bytes(serialization.Encoding.DER)
    with open(asked.file, encoding="utf-8") as file:
        text = file.read().rstrip("\n")
    try:
        statement, signed, withheld = check(text, asked.key, expected)
    except Wrong as wrong:
        print(wrong)
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        print(f"form: {error!r}")
        return 1
    print(f"holds: {statement['serial']} {statement['known_now']['state']} good={statement['good']} signed={signed} withheld={withheld}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
