#!/usr/bin/env python3
"""The authority and the counter as two programs: two_processes_test.py PROGRAM. A counter without keys issues over a Unix
socket and over mutual TLS, the authority is killed while it is asked, the status tier runs without keys and without a
person, and what is not allowed is refused."""

import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source tree
ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/schemas"))
sys.path.insert(0, str(ROOT / "tests/postgres"))
sys.path.insert(0, str(ROOT / "tests/acts"))
from between import Between, ask  # noqa: E402
from json_schema import problems  # noqa: E402
from program import Program, learn_demo_settings  # noqa: E402

PROGRAM = None
OFFICE = "inagi-city-hall"
RESIDENT = "q7k2m9xa"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"}


def shomei(home, *words):
    return subprocess.run([PROGRAM, "--home", str(home), "--json", *map(str, words)], capture_output=True, text=True,
                          env=ENVIRONMENT, timeout=120, check=False)


def done(home, *words):
    run = shomei(home, *words)
    assert run.returncode == 0, (words, run.stdout, run.stderr)
    return json.loads(run.stdout)


def refused(home, *words):
    run = shomei(home, *words)
    assert run.returncode != 0, (words, run.stdout)
    return json.loads(run.stdout)["error"]


class Serving:
    """`serve` of a home, in its own process."""

    def __init__(self, home, *words, before=()):
        self.process = subprocess.Popen([*before, PROGRAM, "--home", str(home), "serve", "--json", *words], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.at = json.loads(line)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)
        return self.process.returncode


