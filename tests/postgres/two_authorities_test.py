#!/usr/bin/env python3
"""Two authorities on one PostgreSQL database: two_authorities_test.py PROGRAM. Two `serve --only authority`, each with its
own copy of the home, are asked at once for the same and for different things; one is killed with -9 in the midst and
comes back. The journal holds, no number is given twice, what was acknowledged is there, and of what stands in each
other's way one comes through."""

import concurrent.futures
import http.client
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import ask, change_of, issue_of, make_keys, register_line  # noqa: E402
from program import Program, Serving, done_otherwise_than_once, learn_demo_settings  # noqa: E402
from server import Server  # noqa: E402

RESIDENTS = 40
KEYS = 26
GONE = (OSError, http.client.HTTPException)


def resident(number):
    return f"load-{number:06}"


class HeadHolder:
    """A session that takes the lock of whoever writes, as an authority would."""

    def __init__(self, server):
        self.process = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-d", server.address("shomei")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask_for_lock(self):
        self.process.stdin.write("begin; select 'held' from head for update; select count(*) from certificate_state "
                                 "where state = 'reserved';\n")
        self.process.stdin.flush()

    def reserved(self):
        """Once it has the lock: how many issues stand between intent and result."""
        assert self.process.stdout.readline() == "held\n"
        return int(self.process.stdout.readline())

    def end(self):
        self.process.communicate()


