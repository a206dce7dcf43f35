#!/usr/bin/env python3
"""Three status nodes over one PostgreSQL, by the program: followers_test.py PROGRAM. Each follows by itself, says how soon a
revocation showed, starts from a snapshot, and comes back from kill -9; none can read a person."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import OFFICE, ROOT, Program, Serving, learn_demo_settings, ocsp  # noqa: E402
from server import Server  # noqa: E402

HERO = "q7k2m9xa"


def got(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def freshness(node):
    return json.loads(got(node.at["status"] + "/freshness"))


def within(seconds, what):
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class ThreeFollowers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="shomei-followers-")
        work = pathlib.Path(cls.folder.name)
        learn_demo_settings(work)
        cls.server = Server()
        cls.server.sql("create database followed")
        cls.home = Program(work / "home")
        cls.home.done(*cls.home.init(work / "settings.toml", url=json.dumps(cls.server.address("followed"))))
        cls.server.sql((ROOT / "src/store/migrations/postgres/roles.sql").read_text(encoding="utf-8"), "followed")
        cls.server.sql("create role node login password 'a password'; grant shomei_status to node", "followed")
        pins = work / "pins"
        pins.write_text("1234\nABC123\n", encoding="utf-8")
        pins.chmod(0o600)
        cls.home.done("counter", "issue", "--office", OFFICE, "--resident", HERO, "--pins", pins)
        cls.home.done("snapshot", "write")
        # The authority's tier publishes the responders' certificates.
        Serving(cls.home, "--only", "authority").stop()
        cls.nodes = []
        for number in range(3):
            node = Program(work / f"node{number}", STORE_PASSWORD="a password")
            shutil.copytree(cls.home.home, node.home)
            for key in ("signature-1", "user_authentication-1", "checkpoint"):
                (node.home / f"keys/{key}.key").unlink()
            if number == 2:
                (node.home / "public/status.snapshot").unlink()
            node.set(url=json.dumps(cls.server.address_of("node", "followed")), password='"env:STORE_PASSWORD"')
            cls.nodes.append(node)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def serial(self, state):
        return next(c["serial"] for c in self.home.done("certificate", "list", "--resident", HERO)["certificates"]
                    if c["state"] == state and c["authority"] == "signature-1")

    def test_each_shows_a_revocation_and_says_how_soon(self):
        running = [Serving(node, "--only", "status") for node in self.nodes]
        for node in running:
            self.addCleanup(node.end)
        used = [next(line for line in got(n.at["metrics"] + "/metrics").splitlines() if line.startswith("shomei_snapshot_used"))
                for n in running]
        self.assertEqual([u[-8:] for u in used], ["1.000000", "1.000000", "0.000000"])
        serial = self.serial("valid")
        for node in running:
            self.assertEqual(ocsp(self.folder.name, self.home.home, "signature-1", serial, node.at["status"]), "good")
        self.home.done("counter", "revoke", "--office", OFFICE, "--serial", serial, "--ground", "lost")
        for node in running:
            self.assertTrue(within(10, lambda n=node: freshness(n)["revocation_answered"]["count"] >= 1), freshness(node))
            self.assertEqual(ocsp(self.folder.name, self.home.home, "signature-1", serial, node.at["status"]), "revoked")
            told = freshness(node)
            self.assertTrue(told["trusted"])
            self.assertEqual(told["entries_behind"], 0)
        # One dies; the others do not notice, and it comes back by itself.
        running[0].kill()
        self.assertEqual(ocsp(self.folder.name, self.home.home, "signature-1", serial, running[1].at["status"]), "revoked")
        again = Serving(self.nodes[0], "--only", "status")
        self.addCleanup(again.end)
        self.assertEqual(ocsp(self.folder.name, self.home.home, "signature-1", serial, again.at["status"]), "revoked")
        self.assertIn('"payload"', got(
            f"{again.at['status']}/status?authority=signature-1&serial={serial}&at=2026-01-01T00:00:00Z"))

    def test_a_node_reads_nothing_of_a_person(self):
        asked = ["resident", "certificate", "card", "private_part", "entry_about", "request"]
        for table in asked:
            said = subprocess.run(["psql", self.server.address_of("node", "followed"), "-c", f"select * from {table} limit 1"],
                                  capture_output=True, text=True, env={"PGPASSWORD": "a password", "PATH": "/usr/bin:/bin"}, check=False)
            self.assertIn("permission denied", said.stderr, table)


if __name__ == "__main__":
    Program.path = sys.argv.pop(1)
    unittest.main()
