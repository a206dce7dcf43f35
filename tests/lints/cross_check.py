#!/usr/bin/env python3
"""Certificates of every sort before other people's parsers: cross_check.py READER FOLDER [NODE_FOLDER]. In FOLDER are
certificates and what our parser reads in them (cross_check_certificates.cc); READER reads them too: `openssl`, `certtool`
(GnuTLS), `cryptography` (Rust) or `pkijs` (JavaScript, its modules in NODE_FOLDER). Serial number, names, times, otherNames
and key usage must agree field by field. Prints what differs; exits 1 when anything does."""

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

USES = {"Digital Signature": "digitalSignature", "Non Repudiation": "nonRepudiation", "Certificate Sign": "keyCertSign",
        "CRL Sign": "cRLSign"}
CERTIFICATES_MIN = 42


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, words))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def serial_of(text):
    digits = text.strip().upper().lstrip("0")
    return digits if len(digits) % 2 == 0 else "0" + digits


def time_of(text, form):
    return datetime.strptime(text, form).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_with_openssl(path):
    run("openssl", "asn1parse", "-inform", "DER", "-in", path, "-i")
    text = run("openssl", "x509", "-inform", "DER", "-in", path, "-noout", "-serial", "-issuer", "-subject", "-dates",
               "-nameopt", "utf8,sep_multiline,sname")
    found = {"serial": serial_of(re.search(r"^serial=(.*)$", text, re.M).group(1)), "other_names": [], "key_usage": []}
    for which in ("issuer", "subject"):
        block = re.search(rf"^{which}=\n((?:    .*\n)*)", text, re.M).group(1)
        found[which] = [line.strip() for line in block.splitlines()]
    for which, key in (("notBefore", "not_before"), ("notAfter", "not_after")):
        found[key] = time_of(re.search(rf"^{which}=(.*)$", text, re.M).group(1), "%b %d %H:%M:%S %Y GMT")
    text = run("openssl", "x509", "-inform", "DER", "-in", path, "-noout", "-text", "-nameopt", "utf8")
    uses = re.search(r"X509v3 Key Usage: critical\n +(.*)\n", text)
    found["key_usage"] = [USES[use] for use in uses.group(1).split(", ")] if uses else []
    names = re.search(r"X509v3 Subject Alternative Name: *\n +(.*)\n", text)
    if names and "othername:" in names.group(1):
        found["other_names"] = [list(re.match(r"(?:othername: )?([0-9.]+)::(.*)$", name).groups())
                                for name in names.group(1).split(", othername: ")]
    return found


def read_with_certtool(path):
    text = run("certtool", "-i", "--inder", "--infile", path)
    extensions = text.partition("\tExtensions:\n")[2]
    found = {"serial": serial_of(re.search(r"Serial Number \(hex\): (.*)", text).group(1))}
    for which in ("Issuer", "Subject"):
        found[which.lower()] = re.search(rf"^\t{which}: (.*)$", text, re.M).group(1).split(",")[::-1]
    for which, key in (("Before", "not_before"), ("After", "not_after")):
        found[key] = time_of(re.search(rf"Not {which}: (.*)$", text, re.M).group(1), "%a %b %d %H:%M:%S UTC %Y")
    uses = re.search(r"Key Usage \(critical\):\n((?:\t\t\t.*\n)*)", extensions)
    words = {"Digital signature.": "digitalSignature", "Non repudiation.": "nonRepudiation",
             "Certificate signing.": "keyCertSign", "CRL signing.": "cRLSign"}
    found["key_usage"] = sorted((words[line.strip()] for line in uses.group(1).splitlines()), key=list(words.values()).index)
    pairs = re.findall(r"otherName OID: (.*)\n\t+otherName DER: (.*)\n", extensions)
    found["other_names"] = [[oid, utf8_string(bytes.fromhex(value))] for oid, value in pairs]
    return found


def utf8_string(value):
    """The text of a DER UTF8String: the tag 0C, a length in one to three bytes, and nothing behind."""
    head = 2 if value[1] < 0x80 else 2 + value[1] - 0x80
    length = value[1] if value[1] < 0x80 else int.from_bytes(value[2:head], "big")
    assert value[0] == 0x0C and len(value) == head + length, value.hex()
    return value[head:].decode("utf-8")


def read_with_cryptography(path):
    from cryptography import x509  # pylint: disable=import-outside-toplevel
    from cryptography.x509.oid import NameOID  # pylint: disable=import-outside-toplevel

    labels = {NameOID.COUNTRY_NAME: "C", NameOID.ORGANIZATION_NAME: "O", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
              NameOID.LOCALITY_NAME: "L", NameOID.COMMON_NAME: "CN"}
    uses = {"digital_signature": "digitalSignature", "content_commitment": "nonRepudiation",
            "key_encipherment": "keyEncipherment", "data_encipherment": "dataEncipherment",
            "key_agreement": "keyAgreement", "key_cert_sign": "keyCertSign", "crl_sign": "cRLSign"}
    certificate = x509.load_der_x509_certificate(Path(path).read_bytes())
    found = {"serial": serial_of(f"{certificate.serial_number:X}"), "key_usage": [], "other_names": []}
    for which in ("issuer", "subject"):
        found[which] = [f"{labels[a.oid]}={a.value}" for a in getattr(certificate, which)]
    for key in ("not_before", "not_after"):
        at = getattr(certificate, f"not_valid_{key[4:]}_utc", None) or getattr(certificate, f"not_valid_{key[4:]}")
        found[key] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.KeyUsage):
            found["key_usage"] = [name for use, name in uses.items() if getattr(extension.value, use)]
        if isinstance(extension.value, x509.SubjectAlternativeName):
            found["other_names"] = [[name.type_id.dotted_string, utf8_string(name.value)] for name in extension.value
                                    if isinstance(name, x509.OtherName)]
    return found


def readings_of_pkijs(paths, folder):
    """All in one run, since starting it takes longest."""
    script = Path(folder) / "read_certificates.mjs"
    return json.loads(run("node", script, *paths))


def readings_of(reader, paths, folder):
    if reader == "pkijs":
        return readings_of_pkijs(paths, folder)
    read = {"openssl": read_with_openssl, "certtool": read_with_certtool, "cryptography": read_with_cryptography}[reader]
    return [read(path) for path in paths]


def differences(name, ours, theirs):
    keys = sorted(set(ours) | set(theirs))
    return [f"{name}: {key}: ours {ours.get(key)}, theirs {theirs.get(key)}" for key in keys if ours.get(key) != theirs.get(key)]


def main(reader, certificates, node_folder=None):
    paths = sorted(Path(certificates).glob("*.der"))
    assert len(paths) >= CERTIFICATES_MIN, f"{len(paths)} certificates"
    found = []
    for path, theirs in zip(paths, readings_of(reader, paths, node_folder), strict=True):
        ours = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found += differences(path.stem, ours, theirs)
    print("\n".join(found) if found else f"{reader} reads {len(paths)} certificates as we do")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
