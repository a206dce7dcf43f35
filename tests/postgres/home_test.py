#!/usr/bin/env python3
"""A home whose store is a PostgreSQL database, by the program: home_test.py PROGRAM. What `init` never overwrites, what it
leaves when it fails, users who may only read, passwords and where they come from, and services that follow."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import OFFICE, ROOT, Program, Serving, change_settings, learn_demo_settings, ocsp  # noqa: E402
from server import Server  # noqa: E402

HERO = "q7k2m9xa"
TABLES = "select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'public'"


def quoted(text):
    return json.dumps(str(text))


class HomeOnPostgres(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory(prefix="shomei-pghome-")
        learn_demo_settings(cls.shared.name)
        cls.server = Server()
        # One home is made, and each test has a copy of its folder and of its database.
        cls.server.sql("create database made")
        made = Program(pathlib.Path(cls.shared.name) / "home")
        made.done(*made.init(f"{cls.shared.name}/made.toml", url=quoted(cls.server.address("made"))))
        cls.made = made.home

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.shared.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="shomei-pghome-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.pins = self.folder / "pins"
        self.pins.write_text("1234\nABC123\n", encoding="utf-8")
        self.pins.chmod(0o600)
        self.database = self._testMethodName
        self.addCleanup(lambda: self.server.sql(f'drop database if exists "{self.database}" with (force)'))

    def copied(self):
        """A home of this test's own."""
        self.server.sql(f'create database "{self.database}" template made')
        program = Program(self.folder / "home")
        shutil.copytree(self.made, program.home)
        program.set(url=quoted(self.server.address(self.database)))
        return program

    def empty_database(self):
        self.server.sql(f'create database "{self.database}"')
        return self.server.address(self.database)

    def sql(self, text):
        return self.server.sql(text, self.database)

    def user(self, name, role, password="a password"):
        """A user with that role of roles.sql, by the network; its address."""
        self.sql((ROOT / "src/store/migrations/postgres/roles.sql").read_text(encoding="utf-8"))
        self.sql(f"drop role if exists {name}; create role {name} login password '{password}'; grant {role} to {name}")
        return self.server.address_of(name, self.database)

    def issue(self, program, resident=HERO, *more):
        return program.done("counter", "issue", "--office", OFFICE, "--resident", resident, "--pins", self.pins, *more)["certificates"]

    def test_a_citizen_and_no_file_beside_it(self):
        home = self.copied()
        serial = self.issue(home)[1]["serial"]
        home.done("counter", "revoke", "--office", OFFICE, "--serial", serial, "--ground", "lost")
        self.assertEqual(home.done("certificate", "show", "--serial", serial)["state"], "revoked")
        self.assertTrue(home.done("journal", "verify")["holds"])
        self.assertEqual(list(home.home.glob("store.sqlite*")), [])

    def test_a_demo_moves_its_clock_and_comes_back(self):
        home = self.copied()
        self.issue(home, HERO, "--at", "2031-02-03T10:00:00+09:00")
        self.issue(home, "f9b2k7ys")
        self.assertEqual(home.refused("counter", "issue", "--office", OFFICE, "--resident", HERO, "--pins", self.pins, "--at",
                                      "2020-01-01T00:00:00+09:00")["code"], "clock_before_journal")
        self.assertTrue(home.done("journal", "verify")["holds"])

    def test_init_overwrites_nothing(self):
        home = self.copied()
        before = home.done("journal", "checkpoint")
        other = Program(self.folder / "other")
        url = quoted(self.server.address(self.database))
        for more in ((), ("--no-authorities",)):
            error = other.refused(*other.init(self.folder / "s.toml", url=url), *more)
            self.assertEqual((error["fault"], error["code"]), ("conflict", "store_exists"))
            self.assertIn(f"/{self.database}", error["says"])
            self.assertFalse(other.home.exists())
        self.assertEqual(home.done("journal", "checkpoint"), before)
        self.assertTrue(home.done("journal", "verify")["holds"])

    def test_a_home_that_waits_for_its_ceremony_is_a_home(self):
        url = quoted(self.empty_database())
        home, other = Program(self.folder / "home"), Program(self.folder / "other")
        home.done(*home.init(self.folder / "s.toml", url=url), "--no-authorities")
        self.assertEqual(other.refused(*other.init(self.folder / "s.toml", url=url), "--no-authorities")["code"], "store_exists")

    def test_the_tables_of_others_are_left(self):
        url = quoted(self.empty_database())
        self.sql("create table recipe (name text); insert into recipe values ('soup')")
        home = Program(self.folder / "home")
        self.assertEqual(home.refused(*home.init(self.folder / "s.toml", url=url))["code"], "store_foreign")
        self.assertEqual(self.sql("select name from recipe"), "soup")

    def test_an_init_that_fails_leaves_nothing(self):
        url = quoted(self.empty_database())
        home = Program(self.folder / "home")
        words = home.init(self.folder / "s.toml", url=url, authorities='"token:root"')
        with open(self.folder / "s.toml", "a", encoding="utf-8") as settings:
            settings.write('[[token]]\nname = "root"\nmodule = "/nowhere.so"\nlabel = "root"\npin = "env:NO_SUCH_PIN"\n')
        self.assertEqual(home.refused(*words)["code"], "token_pin_needed")
        self.assertEqual((self.sql(TABLES), home.home.exists()), ("0", False))
        home.done(*home.init(self.folder / "s.toml", url=url), "--empty")

    def test_a_store_of_a_newer_form_is_refused(self):
        home = self.copied()
        self.sql("update shomei_form set version = 99")
        for words in (("journal", "verify"), ("counter", "revoke", "--office", OFFICE, "--serial", "01", "--ground", "lost"), ("serve",)):
            error = home.refused(*words)
            self.assertEqual((error["code"], error["parameters"]["found"]), ("home_newer", "99"))

    def test_the_database_of_another_home_is_not_written(self):
        home = self.copied()
        url = self.empty_database_named("stranger")
        stranger = Program(self.folder / "stranger")
        stranger.done(*stranger.init(self.folder / "s.toml", url=quoted(url)))
        before = stranger.done("journal", "checkpoint")
        home.set(url=quoted(url))
        for words in (("counter", "issue", "--office", OFFICE, "--resident", HERO, "--pins", self.pins), ("serve",)):
            self.assertEqual(home.refused(*words)["code"], "store_of_another_home")
        self.assertEqual(stranger.done("journal", "checkpoint"), before)

    def empty_database_named(self, name):
        self.server.sql(f"create database {name}")
        self.addCleanup(lambda: self.server.sql(f"drop database if exists {name} with (force)"))
        return self.server.address(name)

    def test_who_may_only_read_reads(self):
        home = self.copied()
        serial = self.issue(home)[0]["serial"]
        home.set(url=quoted(self.user("auditor", "shomei_audit")), password='"env:STORE_PASSWORD"')
        home.environment["STORE_PASSWORD"] = "a password"
        self.assertTrue(home.done("journal", "verify")["holds"])
        self.assertEqual(home.done("certificate", "show", "--serial", serial)["state"], "valid")
        for words in (("certificate", "list", "--resident", HERO), ("resident", "list"), ("journal", "show", "--resident", HERO)):
            home.done(*words)
        error = home.refused("counter", "revoke", "--office", OFFICE, "--serial", serial, "--ground", "lost")
        self.assertEqual((error["fault"], error["code"]), ("unavailable", "store_unavailable"))
        self.assertIn("permission denied", error["says"])
        self.assertEqual(self.sql("select count(*) from certificate_state where state = 'revoked'"), "0")

    def test_services_follow_acts_of_another_process(self):
        home = self.copied()
        serial = self.issue(home)[1]["serial"]
        authority = Serving(home, "--only", "authority")
        self.addCleanup(authority.end)
        # The status tier sees no person and no key of an authority, by rights of the database and by files.
        node = Program(self.folder / "node", STORE_PASSWORD="a password")
        shutil.copytree(home.home, node.home)
        for name in ("signature-1", "user_authentication-1", "checkpoint"):
            (node.home / f"keys/{name}.key").unlink()
        node.set(url=quoted(self.user("status_node", "shomei_status")), password='"env:STORE_PASSWORD"')
        status = Serving(node, "--only", "status")
        self.addCleanup(status.end)
        self.assertEqual(ocsp(self.folder, home.home, "signature-1", serial, status.at["status"]), "good")
        home.done("counter", "revoke", "--office", OFFICE, "--serial", serial, "--ground", "lost")
        self.assertEqual(ocsp(self.folder, home.home, "signature-1", serial, status.at["status"]), "revoked")
        # What was is told from the status parts alone, with its proof.
        told = subprocess.run(f"curl -sf '{status.at['status']}/status?authority=signature-1&serial={serial}&at=2026-01-01T00:00:00Z'",
                              shell=True, capture_output=True, text=True, check=False)
        self.assertIn('"payload"', told.stdout)
        listed = subprocess.run(f"curl -sf {status.at['status']}/crl/signature-1.pem | openssl crl -noout -CAfile "
                                f"{home.home}/public/signature-1.crt", shell=True, capture_output=True, text=True, check=False)
        self.assertIn("verify OK", listed.stderr)
        self.server.kill()
        self.server.start()
        self.assertEqual(ocsp(self.folder, home.home, "signature-1", serial, status.at["status"]), "revoked")
        self.assertNotIn("a password", authority.stop() + status.stop())

    def test_passwords_come_from_where_the_settings_say(self):
        home = self.copied()
        url = self.user("keeper", "shomei_audit", "right secret")
        credentials = self.folder / "credentials"
        credentials.mkdir()
        (credentials / "store").write_text("right secret\n", encoding="utf-8")
        passfile = self.folder / "passfile"
        passfile.write_text(f"127.0.0.1:{self.server.port}:*:keeper:right secret\n", encoding="utf-8")
        services = self.folder / "services"
        services.write_text(f"[store]\nhost=127.0.0.1\nport={self.server.port}\ndbname={self.database}\nuser=keeper\n", encoding="utf-8")
        for path in (credentials / "store", passfile):
            path.chmod(0o600)
        by_service = '"postgresql:///?service=store"'
        for place, password, environment in (
                (quoted(url), '"credential:store"', {"CREDENTIALS_DIRECTORY": str(credentials)}),
                (quoted(url), quoted(f"file:{credentials}/store"), {}),
                (quoted(url), '"env:KEPT"', {"KEPT": "right secret"}),
                (quoted(url), '""', {"PGPASSFILE": str(passfile)}),
                (quoted(url + f"?passfile={passfile}"), '""', {}),
                (by_service, '""', {"PGSERVICEFILE": str(services), "PGPASSFILE": str(passfile)})):
            home.set(url=place, password=password)
            reader = Program(home.home, **environment)
            self.assertEqual(len(reader.done("resident", "list")["residents"]), 10, (place, password))

    def test_what_is_missing_is_said_and_no_password_is_told(self):
        home = self.copied()
        url = self.user("keeper", "shomei_audit", "right secret")
        home.set(url=quoted(url), password='"env:KEPT"')
        home.environment["KEPT"] = "wrong secret"
        error = home.refused("resident", "list")
        self.assertEqual((error["fault"], error["code"]), ("unavailable", "store_unavailable"))
        self.assertIn("password authentication failed", error["says"])
        del home.environment["KEPT"]
        error = home.refused("resident", "list")
        self.assertEqual((error["code"], error["parameters"]["source"]), ("store_password_needed", "the variable KEPT"))
        change_settings(home.home / "shomei.toml", url=quoted("postgresql://keeper@127.0.0.1:1/x?connect_timeout=1"), password='""')
        run = home.run("resident", "list")
        self.assertEqual((run.returncode, json.loads(run.stdout)["error"]["code"]), (3, "store_unavailable"))
        self.assertIn("postgresql://127.0.0.1:1/x", run.stdout)
        self.assertIn("database server", run.stdout)
        home.set(url=quoted("postgresql://keeper:my-secret@127.0.0.1/x"))
        for words in (("resident", "list"), ("doctor",), ("serve",)):
            run = home.run(*words)
            self.assertNotIn("my-secret", run.stdout + run.stderr)
            self.assertIn("has a password in it", run.stdout)

    def test_doctor_looks_at_the_server(self):
        home = self.copied()

        def database_of(program):
            checks = json.loads(program.run("doctor").stdout)["checks"]
            return [(c["fine"], c["next"]) for c in checks if c["what"].startswith("the database postgresql://")]
        self.assertEqual(database_of(home), [(True, "")])
        home.set(url=quoted(self.server.address(self.database) + "&options=-csynchronous_commit%3Doff"))
        self.assertIn("synchronous_commit = off", database_of(home)[0][1])


if __name__ == "__main__":
    Program.path = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
