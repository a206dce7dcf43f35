#!/usr/bin/env python3
"""read_lists.py URL CERTIFICATE NAME...: downloads the revocation lists of those names and their delta lists, one after the other,
until it is sent SIGTERM, and says the first thing that is not as docs/formats/certificate-profile.md promises. NAME is
AUTHORITY or AUTHORITY/CODE; CERTIFICATE is the authority's.

Asked of every download: it is there, whole and signed; its nextUpdate is ahead; its number, thisUpdate and nextUpdate never go
back. Of a complete list, its delta list and the complete list after it: numbers do not fall in this order, and where they are one number, every
list in date that was seen and is not older than the base becomes, with the delta list, the complete one."""

import datetime
import signal
import sys
import urllib.request

from cryptography import x509
from cryptography.x509.oid import ExtensionOID


class NotAsPromised(Exception):
    pass


class List:
    def __init__(self, name, key):
        begun = datetime.datetime.utcnow()
        with urllib.request.urlopen(f"{url}/crl/{name}.crl", timeout=20) as answer:
            der = answer.read()
        crl = x509.load_der_x509_crl(der)
        if not crl.is_signature_valid(key):
            raise NotAsPromised("the signature does not hold")
        self.name, self.begins, self.until = name, crl.last_update, crl.next_update
        if self.until <= begun:
            raise NotAsPromised(f"nextUpdate {self.until} is behind, at {begun}")
        self.number = crl.extensions.get_extension_for_oid(ExtensionOID.CRL_NUMBER).value.crl_number
        self.base = None
        if name.endswith("/delta"):
            self.base = crl.extensions.get_extension_for_oid(ExtensionOID.DELTA_CRL_INDICATOR).value.crl_number
        crl.extensions.get_extension_for_oid(ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
        self.entries = {entry.serial_number: self.reason(entry) for entry in crl}

    @staticmethod
    def reason(entry):
        try:
            return entry.extensions.get_extension_for_oid(x509.oid.CRLEntryExtensionOID.CRL_REASON).value.reason
        except x509.ExtensionNotFound:
            return None


def combined(have, delta):
    entries = dict(have)
    for serial, reason in delta.items():
        if reason == x509.ReasonFlags.remove_from_crl:
            entries.pop(serial, None)
        else:
            entries[serial] = reason
    return entries


class Reader:
    def __init__(self, name, key):
        self.name, self.key, self.last, self.kept = name, key, {}, {}
        self.compared = 0

    def fetch(self, name):
        one = List(name, self.key)
        before = self.last.get(name)
        if before and (one.number < before.number or one.begins < before.begins or one.until < before.until):
            raise NotAsPromised(f"it went back from {before.number}, {before.until} to {one.number}, {one.until}")
        self.last[name] = one
        return one

    def turn(self):
        first, delta, last = [self.fetch(n) for n in (self.name, f"{self.name}/delta", self.name)]
        self.kept[first.number], self.kept[last.number] = first, last
        if not first.number <= delta.number <= last.number:
            raise NotAsPromised(f"numbers {first.number}, delta {delta.number}, {last.number}")
        if delta.number != last.number:
            return
        now = datetime.datetime.utcnow()
        for number, have in list(self.kept.items()):
            if have.until <= now:
                del self.kept[number]
            elif number < delta.base:
                raise NotAsPromised(f"the delta list from {delta.base} on is of no use for {number}, which is in date")
            elif combined(have.entries, delta.entries) != last.entries:
                raise NotAsPromised(f"{number} and the delta list do not make {last.number}")
            else:
                self.compared += number != last.number


def stop(*_):
    raise KeyboardInterrupt


url, certificate, *names = sys.argv[1:]
with open(certificate, "rb") as file:
    public_key = x509.load_pem_x509_certificate(file.read()).public_key()
signal.signal(signal.SIGTERM, stop)
readers = [Reader(name, public_key) for name in names]
downloads = 0
try:
    while True:
        for reader in readers:
            reader.turn()
            downloads += 3
            if downloads == 3 * len(readers):
                print("reading", flush=True)
except KeyboardInterrupt:
    pass
except Exception as wrong:  # whatever it is, it was promised not to be
    sys.exit(f"{reader.name}, after {downloads} downloads: {type(wrong).__name__}: {wrong}")
numbers = {reader.name: reader.last[reader.name].number for reader in readers}
print(f"{downloads} downloads, {sum(r.compared for r in readers)} lists with deltas compared, numbers {numbers}")
