#!/usr/bin/env python3
"""What must hold of a home after `counter issue` was killed in it at any moment.

usage: issue_check.py SHOMEI HOME LOG RESIDENT PINS

First the home is opened for writing, which brings the interrupted act to an end. Then: the journal verifies, by shomei
and by the independent verifier; no certificate is without its entries and none stands half-made; no serial is used
twice; what the killed command had acknowledged is there; and (tried at every fourth point) the resident can be served
again.
"""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys

VERIFIER = pathlib.Path(__file__).parent.parent / "conformance" / "verify_journal.py"


def fail(what):
    print("FAILED:", what)
    sys.exit(1)


class Home:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *words, allowed=(0,)):
        # Looking for leaks at each exit would take longer than all the rest.
        done = subprocess.run([self.program, "--home", self.folder, "--json", *words], capture_output=True, text=True,
                              check=False, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
        if done.returncode not in allowed:
            fail("shomei %s ended with %d: %s %s" % (" ".join(words), done.returncode, done.stdout, done.stderr))
        return json.loads(done.stdout) if done.stdout else {}

    def certificates(self, resident):
        return self.run("certificate", "list", "--resident", resident)["certificates"]

    def verify(self):
        self.run("journal", "verify")
        self.run("journal", "check")
        key = (pathlib.Path(self.folder) / "public" / "checkpoint.vkey").read_text(encoding="utf-8").strip()
        store = str(pathlib.Path(self.folder) / "store.sqlite")
        second = subprocess.run([sys.executable, VERIFIER, store, key], capture_output=True, text=True, check=False)
        if second.returncode != 0:
            fail("the independent verifier: " + second.stdout + second.stderr)


def check_acts(home, certificates):
    """Every certificate has the entries that its state tells of."""
    phases = collections.defaultdict(list)
    for entry in home.run("journal", "show", "--count", "100000")["entries"]:
        phases[entry["act_id"]].append(entry["phase"])
    expected = {"valid": ["intent", "result", "confirmation"], "revoked": ["intent", "result"],
                "written_off": ["intent", "written_off"]}
    for certificate in certificates:
        state = certificate["state"]
        if state not in expected:
            fail("a certificate stands half-made after the repair: %s" % certificate)
        if phases[certificate["act"]] != expected[state]:
            fail("certificate %s is %s, and its act has the entries %s" % (
                certificate["serial"], state, phases[certificate["act"]]))
        if state == "valid" and not certificate["delivered"]:
            fail("a valid certificate is on no card: %s" % certificate)


def main():
    program, folder, log, resident, pins = sys.argv[1:]
    home = Home(program, folder)
    home.run("crl", "write", "--authority", "signature-1", "--out", folder + "/after-repair.crl")
    home.verify()
    certificates = home.certificates(resident)
    check_acts(home, certificates)
    serials = [c["serial"] for c in certificates]
    if len(serials) != len(set(serials)):
        fail("a serial is used twice: %s" % serials)
    acknowledged = [line.split()[1] for line in pathlib.Path(log).read_text(encoding="utf-8").splitlines()
                    if line.startswith("Issued: ")]
    valid = {c["serial"] for c in certificates if c["state"] == "valid"}
    if not set(acknowledged) <= valid:
        fail("acknowledged and lost: %s of %s" % (acknowledged, certificates))
    missing = {"signature", "user_authentication"} - {c["kind"] for c in certificates if c["state"] == "valid"}
    if missing and random.Random(folder).random() < 0.25:
        # The card that was interrupted: what it has stays, and what waits on it for nothing is dropped.
        kind = "both" if len(missing) == 2 else missing.pop()
        home.run("counter", "issue", "--office", "inagi-city-hall", "--resident", resident, "--pins", pins, "--kind", kind)
        valid = {c["serial"] for c in home.certificates(resident) if c["state"] == "valid"}
        home.verify()
        if len(valid) != 2:
            fail("the resident has %d valid certificates" % len(valid))
    print("whole:", ", ".join(sorted(valid)))


if __name__ == "__main__":
    main()