class TwoAuthorities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="shomei-two-")
        folder = pathlib.Path(cls.made.name)
        cls.pool = concurrent.futures.ThreadPoolExecutor(16)
        keys = cls.pool.submit(make_keys, KEYS)
        cls.server = Server()
        cls.server.sql("create database shomei")
        learn_demo_settings(folder)
        first = Program(folder / "first")
        first.done(*first.init(folder / "s.toml", url=f'"{cls.server.address("shomei")}"', acts='"unix:acts.sock"', attestation='"accepted"',
                               acts_patience_seconds="1", hold_is_final="false"), "--empty")
        register = folder / "register.jsonl"
        register.write_text("".join(register_line(n) + "\n" for n in range(RESIDENTS)), encoding="utf-8")
        first.done("resident", "import", register)
        # The second machine gets the keys, the settings and what is published: all but the store, which is not in the home.
        second = Program(folder / "second")
        shutil.copytree(first.home, second.home)
        cls.programs = [first, second]
        cls.keys = iter(keys.result())

    @classmethod
    def tearDownClass(cls):
        cls.pool.shutdown()
        cls.server.stop()
        cls.made.cleanup()

    def setUp(self):
        self.serving = [self.serve(program) for program in self.programs]
        self.requests = set()   # that were answered with 200
        self.acknowledged = {}  # serial of a certificate -> the last answer about it

    def serve(self, program):
        serving = Serving(program, "--only", "authority")
        self.addCleanup(serving.end)
        return serving

    def ask(self, which, act, document):
        status, answer = ask(self.programs[which].home / "acts.sock", act, document)
        if status == 200:
            self.acknowledged[answer["serial"]] = answer
            self.requests.add(document["request"])
        return status, answer

    def at_both(self, act, one, other):
        """Asks the first for one and the second for the other in the same moment; their answers."""
        line = threading.Barrier(2)

        def run(which, document):
            line.wait()
            return self.ask(which, act, document)
        return [f.result() for f in [self.pool.submit(run, 0, one), self.pool.submit(run, 1, other)]]

    def one_wins(self, answers):
        """The winner; the loser was told of a conflict or a rule."""
        self.assertEqual([status for status, _ in answers].count(200), 1, answers)
        winner, loser = sorted(answers, key=lambda a: a[0])
        self.assertIn(loser[0], (403, 409), loser)
        return winner[1], loser[1]["code"]

    def test_the_same_and_different_things_at_once(self):
        keys = self.keys
        # Different residents: both.
        for answer in self.at_both("issue", issue_of(resident(0), next(keys), "visit-0000"), issue_of(resident(1), next(keys), "visit-0001")):
            self.assertEqual(answer[0], 200, answer)
        # The same resident under two requests: one, whichever.
        _, code = self.one_wins(self.at_both("issue", issue_of(resident(2), next(keys), "visit-0002"),
                                             issue_of(resident(2), next(keys), "visit-0003")))
        self.assertIn(code, ("issue_under_way", "certificate_held_already"))
        # The same key for two residents: one.
        key = next(keys)
        _, code = self.one_wins(self.at_both("issue", issue_of(resident(3), key, "visit-0004"), issue_of(resident(4), key, "visit-0005")))
        self.assertEqual(code, "key_used")
        # The same request at both: the same certificate.
        request = issue_of(resident(5), next(keys), "visit-0006")
        answers = self.at_both("issue", request, request)
        self.assertEqual([status for status, _ in answers], [200, 200], answers)
        self.assertEqual(answers[0][1], answers[1][1])
        # One identifier for two things: the first of them.
        _, code = self.one_wins(self.at_both("issue", issue_of(resident(6), next(keys), "visit-0007"), issue_of(resident(7), next(keys), "visit-0007")))
        self.assertEqual(code, "request_differs")
        # States: two that suspend, then two that revoke; and one of each, of which the revocation stays.
        serials = list(self.acknowledged)
        self.one_wins(self.at_both("suspend", change_of(serials[0], "change-0001"), change_of(serials[0], "change-0002")))
        self.one_wins(self.at_both("revoke", change_of(serials[0], "change-0003"), change_of(serials[0], "change-0004")))
        line = threading.Barrier(2)
        both = [self.pool.submit(lambda w=which, a=act, r=request: (line.wait(), self.ask(w, a, change_of(serials[1], r)))[1])
                for which, act, request in ((0, "suspend", "change-0005"), (1, "revoke", "change-0006"))]
        self.assertEqual(both[1].result()[0], 200)
        self.assertEqual(self.programs[0].done("certificate", "show", "--serial", serials[1])["state"], "revoked")
        self.acknowledged[serials[1]] = both[1].result()[1]
        self.everything_is_there()

    def acts_until_killed(self, worker, keys, stop):
        """Issues, suspends and restores at alternating authorities; who gets no answer asks the same at the other one."""
        turn = 0

        def insist(act, document):
            nonlocal turn
            while True:
                turn += 1
                try:
                    status, answer = self.ask((worker + turn) % 2, act, document)
                except GONE:
                    continue
                # Between the intent and the result when its authority was killed: that certificate will never be.
                if (status, answer.get("code")) == (409, "request_interrupted"):
                    return None
                if (status, answer.get("code")) != (409, "request_exists"):
                    self.assertEqual(status, 200, answer)
                    return answer
        for number, key in enumerate(keys):
            issued = insist("issue", issue_of(resident(10 + 4 * worker + number), key, f"kill-{worker}-{number}-issue"))
            changes = 0
            while issued and (changes == 0 or (number == len(keys) - 1 and not stop.is_set())):
                insist("suspend", change_of(issued["serial"], f"kill-{worker}-{number}-hold-{changes}"))
                insist("restore", change_of(issued["serial"], f"kill-{worker}-{number}-free-{changes}"))
                changes += 1

    def await_waiting(self, count):
        late = time.monotonic() + 20
        while int(self.server.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")) < count:
            self.assertLess(time.monotonic(), late)
            time.sleep(0.01)

    def test_one_is_killed_between_intent_and_signature(self):
        """The lock goes from one session to the issue and from there to the other, before the result can be written."""
        for number in range(30, 33):
            before, behind = HeadHolder(self.server), HeadHolder(self.server)
            before.ask_for_lock()
            self.assertEqual(before.reserved(), 0)
            request = issue_of(resident(number), next(self.keys), f"killed-{number:04}")
            asking = self.pool.submit(self.ask, 0, "issue", request)
            self.await_waiting(1)
            behind.ask_for_lock()
            self.await_waiting(2)
            before.end()
            reserved = behind.reserved()
            if reserved:
                self.serving[0].kill()
            behind.end()
            if reserved:
                break
            self.assertEqual(asking.result()[0], 200)  # its second turn came first: once more
        self.assertEqual(reserved, 1)
        self.assertRaises(GONE, asking.result)
        # The other has never stopped, so nobody has the acts alone; it writes off what nobody brings to an end.
        key = next(self.keys)
        another = issue_of(resident(number), key, "another-0001")
        self.assertEqual(self.ask(1, "issue", another)[1].get("code"), "issue_under_way")
        self.serving[0] = self.serve(self.programs[0])
        self.assertEqual(self.ask(0, "issue", request)[1].get("code"), "request_interrupted")
        another = issue_of(resident(number), key, "another-0002")
        self.assertEqual(self.ask(1, "issue", another)[0], 200)
        self.everything_is_there()

    def test_one_is_killed_in_the_midst(self):
        stop = threading.Event()
        workers = [self.pool.submit(self.acts_until_killed, w, [next(self.keys) for _ in range(4)], stop) for w in range(3)]
        time.sleep(0.5)
        self.serving[0].kill()
        time.sleep(0.3)
        self.serving[0] = self.serve(self.programs[0])
        time.sleep(0.5)
        stop.set()
        for worker in workers:
            worker.result(timeout=60)
        self.assertGreater(len(self.acknowledged), 8)
        late = time.monotonic() + 20
        while self.server.sql("select count(*) from certificate_state where state = 'reserved'", "shomei") != "0":
            self.assertLess(time.monotonic(), late)
            time.sleep(0.1)
        self.everything_is_there()

    def everything_is_there(self):
        program = self.programs[1]
        report = program.done("journal", "verify")
        self.assertTrue(report["holds"], report)
        crossings = program.done("journal", "check")
        self.assertTrue(crossings["holds"], crossings)
        self.assertEqual(self.server.sql("select count(*) from (select serial, serial_space from certificate group by 1, 2 "
                                         "having count(*) > 1) as twice", "shomei"), "0")
        self.assertEqual(done_otherwise_than_once(program, self.requests), [])
        for serial, answer in self.acknowledged.items():
            self.assertEqual(program.done("certificate", "show", "--serial", serial)["state"], answer["state"], serial)
        for serving in self.serving:
            said = serving.stop()
            self.assertNotIn("internal", said)


if __name__ == "__main__":
    Program.path = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
