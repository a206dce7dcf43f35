#!/usr/bin/env python3
"""A home on a PostgreSQL server with a synchronous standby: standby_test.py PROGRAM. The first is killed and the second
promoted while `serve` runs; and a commit that is on the first alone is never acknowledged, however its waiting ends."""

import concurrent.futures
import os
import pathlib
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import ask, change_of, issue_of, make_keys, register_line  # noqa: E402
from program import Program, Serving, done_otherwise_than_once, learn_demo_settings  # noqa: E402
from server import Server  # noqa: E402

WAITS = "select pid from pg_stat_activity where wait_event = 'SyncRep'"


class Standby(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="shomei-standby-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        keys = self.pool.submit(make_keys, 2, 1)
        self.first = Server("hot_standby = on")
        self.addCleanup(self.first.stop)
        self.first.sql("create database shomei")
        self.second = Server("hot_standby = on", like=self.first)
        self.addCleanup(self.second.stop)
        self.first.sql("alter system set synchronous_standby_names = '*'")
        self.first.sql("select pg_reload_conf()")
        learn_demo_settings(self.folder)
        self.program = Program(self.folder / "home")
        url = (f"postgresql:///shomei?host={self.first.folder},{self.second.folder}&port={self.first.port},{self.second.port}"
               "&user=administrator&target_session_attrs=read-write")
        self.program.done(*self.program.init(self.folder / "s.toml", url=f'"{url}"', acts='"unix:acts.sock"', attestation='"accepted"'), "--empty")
        register = self.folder / "register.jsonl"
        register.write_text("".join(register_line(n) + "\n" for n in range(2)), encoding="utf-8")
        self.program.done("resident", "import", register)
        self.keys = keys.result()
        self.serving = Serving(self.program, "--only", "authority")
        self.addCleanup(self.serving.end)
        self.requests = set()

    def ask(self, act, document):
        status, answer = ask(self.program.home / "acts.sock", act, document)
        self.assertEqual(status, 200, answer)
        self.requests.add(document["request"])
        return answer

    def issue(self, number):
        return self.ask("issue", issue_of(f"load-{number:06}", self.keys[number], f"issue-{number:06}"))["serial"]

    def test_no_acknowledged_act_is_lost(self):
        serial = self.issue(0)
        # Without its standby the first acknowledges nothing, and not either when somebody ends its waiting.
        self.second.kill()
        late = self.pool.submit(self.ask, "revoke", change_of(serial, "change-000001"))
        until = time.monotonic() + 20
        while not (waiting := self.first.sql(WAITS).split()):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)
        self.assertFalse(late.done(), "nobody has it but the first")
        self.first.sql(f"select pg_cancel_backend({waiting[0]})")
        time.sleep(0.5)
        self.assertFalse(late.done(), "the server has said that it is committed, and it is here alone")
        self.second.start()
        self.assertEqual(late.result(timeout=30)["state"], "revoked")
        # The second takes over, and the same `serve` goes on with it.
        self.first.kill()
        self.second.program("pg_ctl", "promote", "-D", self.second.data, "-w")
        self.issue(1)
        report = self.program.done("journal", "verify")
        self.assertTrue(report["holds"], report)
        self.assertEqual(done_otherwise_than_once(self.program, self.requests), [])
        self.assertEqual(self.program.done("certificate", "show", "--serial", serial)["state"], "revoked")


if __name__ == "__main__":
    Program.path = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
