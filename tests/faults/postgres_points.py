#!/usr/bin/env python3
"""Takes PostgreSQL away from the authority under load at random moments, and looks at what was left, again and again.

usage: postgres_points.py --program issue_load --modes M,… [--people N] [--points N] [--seed S]

A home is made on a server of its own, and copied afresh for every point, with its database. Each point is one run of the
load in each mode, and then `issue_load check` on what is left. Modes:
  server     -9 to the postmaster and everything that it has started; it starts again at once
  backend    -9 to one session's process, in mid-commit where one is: the postmaster throws out all the others
  sessions   sessions end one after the other
  program    -9 to the load itself
Ends with 0 when each load was under way when it was disturbed, and every check ended with 0.
"""
import argparse
import collections
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "postgres"))
from server import Server  # noqa: E402

SECONDS_MAX = 300  # for one run of the load or the check
OF_LOAD = "FROM pg_stat_activity WHERE application_name = 'shomei' AND datname = '%s'"
MODES = ("server", "backend", "sessions", "program")


class Home:
    """Made once; each point has a copy of the folder and of the database."""

    def __init__(self, options, folder):
        self.options, self.folder = options, pathlib.Path(folder)
        self.made = self.folder / "made"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"ASAN_OPTIONS": "detect_leaks=0"}
        self.server = Server()
        self.server.sql("create database made")
        known = ["--requests", options.requests] if options.requests else []
        subprocess.run([options.program, "prepare", self.made, str(options.people), "--url", self.server.address("made"), *known],
                       check=True, env=self.environment)

    def copy(self, folder, database):
        self.server.sql(f'create database "{database}" template made')
        shutil.copytree(self.made / "home", folder)
        settings = folder / "shomei.toml"
        text, changes = re.subn(r"^url = .*$", f'url = "{self.server.address(database)}"', settings.read_text(encoding="utf-8"),
                                count=1, flags=re.M)
        assert changes == 1
        settings.write_text(text, encoding="utf-8")

    def start(self, to, *words):
        return subprocess.Popen([self.options.program, *map(str, words)], stdout=to, stderr=subprocess.STDOUT, env=self.environment)


class Point:
    def __init__(self, home, mode, number):
        self.home, self.mode, self.number = home, mode, number
        self.random = random.Random("%s %d %d" % (mode, home.options.seed, number))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="postgres-fault-", dir=home.options.scratch))
        self.database = self.folder.name
        self.load = None
        self.disturbed = 0

    def session(self):
        """The process of one session of the load, one that commits or is about to if there is any; none when there is none."""
        of_load = OF_LOAD % self.database
        return self.home.server.sql("SELECT pid %s ORDER BY query NOT ILIKE 'commit%%', state <> 'idle in transaction', random() "
                                    "LIMIT 1" % of_load)

    def disturb(self):
        server = self.home.server
        if self.mode == "server":
            server.kill()
            server.start()
        elif self.mode == "program":
            self.load.send_signal(signal.SIGKILL)
        elif session := self.session():
            if self.mode == "sessions":
                server.sql(f"SELECT pg_terminate_backend({session})")
            else:
                os.kill(int(session), signal.SIGKILL)
                server.await_ready()
        else:
            return
        self.disturbed += 1

    def await_sent(self, log, count):
        while self.load.poll() is None and log.read_bytes().count(b"send ") < count:
            time.sleep(0.002)

    def run(self):
        """None, or what went wrong."""
        home, log = self.folder / "home", self.folder / "log"
        requests = self.home.made / "requests"
        self.home.copy(home, self.database)
        with open(log, "wb") as to:
            self.load = self.home.start(to, "run", home, requests, "--seed", self.random.randrange(1 << 32), "--threads",
                                        self.home.options.threads, "--patience", 400)
        # Each request is sent once, and about two more sendings follow it: the load ends well behind the last of these.
        sent_max = len(requests.read_bytes().splitlines()) * 3 // 2
        times = {"server": 1, "backend": 2, "sessions": 12, "program": 1}[self.mode]
        for sent in sorted(self.random.randint(1, sent_max) for _ in range(times)):
            self.await_sent(log, sent)
            time.sleep(self.random.uniform(0, 0.005))
            if self.load.poll() is None:
                self.disturb()
        status = self.load.wait(SECONDS_MAX)
        self.count(log)
        if status not in (0, -signal.SIGKILL):
            return self.report(status, log)
        if not self.disturbed:
            return self.report("0, and it had ended before it was disturbed", log)
        said = self.folder / "check"
        with open(said, "wb") as to:
            status = self.home.start(to, "check", home, requests, log).wait(SECONDS_MAX)
        if status != 0:
            return self.report(status, said)
        self.home.server.sql(f'drop database "{self.database}" with (force)')
        shutil.rmtree(self.folder)
        return None

    def count(self, log):
        words = collections.Counter(line.split(" ", 1)[0] for line in log.read_text(errors="replace").splitlines())
        self.counted = {word: words[word] for word in ("done", "error", "signed")}

    def report(self, status, file):
        return "mode %s, point %d: status %s, in %s\n%s" % (self.mode, self.number, status, self.folder,
                                                            file.read_text(errors="replace")[-3000:])


def run_mode(home, mode):
    """Whether every point of the mode was well."""
    total = collections.Counter()
    options = home.options
    for number in range(options.points) if options.point is None else [options.point]:
        point = Point(home, mode, number)
        if failure := point.run():
            print("seed %d: %s" % (options.seed, failure), flush=True)
            return False
        total.update(point.counted)
    print("seed %d: postgres %s: %d points, %d acts acknowledged, %d not, %d signatures, every check passed" % (
        options.seed, mode, options.points, total["done"], total["error"], total["signed"]), flush=True)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--requests", type=pathlib.Path, help="of people who have made theirs, instead of new ones")
    parser.add_argument("--points", type=int, default=10)
    parser.add_argument("--point", type=int, help="this one alone")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--scratch", help="a folder for the copies; what fails is left there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-", dir=options.scratch) as folder:
        home = Home(options, folder)
        try:
            return 0 if all([run_mode(home, mode) for mode in options.modes.split(",")]) else 1
        finally:
            home.server.stop()


if __name__ == "__main__":
    sys.exit(main())
