#!/usr/bin/env python3
"""`shomei doctor` and scripts/packages.txt agree: doctor_test.py PROGRAM. What doctor tells people to install is what the
install step installs, and it misses a tool where there is none."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = None
INSTALL = "apt-get install "


def checks(environment=None):
    with tempfile.TemporaryDirectory(prefix="shomei-doctor-") as nowhere:
        done = subprocess.run([PROGRAM, "--home", nowhere, "--json", "doctor"], capture_output=True, text=True,
                              env=environment, timeout=60, check=False)
    return [check for check in json.loads(done.stdout)["checks"] if check["next"].startswith(INSTALL)]


def packages():
    lines = (line.strip() for line in (ROOT / "scripts/packages.txt").read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("#")}


class Doctor(unittest.TestCase):
    def test_names_only_packages_that_the_install_step_installs(self):
        named = {check["next"].removeprefix(INSTALL) for check in checks()}
        self.assertGreater(len(named), 10)
        self.assertEqual(named - packages(), set())

    def test_finds_everything_where_the_install_step_has_run(self):
        missing = [check["what"] for check in checks() if not check["fine"]]
        self.assertEqual(missing, [])

    def test_misses_the_programs_of_an_empty_path(self):
        fine = {check["what"].split(":")[0] for check in checks({"PATH": "/nowhere"}) if check["fine"]}
        self.assertNotIn("jq", fine)
        self.assertIn("/usr/lib/*/opensc-pkcs11.so", fine)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