def set_services(home, lines, tables=""):
    path = home / "shomei.toml"
    text = re.sub(r"^(acts|acts_plain_loopback|authority_of_counter) = .*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    text = text.replace("[services]\n", "[services]\n" + lines + "\n", 1)
    path.write_text(text + tables, encoding="utf-8")


class TwoProcesses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="shomei-acts-")
        learn_demo_settings(cls.made.name)
        home = pathlib.Path(cls.made.name) / "home"
        done(home, *Program(home).init(pathlib.Path(cls.made.name) / "settings.toml"))

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="shomei-acts-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.home = self.folder / "home"
        shutil.copytree(pathlib.Path(self.made.name) / "home", self.home)
        self.pins = self.folder / "pins"
        self.pins.write_text("1234\nABC123\n", encoding="utf-8")
        self.pins.chmod(0o600)
        self.counter = self.folder / "counter"

    def serve(self, *words, before=()):
        serving = Serving(self.home, *words, before=before)
        self.addCleanup(lambda: serving.process.poll() is None and serving.kill())
        return serving

    def serve_on_a_socket(self, *words):
        set_services(self.home, 'acts = "unix:acts.sock"')
        serving = self.serve(*words)
        self.assertEqual(serving.at["acts"], f"unix:{self.home}/acts.sock")
        return serving

    def make_counter(self, place):
        done(self.counter, "init", "--counter", place)

    def issue(self, *more):
        return done(self.counter, "counter", "issue", "--office", OFFICE, "--resident", RESIDENT, "--pins", self.pins, *more)

    def holds(self, name, document):
        schema = json.loads((ROOT / f"docs/formats/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        self.assertEqual(problems(schema, document), [], document)

    def curl(self, path, document):
        """An act by another program, both as their schemas say; the status and the document."""
        self.holds(f"acts-{path}" if path in ("issue", "confirm", "decide") else "acts-status", document)
        run = subprocess.run(["curl", "-sS", "-w", "\n%{http_code}", "--unix-socket", f"{self.home}/acts.sock",
                              "-H", "Content-Type: application/json", "--data-binary", json.dumps(document),
                              f"http://localhost/acts/{path}"], capture_output=True, text=True, timeout=60, check=True)
        body, status = run.stdout.rsplit("\n", 1)
        if status == "200" and path != "decide":
            self.holds("certificate-show", json.loads(body))
        return int(status), json.loads(body)

    def accept_keys_without_a_card(self):
        path = self.home / "shomei.toml"
        text = path.read_text(encoding="utf-8")
        self.assertIn('attestation = "required"', text)
        path.write_text(text.replace('attestation = "required"', 'attestation = "accepted"'), encoding="utf-8")

    def csr(self, challenge):
        config = self.folder / "csr.cnf"
        config.write_text("[req]\nprompt=no\ndistinguished_name=dn\nattributes=at\n[dn]\nCN=x\n[at]\n"
                          f"challengePassword={challenge}\n", encoding="utf-8")
        return subprocess.run(["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null",
                               "-config", str(config)], capture_output=True, text=True, check=True).stdout

    def test_a_counter_without_keys(self):
        authority = self.serve_on_a_socket("--only", "authority")
        self.assertEqual(set(authority.at), {"authority", "acts"})
        self.make_counter(authority.at["acts"])
        self.assertEqual(sorted(p.name for p in self.counter.rglob("*") if p.is_file()), ["home.key", "shomei.toml"])
        issued = self.issue("--request", "visit-0001", "--officer", "sato")
        kinds = [(c["kind"], c["state"], c["delivered"]) for c in issued["certificates"]]
        self.assertEqual(kinds, [("user_authentication", "valid", True), ("signature", "valid", True)])
        self.assertEqual(sorted(p.name for p in (self.counter / "cards").glob("*.card")), [f"{issued['card']}.card"])
        serial = issued["certificates"][0]["serial"]
        change = ("--office", OFFICE, "--serial", serial, "--ground", "lost", "--request", "visit-0002")
        revoked = done(self.counter, "counter", "revoke", *change)
        self.assertEqual(revoked["state"], "revoked")
        self.assertEqual(done(self.counter, "counter", "revoke", *change), revoked, "the same request, the same answer")
        error = refused(self.counter, "counter", "suspend", *change)
        self.assertEqual((error["fault"], error["code"]), ("conflict", "request_differs"))
        self.assertEqual(authority.stop(), 0)
        actors = {e["operator"].get("actor") for e in done(self.home, "journal", "show", "--from", "2", "--count", "1000")["entries"]}
        self.assertIn(f"sato via uid {os.getuid()}", actors)
        done(self.home, "journal", "verify")

    def refuses(self, name, place, document):
        """The schema and the service say no to what neither may take."""
        schema = json.loads((ROOT / f"docs/formats/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        bad = [{**document, "one_too_many": 1}, *({**document, member: {"?": 1}} for member in document)]
        bad += [{m: v for m, v in document.items() if m != member} for member in schema["required"]]
        for one in bad:
            status, _, answer = ask(f"{self.home}/acts.sock", "POST", place, json.dumps(one), {"Content-Type": "application/json"})
            self.assertEqual(status, 400, (one, answer))
            self.assertNotEqual(problems(schema, one), [], one)

    def test_what_is_said_of_cards_is_as_the_schemas_say(self):
        self.serve_on_a_socket("--only", "authority")
        between = Between(f"{self.folder}/between.sock", f"{self.home}/acts.sock")
        self.addCleanup(between.server_close)
        self.addCleanup(between.shutdown)
        self.make_counter(f"unix:{self.folder}/between.sock")
        self.issue("--request", "visit-0001", "--officer", "sato")
        asked = {"open": "open", "blank": "open", "errand": "errand", "answers": "answers"}
        said = [(place.removeprefix("/acts/card/"), json.loads(body), status, json.loads(answer))
                for place, body, status, answer in between.said if place.startswith("/acts/card/")]
        self.assertEqual({what for what, *_ in said}, set(asked))
        for what, body, status, answer in said:
            self.holds(f"acts-card-{asked[what]}", body)
            if status == 200:
                self.holds("acts-card-blank" if what == "blank" else "acts-card-turn", answer)
        outcomes = [answer["outcome"] for _, _, status, answer in said if status == 200 and answer.get("outcome")]
        self.assertTrue(any(o["proof"] for o in outcomes) and any(o["card"]["operational"] for o in outcomes), outcomes)
        for what, name in asked.items():
            body = next(body for of, body, *_ in said if of == what)
            self.refuses(f"acts-card-{name}", f"/acts/card/{what}", body)

    def test_a_refusal_comes_before_the_pins(self):
        authority = self.serve_on_a_socket()
        self.make_counter(authority.at["acts"])
        child = max(done(self.home, "resident", "list")["residents"], key=lambda r: r["born"])["id"]
        error = refused(self.counter, "counter", "issue", "--office", OFFICE, "--resident", child, "--kind", "signature",
                        "--pins", "/nowhere")
        self.assertEqual((error["fault"], error["code"]), ("refused", "signature_age_not_reached"))
        self.assertEqual(list((self.counter / "cards").glob("*")), [])

    def stopped_between_intent_and_result(self, body):
        """Asks for an issue and takes the store's lock when the intent is there. The store and who asks; the store is None
        when the result was quicker."""
        asking = subprocess.Popen(["curl", "-sS", "-m", "60", "--unix-socket", f"{self.home}/acts.sock", "-H",
                                   "Content-Type: application/json", "--data-binary", json.dumps(body),
                                   "http://localhost/acts/issue"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        store = sqlite3.connect(f"file:{self.home}/store.sqlite?mode=rw", uri=True, timeout=60, isolation_level=None)
        self.addCleanup(store.close)
        until = time.monotonic() + 60
        while not store.execute("select count(*) from certificate where state = 'reserved'").fetchone()[0]:
            self.assertLess(time.monotonic(), until)
            if asking.poll() is not None:
                return None, asking
            time.sleep(0.0002)
        store.execute("begin immediate")
        if store.execute("select count(*) from certificate where state = 'reserved'").fetchone()[0]:
            return store, asking
        store.execute("rollback")
        self.assertEqual(asking.wait(), 0)
        return None, asking

    def test_a_key_of_which_no_card_says_that_it_made_it_is_refused(self):
        self.serve_on_a_socket()
        body = {"request": "visit-0012-u", "officer": "sato", "office": OFFICE, "resident": RESIDENT,
                "kind": "user_authentication", "csr": self.csr("visit-0012-u")}
        status, answer = self.curl("issue", body)
        self.assertEqual((status, answer["code"]), (403, "attestation_missing"), answer)
        last = done(self.home, "journal", "show", "--count", "1000")["entries"][-1]
        self.assertEqual(last["operator"].get("refusal"), "attestation_missing")

    def test_the_authority_is_killed_while_it_is_asked(self):
        self.accept_keys_without_a_card()
        authority = self.serve_on_a_socket()
        for number, resident in enumerate((RESIDENT, "f9b2k7ys", "s5v1d8qe", "j8x5p2hk", "e1r9t4wm", "l6n3c9fb")):
            request = f"visit-000{number}-u"
            body = {"request": request, "officer": "sato", "office": OFFICE, "resident": resident,
                    "kind": "user_authentication", "application": {}, "csr": self.csr(request)}
            store, asking = self.stopped_between_intent_and_result(body)
            if store:
                break
        self.assertIsNotNone(store, "every result was there before the lock was")
        authority.kill()
        store.execute("rollback")
        self.assertIn(asking.wait(), (52, 56), "curl got no answer")
        self.serve()
        status, answer = self.curl("issue", body)
        self.assertEqual((status, answer["code"]), (409, "request_interrupted"))
        body["request"] = "visit-0010-u"
        body["csr"] = self.csr("visit-0010-u")
        status, answer = self.curl("issue", body)
        self.assertEqual((status, answer["state"], answer["delivered"]), (200, "valid", False), answer)
        self.assertEqual(self.curl("issue", body)[1], answer, "the same certificate")
        confirmed = self.curl("confirm", {**{m: body[m] for m in ("request", "officer", "office")},
                                          "serial": answer["serial"]})
        self.assertTrue(confirmed[1]["delivered"], confirmed)

    def test_a_question_is_answered_as_why_and_records_nothing(self):
        self.serve_on_a_socket()
        before = done(self.home, "journal", "verify")
        status, answer = self.curl("decide", {"office": OFFICE, "resident": "見本　花子", "kinds": ["signature", "user_authentication"],
                                              "application": {"applicant": "self", "proofs": []}})
        self.assertEqual((status, answer["resident"], answer["refusal"]["fault"]), (200, RESIDENT, "refused"), answer)
        schema = json.loads((ROOT / "docs/formats/schemas/answer.schema.json").read_text(encoding="utf-8"))
        status, answer = self.curl("decide", {"office": OFFICE, "resident": RESIDENT, "kinds": ["user_authentication"]})
        self.assertEqual((answer["refusal"], [d["decision"] for d in answer["decisions"]]), (None, ["granted"]))
        self.assertEqual(problems(schema, answer["decisions"][0]), [])
        self.assertEqual(done(self.home, "journal", "verify"), before)

    def test_undelivered_certificates_wait_for_their_counter(self):
        self.accept_keys_without_a_card()
        # A card that was taken at the authority and never finished says nothing about the one at the counter.
        refused(self.home, "counter", "issue", "--office", OFFICE, "--resident", RESIDENT, "--pins", "/nowhere")
        self.assertEqual(len(list((self.home / "cards").glob("*.card"))), 1)
        authority = self.serve_on_a_socket()
        body = {"request": "visit-0011-u", "officer": "sato", "office": OFFICE, "resident": RESIDENT,
                "kind": "user_authentication", "csr": self.csr("visit-0011-u")}
        status, issued = self.curl("issue", body)
        self.assertEqual(status, 200, issued)
        authority.kill()
        again = self.serve()
        self.assertEqual(self.curl("issue", body), (200, issued))
        listed = done(self.home, "certificate", "show", "--serial", issued["serial"])
        self.assertEqual((listed["state"], listed["delivered"]), ("valid", False))
        self.make_counter(again.at["acts"])
        confirm = ("counter", "confirm", "--office", OFFICE, "--serial", issued["serial"])
        self.assertTrue(done(self.counter, *confirm)["delivered"])
        self.assertTrue(done(self.counter, *confirm)["delivered"], "said twice")
        again.stop()
        self.assertTrue(done(self.home, "certificate", "show", "--serial", issued["serial"])["delivered"])

    def test_the_counter_waits_for_an_authority_that_comes_back(self):
        authority = self.serve_on_a_socket()
        self.make_counter(authority.at["acts"])
        authority.kill()
        asking = subprocess.Popen([PROGRAM, "--home", str(self.counter), "--json", "counter", "issue", "--office", OFFICE,
                                   "--resident", RESIDENT, "--pins", str(self.pins)], stdout=subprocess.PIPE, text=True,
                                  stderr=subprocess.PIPE, env=ENVIRONMENT)
        time.sleep(1)
        self.serve()
        out, err = asking.communicate(timeout=60)
        self.assertEqual(asking.returncode, 0, (out, err))

    def test_the_status_tier_has_no_keys_of_authorities_and_no_persons(self):
        issuing = self.serve_on_a_socket()
        self.make_counter(issuing.at["acts"])
        serial = self.issue("--kind", "user_authentication")["certificates"][0]["serial"]
        issuing.stop()
        for name in ("signature-1", "user_authentication-1", "checkpoint"):
            (self.home / "keys" / f"{name}.key").unlink()
        with sqlite3.connect(self.home / "store.sqlite") as store:
            for table in ("private_part", "entry_about", "card", "resident", "request"):
                store.execute(f"delete from {table}")
        store.close()
        trace = self.folder / "trace"
        status = self.serve("--only", "status", before=("strace", "-f", "-qq", "-e", "trace=openat,open", "-o", str(trace)))
        self.assertEqual(set(status.at), {"status", "metrics"})
        shutil.copy(self.home / "public/user_authentication-1.crt", self.folder / "issuer.crt")
        said = subprocess.run(["openssl", "ocsp", "-issuer", "issuer.crt", "-CAfile", "issuer.crt", "-serial", "0x" + serial,
                               "-url", status.at["status"] + "/ocsp"], capture_output=True, text=True, cwd=self.folder, check=False)
        self.assertIn(": good", said.stdout, said.stderr)
        subprocess.run(["pkill", "-TERM", "-P", str(status.process.pid)], check=False)
        status.process.communicate(timeout=20)
        opened = set(re.findall(r'"([^"]*\.key)"', trace.read_text(encoding="utf-8")))
        self.assertEqual({pathlib.Path(name).name for name in opened},
                         {"home.key", "signature-1-responder.key", "user_authentication-1-responder.key"})

    def test_tls_between_two_that_know_each_other(self):
        def must(line):
            subprocess.run(line, shell=True, cwd=self.folder, check=True, capture_output=True)
        key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        must(f"openssl req -x509 {key} -subj /CN=ca -days 2 -keyout ca.key -out ca.crt")
        must("echo subjectAltName=IP:127.0.0.1 > more")
        for name in ("server", "client"):
            must(f"openssl req {key} -subj /CN={name} -keyout {name}.key -out csr && openssl x509 -req -in csr -CA ca.crt "
                 f"-CAkey ca.key -days 2 -extfile more -out {name}.crt")
        tls = f'certificate = "{self.folder}/%s.crt"\nkey = "{self.folder}/%s.key"\n%s = "{self.folder}/ca.crt"\n'
        set_services(self.home, 'acts = "127.0.0.1:0"', "\n[services.acts_tls]\n" + tls % ("server", "server", "clients"))
        authority = self.serve("--only", "authority")
        self.assertTrue(authority.at["acts"].startswith("https://127.0.0.1:"))
        self.make_counter(authority.at["acts"])
        error = refused(self.counter, "counter", "issue", "--office", OFFICE, "--resident", RESIDENT, "--pins", self.pins)
        self.assertEqual(error["code"], "tls_files_missing")
        set_services(self.counter, f'authority_of_counter = "{authority.at["acts"]}"',
                     "\n[services.counter_tls]\n" + tls % ("client", "client", "authorities"))
        self.issue()
        authority.stop()
        actors = {e["operator"].get("actor") for e in done(self.home, "journal", "show", "--from", "2", "--count", "1000")["entries"]}
        self.assertIn("cli via CN=client", actors)

    def test_acts_without_tls_are_a_demo_s_on_loopback(self):
        set_services(self.home, 'acts = "127.0.0.1:0"')
        self.assertEqual(refused(self.home, "serve")["code"], "acts_plain")
        set_services(self.home, 'acts = "0.0.0.0:0"\nacts_plain_loopback = true')
        self.assertEqual(refused(self.home, "serve")["code"], "acts_plain")
        set_services(self.home, 'acts = "127.0.0.1:0"\nacts_plain_loopback = true')
        place = self.serve().at["acts"]
        self.assertTrue(place.startswith("http://127.0.0.1:"))
        done(self.counter, "init", "--counter", place)
        issue = ("counter", "issue", "--office", OFFICE, "--resident", RESIDENT, "--pins", self.pins)
        self.assertEqual(refused(self.counter, *issue)["code"], "acts_plain")
        self.assertEqual(refused(self.counter, *issue, "--authority", "http://192.0.2.1:8443")["code"], "acts_plain")
        set_services(self.counter, f'authority_of_counter = "{place}"\nacts_plain_loopback = true')
        done(self.counter, *issue)

    def test_held_and_restored_at_home(self):
        path = self.home / "shomei.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("hold_is_final = true", "hold_is_final = false"), encoding="utf-8")
        issued = done(self.home, "counter", "issue", "--office", OFFICE, "--resident", RESIDENT, "--pins", self.pins)
        at = ("--office", OFFICE, "--serial", issued["certificates"][0]["serial"])
        suspend = ("counter", "suspend", *at, "--ground", "lost", "--request", "visit-0003")
        held = done(self.home, *suspend)
        self.assertEqual(held["state"], "suspended")
        self.assertEqual(done(self.home, "counter", "restore", *at, "--request", "visit-0004")["state"], "valid")
        self.assertEqual(done(self.home, *suspend), held, "what was answered is answered again")


if __name__ == "__main__":
    PROGRAM = Program.path = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
