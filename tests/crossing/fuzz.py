#!/usr/bin/env python3
"""Looks for one crossing: fuzz.py PROGRAM [--acts N] [--workers W] [--processes P] [--engine postgres|sqlite] [--seconds T] [--seed S].

Processes of `serve --only authority` over one store are asked by many workers at once, each for people of its own, and
for what tempts them to take one for another: the same request from two workers at two processes, a request identifier
for two people, a key for two people, another's answer repeated, another's certificate changed, another's request under
an identifier of one's own. Every answer is held against what was asked: the certificate in it has the asker's key and
says who the asker is. In the end `journal check` and `journal verify` find nothing. A seed makes the same questions; who
comes first is up to the machine."""

import argparse
import collections
import copy
import http.client
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "postgres"))
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import UnixConnection  # noqa: E402
from people import Key, Person, change_of, issue_of, wrong_in  # noqa: E402
from program import Program, Serving, learn_demo_settings  # noqa: E402
from server import Server  # noqa: E402

KINDS = ("user_authentication", "signature")
PEOPLE_OF_A_WORKER = 3
# A rule says no, somebody came first, the store is busy: told with a code. `act_crossed` says that something did.
TOLD = (200, 403, 409, 503)


class Crossed(Exception):
    pass


class Authority:
    """The processes, and the acts that were answered."""

    def __init__(self, programs, acts, seconds):
        self.programs = programs
        self.sockets = [p.home / "acts.sock" for p in programs]
        self.left = acts
        self.until = time.monotonic() + seconds
        self.told = collections.Counter()
        self.lock = threading.Lock()
        self.offered = collections.deque(maxlen=256)  # issues that others may be tempted by: person, key, document, serial
        self.crossed = []

    def take_turn(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0 and not self.crossed and time.monotonic() < self.until


class Worker(threading.Thread):
    def __init__(self, authority, number, seed):
        super().__init__()
        self.authority, self.number = authority, number
        self.random = random.Random(f"{seed}/{number}")
        self.people = [Person(number * PEOPLE_OF_A_WORKER + i) for i in range(PEOPLE_OF_A_WORKER)]
        self.officer = f"officer-{number}"
        self.requests = 0
        self.connections = {}

    def run(self):
        try:
            while self.authority.take_turn():
                self.random.choices(*zip(*STEPS))[0](self, self.random.choice(self.people), self.random.choice(KINDS))
        except Exception as e:  # told by the main thread
            self.authority.crossed.append(f"worker {self.number}: {type(e).__name__}: {e}")

    def new_request(self):
        self.requests += 1
        return f"cross-{self.number}-{self.requests}"

    def ask(self, act, document, which=None):
        path = self.authority.sockets[which if which is not None else self.random.randrange(len(self.authority.sockets))]
        for again in (True, False):
            connection = self.connections.setdefault(path, UnixConnection(path, 120))
            try:
                connection.request("POST", f"/acts/{act}", json.dumps(document), {"Content-Type": "application/json"})
                answer = connection.getresponse()
                status, body = answer.status, json.loads(answer.read())
                break
            except (OSError, http.client.HTTPException):
                self.connections.pop(path).close()  # it was kept too long: once more, which is the same request
                if not again:
                    raise
        self.authority.told[f"{act} {status} {body.get('code', '')}".strip()] += 1
        if status not in TOLD or body.get("code") == "act_crossed":
            raise Crossed(f"{act} {document['request']}: {status} {body}")
        return status, body

    def expect_own(self, answer, person, key, kind, document, addresses=None):
        wrong = wrong_in(answer, person, key, kind, addresses or [person.address])
        if wrong:
            raise Crossed(f"{document['request']} of {person.id} was answered with another's {', '.join(wrong)}: {answer['serial']} "
                          f"of {answer['resident']}")

    def issue(self, person, kind):
        key = Key()
        document = issue_of(person, key, self.new_request(), kind, self.officer)
        offer = [copy.copy(person), key, document, None]  # as the person is now
        self.authority.offered.append(offer)  # before it is asked: others come at the same moment
        status, answer = self.ask("issue", document)
        if status != 200:
            return
        self.expect_own(answer, person, key, kind, document)
        person.held[kind] = offer[3] = answer["serial"]
        if self.random.random() < 0.5:
            self.change("confirm", person, kind)

    def change(self, act, person, kind, ground=None):
        serial = person.held.get(kind)
        if serial is None:
            return self.issue(person, kind)
        status, answer = self.ask(act, change_of(serial, kind, self.new_request(), self.officer, ground))
        if status == 200 and (answer["serial"], answer["resident"]) != (serial, person.id):
            raise Crossed(f"{act} of {serial} of {person.id} was answered with {answer['serial']} of {answer['resident']}")
        if act == "revoke" and status == 200:
            del person.held[kind]
        return None

    def renew(self, person, kind):
        """The old one is revoked, and a new key is certified."""
        if kind in person.held:
            self.change("revoke", person, kind, "lost")
        self.issue(person, kind)

    def tempting(self):
        return self.random.choice(list(self.authority.offered)) if self.authority.offered else None

    def replay(self, person, kind):
        """Another's request as it is, at any process: the same certificate or nothing."""
        if not (offer := self.tempting()):
            return self.issue(person, kind)
        owner, key, document, serial = offer
        status, answer = self.ask("issue", document)
        if status == 200:
            # What was refused at first may be granted now, to somebody who has moved meanwhile.
            self.expect_own(answer, owner, key, document["kind"], document, owner.addresses)
            if serial not in (None, answer["serial"]):
                raise Crossed(f"{document['request']} was answered with {serial} and with {answer['serial']}")
        return None

    def take_identifier(self, person, kind):
        """The identifier of another's request for a person of one's own."""
        if not (offer := self.tempting()) or offer[0].id == person.id:
            return self.issue(person, kind)
        key = Key()
        document = issue_of(person, key, offer[2]["request"], kind, self.officer)
        status, answer = self.ask("issue", document)
        if status == 200:  # one came before the other
            self.expect_own(answer, person, key, kind, document)
            person.held[kind] = answer["serial"]
        return None

    def take_key(self, person, kind):
        """Another's key for a person of one's own: one certificate, whoever comes first."""
        if not (offer := self.tempting()) or offer[0].id == person.id:
            return self.issue(person, kind)
        key = offer[1]
        document = issue_of(person, key, self.new_request(), kind, self.officer)
        status, answer = self.ask("issue", document)
        if status == 200:
            self.expect_own(answer, person, key, kind, document)
            person.held[kind] = answer["serial"]
        return None

    def swap_csr(self, person, kind):
        """What another's carrier signed under one's own identifier: it proves nothing for this request."""
        if not (offer := self.tempting()):
            return self.issue(person, kind)
        document = {**issue_of(person, Key(), self.new_request(), kind, self.officer), "csr": offer[2]["csr"]}
        status, answer = self.ask("issue", document)
        if status == 200:
            raise Crossed(f"{document['request']} was answered for a key that proved another: {answer['serial']}")
        return None


def at_once(worker, person, kind):
    """One request for two people at two processes at the same moment: one of them, and each gets what is theirs."""
    other = next(p for p in worker.people if p.id != person.id)
    request = worker.new_request()
    asked = [(p, k, issue_of(p, k, request, kind, worker.officer)) for p, k in ((person, Key()), (other, Key()))]
    answers = [None, None]

    def ask(i):
        try:
            twin = Worker(worker.authority, worker.number, i)
            answers[i] = twin.ask("issue", asked[i][2], i % len(worker.authority.sockets))
        except Exception as e:
            worker.authority.crossed.append(f"worker {worker.number}: {e}")
    second = threading.Thread(target=ask, args=(1,))
    second.start()
    ask(0)
    second.join()
    served = 0
    for (p, key, document), (status, answer) in zip(asked, filter(None, answers)):
        if status == 200:
            served += 1
            worker.expect_own(answer, p, key, kind, document)
            p.held[kind] = answer["serial"]
    if served > 1:
        raise Crossed(f"{request} was answered for two people")


def move(worker, person, _):
    """A register event by the program, beside the processes: what is in force ends, and later certificates say the new address."""
    address = f"東京都稲城市坂浜{'０１２３４５６７８９'[worker.requests % 10]}番地の{'０１２３４５６７８９'[worker.number % 10]}"
    person.addresses.append(address)
    run = worker.random.choice(worker.authority.programs).run("resident", "event", "--resident", person.id, "--event", "moved",
                                                              "--value", address, "--office", "inagi-city-hall")
    code = json.loads(run.stdout)["error"]["code"] if run.returncode else ""
    worker.authority.told[f"event {run.returncode} {code}".strip()] += 1
    if run.returncode not in (0, 1, 3) or code == "act_crossed":
        raise Crossed(f"event of {person.id}: {run.stdout} {run.stderr}")
    if not run.returncode:
        person.address = address
        person.held.pop("signature", None)


STEPS = [(Worker.issue, 16), (Worker.renew, 24), (lambda w, p, k: w.change("suspend", p, k, "lost"), 12),
         (lambda w, p, k: w.change("restore", p, k), 12), (lambda w, p, k: w.change("revoke", p, k, "lost"), 8),
         (lambda w, p, k: w.change("confirm", p, k), 6), (Worker.replay, 8), (Worker.take_identifier, 5), (Worker.take_key, 5),
         (Worker.swap_csr, 2), (at_once, 2), (move, 1)]


class Country:
    """Homes over one store, each with its process."""

    def __init__(self, folder, args):
        self.server = Server() if args.engine == "postgres" else None
        url = '""'
        if self.server:
            self.server.sql("create database shomei")
            url = f'"{self.server.address("shomei")}"'
        learn_demo_settings(folder)
        first = Program(folder / "home-0")
        first.done(*first.init(folder / "s.toml", url=url, acts='"unix:acts.sock"', attestation='"accepted"', hold_is_final="false",
                               subject_key='"ec-p256"', acts_workers="32"), "--empty")
        register = folder / "register.jsonl"
        people = range(args.workers * PEOPLE_OF_A_WORKER)
        register.write_text("".join(Person(n).line() + "\n" for n in people), encoding="utf-8")
        first.done("resident", "import", register)
        self.programs = [first]
        for number in range(1, args.processes if self.server else 1):
            self.programs.append(Program(folder / f"home-{number}"))
            shutil.copytree(first.home, self.programs[-1].home)
        self.serving = [Serving(program, "--only", "authority") for program in self.programs]

    def stop(self):
        for serving in self.serving:
            serving.stop()

    def end(self):
        for serving in self.serving:
            serving.end()
        if self.server:
            self.server.stop()


def run(args, folder):
    country = Country(folder, args)
    try:
        authority = Authority(country.programs, args.acts, args.seconds)
        workers = [Worker(authority, number, args.seed) for number in range(args.workers)]
        began = time.monotonic()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        seconds = time.monotonic() - began
        country.stop()
        found = {}
        for proof in ("check", "verify"):
            proven = country.programs[-1].run("journal", proof)
            found[proof] = json.loads(proven.stdout) if proven.stdout else {"error": proven.stderr}
        return authority, seconds, found
    finally:
        country.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--acts", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=3600, help="ends then, however many there were")
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--engine", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--seed", default=str(random.randrange(1 << 32)))
    args = parser.parse_args()
    Program.path = os.path.abspath(args.program)
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="shomei-crossing-") as folder:
        authority, seconds, found = run(args, pathlib.Path(folder))
    answered = sum(authority.told.values())
    for what, count in sorted(authority.told.items()):
        print(f"{count:8} {what}")
    print(f"{answered} acts by {args.workers} workers at {args.processes if args.engine == 'postgres' else 1} processes in "
          f"{seconds:.1f} s")
    for crossed in authority.crossed[:20]:
        print(f"CROSSED: {crossed}")
    for proof, report in found.items():
        print(f"journal {proof}: holds {report.get('holds')}, {report.get('entries')} entries")
        for finding in report.get("findings", [report.get("error")] if "error" in report else [])[:20]:
            print(f"FOUND: {finding}")
    worked = sum(count for what, count in authority.told.items() if what.startswith("issue 200"))
    if authority.crossed or worked * 10 < answered or not all(report.get("holds") for report in found.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
