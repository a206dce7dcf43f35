#!/usr/bin/env python3
"""What `shomei --json` prints is what docs/formats/schemas/ says: documents_test.py PROGRAM. A home is made, certificates are
issued and revoked, errors provoked, an entry changed behind the program's back; every document is held against its schema,
and every schema must notice when a member is missing, of another type, or one too many."""

import copy
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.append(str(Path(__file__).parents[1] / "postgres"))
from json_schema import problems  # noqa: E402
from program import Program, learn_demo_settings  # noqa: E402

SCHEMAS = Path(__file__).parents[2] / "docs/formats/schemas"
PROGRAM = None
RESIDENT = "q7k2m9xa"
LINE_OF_AN_UNKNOWN_MUNICIPALITY = json.dumps({"name": "見本　一", "address": "東京都", "gender": "male", "born": "1990-01-02",
                                              "status": "japanese", "municipality": "99999"})


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


class Home:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="shomei-schemas-")
        self.path = Path(self.folder.name) / "home"
        self.pins = Path(self.folder.name) / "pins"
        self.pins.write_text("1234\nABC123\n")
        self.pins.chmod(0o600)

    def make(self, *more):
        """With authorities whose keys are made quickly."""
        self.done(*Program(self.path).init(Path(self.folder.name) / "settings.toml"), *more)

    def run(self, *arguments):
        """The exit code and the one document on stdout."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run([PROGRAM, "--home", str(self.path), "--json", *map(str, arguments)], capture_output=True, text=True,
                              env=environment, timeout=120, check=False)
        try:
            return done.returncode, json.loads(done.stdout)
        except json.JSONDecodeError:
            raise AssertionError(f"{arguments}: no document\n{done.stdout}\n{done.stderr}") from None

    def done(self, *arguments):
        code, document = self.run(*arguments)
        assert code == 0, (arguments, document)
        return document


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = home = Home()
        learn_demo_settings(home.folder.name)
        home.make()
        home.done("counter", "issue", "--office", "inagi-city-hall", "--resident", RESIDENT, "--pins", str(home.pins))
        cls.event = home.done("resident", "event", "--resident", RESIDENT, "--event", "moved", "--value", "神奈川県横浜市中区１番地",
                              "--municipality", "14104", "--office", "inagi-city-hall")
        listed = home.done("certificate", "list", "--resident", RESIDENT)["certificates"]
        cls.shown = {c["kind"]: home.done("certificate", "show", "--serial", c["serial"]) for c in listed}

    @classmethod
    def tearDownClass(cls):
        cls.home.folder.cleanup()

    def holds(self, name, document):
        self.assertEqual(problems(schema(name), document), [], json.dumps(document, ensure_ascii=False))

    def notices(self, name, document):
        """Every member of the document is demanded in its type, and no other is allowed."""
        self.assertNotEqual(problems(schema(name), {**document, "one_too_many": 1}), [])
        for path in paths(document):
            wrong = copy.deepcopy(document)
            parent = wrong
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = [[]]
            self.assertNotEqual(problems(schema(name), wrong), [], f"{path} of another type")

    def test_certificates(self):
        self.assertEqual(set(self.shown), {"signature", "user_authentication"})
        for document in self.shown.values():
            self.holds("certificate-show", document)
            self.notices("certificate-show", document)
        self.assertEqual(self.shown["signature"]["state"], "revoked")
        self.assertEqual(self.shown["signature"]["reason"], "affiliationChanged")
        self.assertEqual(self.shown["signature"]["attributes"]["name_substitutions"], "00000")
        self.assertIsNone(self.shown["user_authentication"]["attributes"])

    def test_an_event_tells_what_ends_and_what_was_revoked(self):
        self.assertEqual(set(self.event), {"event", "resident", "ends", "revoked"})
        (end,), (revoked,) = self.event["ends"], self.event["revoked"]
        self.assertEqual(end, {"kind": "signature", "from": revoked["revoked_at"], "reason": "affiliationChanged"})
        self.assertEqual((revoked["kind"], revoked["reason"]), ("signature", "affiliationChanged"))

    def test_what_ends_on_a_day_to_come_is_told_and_not_revoked(self):
        resident, day = "l6n3c9fb", self.home.done("resident", "show", "--resident", "m2g7j4ua")["moving_abroad"]["planned"]
        self.home.done("counter", "issue", "--office", "inagi-city-hall", "--resident", resident, "--pins", str(self.home.pins))
        event = self.home.done("resident", "event", "--resident", resident, "--event", "move_out", "--value", day, "--abroad",
                               "--office", "inagi-city-hall")
        self.assertEqual(event["revoked"], [])
        self.assertEqual([(end["kind"], end["from"]) for end in event["ends"]],
                         [(kind, f"{day}T00:00:00+09:00") for kind in ("signature", "user_authentication")])

    def test_a_member_that_is_missing_is_noticed(self):
        for member in self.shown["signature"]:
            wrong = {name: value for name, value in self.shown["signature"].items() if name != member}
            if member != "pem":  # not required: a certificate that was never signed has none
                self.assertNotEqual(problems(schema("certificate-show"), wrong), [], member)

    def test_a_mass_act(self):
        other = Home()
        self.addCleanup(other.folder.cleanup)
        other.make()
        other.done("counter", "issue", "--office", "inagi-city-hall", "--resident", RESIDENT, "--pins", str(other.pins))
        office = ("--office", "inagi-city-hall")
        order = other.done("mass", "plan", "revoke", "--query", '{"municipalities":["13225"]}', "--reason", "keyCompromise", *office)
        self.holds("mass-order", order)
        self.notices("mass-order", order)
        shown = other.done("mass", "show", order["order"])
        self.assertEqual(shown.pop("standing")["stage"], "fixed")
        self.assertTrue(order.pop("agreed"), "nobody's word is needed where no officers are required")
        self.assertEqual(shown, order)
        report = other.done("mass", "run", order["order"])
        self.holds("mass-report", report)
        self.notices("mass-report", report)
        self.assertEqual((report["stage"], report["done"], len(report["lists"])), ("done", 2, 8))
        self.assertEqual(other.done("mass", "report", order["order"])["by_kind"], {"signature": 1, "user_authentication": 1})
        self.assertEqual([o["stage"] for o in other.done("mass", "list")["orders"]], ["done"])
        code, document = other.run("mass", "resume", order["order"])
        self.assertEqual((code, document["error"]["code"]), (1, "mass_ended"))
        code, document = other.run("mass", "plan", "revoke", "--query", "{}", *office)
        self.assertEqual((code, document["error"]["code"]), (1, "mass_query_empty"))
        self.assertTrue(other.done("journal", "verify")["holds"])

    def test_a_journal_that_holds(self):
        document = self.home.done("journal", "verify")
        self.holds("journal-verify", document)
        self.notices("journal-verify", document)
        self.assertTrue(document["holds"])
        self.assertGreaterEqual(document["certificates"], 2)

    def test_a_journal_in_which_nothing_crossed(self):
        document = self.home.done("journal", "check")
        self.holds("journal-check", document)
        self.notices("journal-check", document)
        self.assertTrue(document["holds"])
        self.assertGreaterEqual(document["certificates"], 2)
        self.assertEqual(document["nameless"], 0)

    def test_a_journal_in_which_something_crossed(self):
        other = Home()
        self.addCleanup(other.folder.cleanup)
        other.make()
        store = next(other.path.rglob("*.sqlite"))
        with sqlite3.connect(store) as database:
            database.execute("UPDATE card SET holder = (SELECT id FROM resident ORDER BY id DESC LIMIT 1)")
        database.close()
        code, document = other.run("journal", "check")
        self.assertEqual(code, 1)
        self.holds("journal-check", document)
        self.assertEqual({finding["invariant"] for finding in document["findings"]}, {"card_holder"})

    def test_a_journal_that_does_not_hold(self):
        other = Home()
        self.addCleanup(other.folder.cleanup)
        other.make("--empty")
        store = next(other.path.rglob("*.sqlite"))
        with sqlite3.connect(store) as database:
            database.execute("UPDATE private_part SET operator_body = x'3000' WHERE sequence = 0")
        database.close()
        code, document = other.run("journal", "verify")
        self.assertEqual(code, 1)
        self.holds("journal-verify", document)
        self.assertFalse(document["holds"])
        self.assertNotEqual(document["findings"], [])

    def test_a_published_journal_that_holds_and_one_that_does_not(self):
        folder = Path(self.home.folder.name) / "published"
        exported = self.home.done("journal", "export", "--out", str(folder))
        self.assertEqual(set(exported), {"checkpoint", "written", "kept", "key"})
        verify = ("journal", "verify", "--tiles", str(folder), "--key", exported["key"])
        document = self.home.done(*verify)
        self.holds("journal-verify-published", document)
        self.notices("journal-verify-published", document)
        next((folder / "tile/entries").rglob("*.p/*")).unlink()
        code, document = self.home.run(*verify)
        self.assertEqual(code, 1)
        self.holds("journal-verify-published", document)
        self.assertEqual([finding["code"] for finding in document["findings"]], ["file_missing"])

    def test_two_checkpoints(self):
        note = Path(self.home.folder.name) / "note"
        key = self.home.done("journal", "checkpoint", "--out", str(note))["key"]
        document = self.home.done("journal", "compare", str(note), str(note), "--key", key)
        self.holds("journal-compare", document)
        self.notices("journal-compare", {**document, "fork": {"older": "a", "newer": "b", "path": ["A" * 43 + "="]}})

    def test_a_backup(self):
        folder = Path(self.home.folder.name) / "backup"
        document = self.home.done("backup", "--out", str(folder))
        self.holds("backup", document)
        self.notices("backup", document)
        self.assertEqual([left["what"] for left in document["left_out"]], ["keys/home.key"])
        self.assertEqual(self.home.done("backup", "check", str(folder), "--manifest", document["manifest_sha256"]), document)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.holds("backup-manifest", manifest)
        self.notices("backup-manifest", manifest)

    def test_a_statement_about_the_past(self):
        serial = self.shown["signature"]["serial"]
        document = self.home.done("certificate", "status", "--serial", serial, "--at", "2031-06-01T00:00:00+09:00")
        self.holds("status-at", document)
        self.notices("status-at", document)
        self.assertEqual(document["known_now"]["reason"], "affiliationChanged")
        self.holds("status-at", self.home.done("certificate", "status", "--serial", serial, "--at", "2020-01-01T00:00:00Z"))
        out = Path(self.home.folder.name) / "status.json"
        written = self.home.done("certificate", "status", "--serial", serial, "--at", "2020-01-01T00:00:00Z", "--out", str(out))
        self.assertEqual(set(written), {"authority", "serial", "at", "good", "signed", "file"})
        key = (self.home.path / "public/checkpoint.vkey").read_text().strip()
        checked = self.home.done("certificate", "check-status", "--file", str(out), "--key", key)
        self.assertEqual(set(checked), {"holds", "signed", "withheld", "checkpoint", "authority_certificate", "authority", "serial",
                                        "at", "produced_at", "good", "known_now", "known_then", "changes",
                                        "shomei_status_at"})

    def test_a_receipt(self):
        out = Path(self.home.folder.name) / "receipt.json"
        made = self.home.done("journal", "receipt", "--resident", RESIDENT, "--operator", "--out", str(out))
        self.assertEqual(set(made), {"act", "entries", "key", "file"})
        document = json.loads(out.read_text(encoding="utf-8"))
        self.holds("receipt", document)
        self.notices("receipt", document)
        proven = self.home.done("journal", "prove", "--receipt", str(out))
        self.assertEqual(set(proven), {"proven", "key", "key_is_the_receipts_own", "checkpoint", "entries"})
        self.assertEqual(len(proven["entries"]), made["entries"])

    def test_errors(self):
        asked = [
            (1, "not_found", ("certificate", "show", "--serial", "00AB")),
            (2, "malformed", ("certificate", "show", "--serial", "xyz")),
            (2, "malformed", ("certificate", "show")),
            (2, "malformed", ("no-such-command",)),
            (2, "malformed", ("journal", "verify", "--since", "")),
            (2, "malformed", ("journal", "show", "--from", "9223372036854775808")),
            (2, "malformed", ("journal", "verify", "--memory-mib", "0")),
            (2, "malformed", ("journal", "verify", "--tiles", "/nowhere")),
            (2, "malformed", ("journal", "receipt", "--out", "/dev/null")),
            (1, "not_found", ("journal", "receipt", "--act", "no-such-act", "--out", "/dev/null")),
            (1, "refused", ("journal", "erase", "--resident", RESIDENT, "--office", "inagi-city-hall", "--ground", "test")),
            (2, "malformed", ("crl", "write", "--authority", "signature-1", "--out", "/dev/null", "--at",
                              "9999-12-31T23:30:00Z")),
            (2, "malformed", ("resident", "add", "--line", LINE_OF_AN_UNKNOWN_MUNICIPALITY)),
            (1, "refused", ("counter", "issue", "--office", "inagi-city-hall", "--resident", RESIDENT, "--pins",
                            str(self.home.pins), "--kind", "user_authentication")),
            (1, "conflict", ("init",)),
        ]
        for wanted_code, fault, arguments in asked:
            with self.subTest(arguments=arguments):
                code, document = self.home.run(*arguments)
                self.assertEqual(code, wanted_code, document)
                self.holds("error", document)
                self.notices("error", document)
                self.assertEqual(document["error"]["fault"], fault)

    def why(self, facts, *arguments):
        """The exit code and the answer to a facts file with that text."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            file.write(facts if isinstance(facts, str) else json.dumps(facts))
            file.flush()
            return self.home.run("why", "--facts", file.name, *arguments)

    def test_facts_that_the_schema_and_the_program_take(self):
        whole = json.loads(example("facts"))
        for facts in [whole, {}, {member: None for member in whole},
                      {"resident": {member: None for member in whole["resident"]}, "card": dict.fromkeys(whole["card"])}]:
            self.holds("facts", facts)
            _, document = self.why(facts, "--act", "event", "--on", "2026-11-22")
            self.assertIn("decision", document)
        self.notices("facts", whole)
        for path in (SCHEMAS.parents[1] / "examples/rules").rglob("*.json"):
            self.holds("facts", json.loads(path.read_text(encoding="utf-8")))

    def test_facts_that_neither_takes(self):
        """The schema is asked about each member, the program about one of each type, in an object and in a list."""
        whole, asked = json.loads(example("facts")), set()
        for path in paths(whole):
            bad = copy.deepcopy(whole)
            parent = bad
            for step in path[:-1]:
                parent = parent[step]
            sort = (type(parent[path[-1]]), type(path[-1]), len(path) > 1)
            parent[path[-1]] = 1
            place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
            with self.subTest(place):
                self.assertNotEqual(problems(schema("facts"), bad), [])
                if sort in asked:
                    continue
                asked.add(sort)
                code, document = self.why(bad, "--act", "event", "--on", "2026-11-22")
                self.assertEqual((code, document["error"]["fault"]), (2, "malformed"))
                self.assertEqual(document["error"]["parameters"]["member"], place)
                self.assertIn(place, document["error"]["says"])

    def test_the_schema_of_facts_has_the_members_of_the_program(self):
        for member in [None, "resident", "card", "office", "exception", "reservation", "authority"]:
            needs = {"office": {"kind": "kiosk"}, "reservation": {"made_at": "2026-11-22T09:00:00+09:00"}}.get(member, {})
            bad = {"?": 1} if member is None else {member: {**needs, "?": 1}}
            _, document = self.why(bad, "--act", "event")
            known = set(document["error"]["parameters"]["known"].split(", "))
            of = schema("facts") if member is None else schema("facts")["properties"][member]
            self.assertEqual(known, set(of["properties"]), member)

    def test_answers(self):
        whole = json.loads(example("facts"))
        asked = [("issue", "signature"), ("issue", "user_authentication"), ("renew", "signature"), ("revoke", None),
                 ("suspend", None), ("restore", None), ("change_pin", "signature"), ("reset_pin", "input_helper"),
                 ("unlock_pin", "user_authentication"), ("replace_card", None), ("notice", None), ("event", None)]
        renewable = {"resident": {"born": "1990-01-02", "status": "japanese"}, "card": {"valid_until": "2034-05-05"},
                     "certificates": [{"kind": "signature", "not_after": "2027-01-02"},
                                      {"kind": "user_authentication", "not_after": "2031-01-02"}],
                     "proofs": ["document_a"], "event": "moved"}
        verdicts = set()
        for facts in (whole, renewable, {}):
            for act, kind in asked:
                with self.subTest(act=act, kind=kind):
                    code, document = self.why(facts, "--act", act, *(["--kind", kind] if kind else []), "--on", "2026-11-22")
                    self.assertEqual(code, 0 if document["decision"] == "granted" else 1)
                    self.holds("answer", document)
                    self.notices("answer", document)
                    verdicts.add(document["decision"])
        self.assertEqual(verdicts, {"granted", "refused", "not_applicable"})

    def test_the_page_on_decisions_shows_what_the_program_answers(self):
        _, document = self.why(example(""), "--act", "event")
        self.assertEqual(json.dumps(document, ensure_ascii=False), json.dumps(json.loads(example("answer")), ensure_ascii=False))
        record, answer = json.loads(example("record")), document
        self.assertEqual(set(record) - set(answer), {"at"})
        self.assertEqual([rule["id"] for rule in record["rules"]], [rule["id"] for rule in answer["rules"]])

    def test_a_card_in_a_reader_is_told_in_lines(self):
        with socket.create_server(("127.0.0.1", 0)) as reader:
            address = f"127.0.0.1:{reader.getsockname()[1]}"
            inserting = subprocess.Popen([PROGRAM, "--home", str(self.home.path), "--json", "card", "insert", "--resident",
                                          RESIDENT, "--reader", address], stdout=subprocess.PIPE, text=True)
            self.addCleanup(inserting.kill)
            reader.settimeout(60)
            reader.accept()[0].close()
        first = [json.loads(inserting.stdout.readline()) for _ in range(2)]
        inserting.send_signal(signal.SIGTERM)
        rest, _ = inserting.communicate(timeout=60)
        lines = first + [json.loads(line) for line in rest.splitlines()]
        self.assertEqual([line["event"] for line in lines], ["inserted", "reader_gone", "removed"])
        self.assertEqual({line["card"] for line in lines}, {f"card-{RESIDENT}"})
        self.assertEqual(inserting.returncode, 0)

    def test_register_lines(self):
        lines = (self.home.path / "register/demo.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertGreaterEqual(len(lines), 10)
        for line in lines:
            self.holds("register-line", json.loads(line))


class Validator(unittest.TestCase):
    def test_an_unknown_word_is_not_passed_over(self):
        self.assertRaises(NotImplementedError, problems, {"maximum": 3}, 1)

    def test_what_holds_and_what_does_not(self):
        for demand, good, bad in [
            ({"type": "integer"}, 3, True), ({"type": ["string", "null"]}, None, 1), ({"enum": [None, "a"]}, "a", "b"),
            ({"enum": [1]}, 1, True), ({"pattern": "^a$"}, "a", "a\n"), ({"minimum": 1}, 1, 0), ({"minLength": 1}, "a", ""),
            ({"maxLength": 1}, "字", "ab"), ({"maxItems": 1}, [1], [1, 2]), ({"required": ["a"]}, {"a": 1}, {}),
            ({"dependentRequired": {"a": ["b"]}}, {"b": 1}, {"a": 1}), ({"items": {"type": "string"}}, ["a"], [1]),
            ({"additionalProperties": False, "properties": {"a": {}}}, {"a": 1}, {"b": 1}),
            ({"additionalProperties": {"type": "string"}}, {"a": ""}, {"a": 1}),
            ({"properties": {"a": {"type": "null"}}}, {"a": None}, {"a": 1}),
        ]:
            with self.subTest(demand=demand):
                self.assertEqual(problems(demand, good), [])
                self.assertEqual(len(problems(demand, bad)), 1)


def example(what):
    """The block of docs/formats/decision.md that is marked so."""
    page = (SCHEMAS.parent / "decision.md").read_text(encoding="utf-8")
    return re.search(rf"^```json{' ' if what else ''}{what}\n(.*?)^```", page, flags=re.S | re.M).group(1)


def paths(value, at=()):
    """Every member below a document, each as the way to it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for step, member in steps:
        yield (*at, step)
        yield from paths(member, (*at, step))


if __name__ == "__main__":
    PROGRAM = Program.path = sys.argv.pop(1)
    unittest.main()
