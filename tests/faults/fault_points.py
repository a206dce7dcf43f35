#!/usr/bin/env python3
"""Disturbs the authority under load at random places, and looks at what was left, again and again.

usage: fault_points.py --program issue_load --modes M,… [--people N] [--points N] [--seed S]

A home is made for N people, and copied afresh for every point. Each point is one run of the load in each mode, and then
`issue_load check` on what is left. Modes:
  eio_sync, eio_write, eio_read, eio_truncate        one system call of the kind fails in each thread that comes so far
  eio_sync_on, eio_write_on, enospc_write_on, enospc_truncate_on     and every one after it, too
  disk      a disk with little room, which has room again before the check
  clock     the clock steps back and forward, days at the most
  token     the authorities' keys are on a token (--bent: the module of tests/crypto, before SoftHSM) that is disturbed
Half of the runs end as a process does that is killed. Ends with 0 when every check ended with 0; otherwise prints how to
repeat the point, leaves its folder, and ends with 1.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SECONDS_MAX = 300  # for one run of the load or the check
DISK_KIB = 16 * 1024
ROOM_KIB_MAX = 2500
COULD_NOT_OPEN = 3
KILLED = (-9, 137)
SOFT_HSM = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN_SETTINGS = """
[[token]]
name = "ca"
module = "%s"
label = "ca"
pin = "env:FAULTS_TOKEN_PIN"
"""

CALLS = {  # what strace is told to do; the number of the call is the point's
    "eio_sync": "fdatasync:error=EIO:when=%d",
    "eio_sync_on": "fdatasync:error=EIO:when=%d+",
    "eio_write": "pwrite64:error=EIO:when=%d",
    "eio_write_on": "pwrite64:error=EIO:when=%d+",
    "eio_read": "pread64:error=EIO:when=%d",
    "enospc_write_on": "pwrite64:error=ENOSPC:when=%d+",
    "eio_truncate": "ftruncate:error=EIO:when=%d",
    "enospc_truncate_on": "ftruncate:error=ENOSPC:when=%d+",
}
MODES = [*CALLS, "disk", "clock", "token"]


def strace(*words):
    return ["strace", "-f", "-qq", "--seccomp-bpf", *words]


class Ground:
    """A home and the requests for it, and what is around them."""

    def __init__(self, options, folder):
        self.options, self.folder, self.made = options, pathlib.Path(folder), pathlib.Path(folder) / "made"
        self.environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")

    def prepare(self, *more):
        if self.options.requests:
            more = [*more, "--requests", self.options.requests]
        subprocess.run([self.options.program, "prepare", self.made, str(self.options.people), *more], check=True,
                       env=self.environment)
        return self

    def prepare_on_token(self):
        (self.folder / "tokens").mkdir()
        configuration = self.folder / "softhsm2.conf"
        configuration.write_text("directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n" % (
            self.folder / "tokens"))
        # Copies, since a module is loaded once in a process whatever its name is there.
        real, bent = self.folder / "softhsm.so", self.folder / "bent.so"
        shutil.copyfile(SOFT_HSM, real)
        shutil.copyfile(self.options.bent, bent)
        self.environment.update(SOFTHSM2_CONF=str(configuration), SHOMEI_BENT_REAL=str(real), FAULTS_TOKEN_PIN="5678")
        subprocess.run(["softhsm2-util", "--init-token", "--free", "--so-pin", "123456", "--pin", "5678", "--label", "ca"],
                       check=True, env=self.environment, stdout=subprocess.DEVNULL)
        return self.prepare("--tokens", TOKEN_SETTINGS % bent)


class Point:
    def __init__(self, options, ground, mode, number):
        self.options, self.ground, self.mode, self.number = options, ground, mode, number
        self.random = random.Random("%s %d %d" % (mode, options.seed, number))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fault-", dir=options.scratch))
        self.where = self.folder
        self.at = ""

    def load(self, *more):
        words = [self.options.program, "run", self.where / "home", self.ground.made / "requests", "--seed",
                 self.random.randrange(1 << 32), "--threads", self.options.threads, *more]
        if self.random.random() < 0.5:
            words += ["--end", "kill"]
        return [str(word) for word in words]

    def command(self):
        if self.mode in CALLS:
            inject = CALLS[self.mode]
            call = inject.split(":", 1)[0]
            number = self.random.randint(1, max(1, self.options.calls[call]))
            self.at = inject % number
            return strace("-e", "trace=" + call, "-e", "inject=" + self.at, "-o", "/dev/null", *self.load())
        if self.mode == "clock":
            return self.load("--clock")
        if self.mode == "token":
            return self.load("--token", "--patience", 300)
        return self.load()

    def prepare(self):
        if self.mode == "disk":
            self.where = self.folder / "disk"
            self.where.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % DISK_KIB, "tmpfs", str(self.where)], check=True)
        shutil.copytree(self.ground.made / "home", self.where / "home", symlinks=True)
        if self.mode == "disk":
            room = self.random.randint(0, ROOM_KIB_MAX)
            self.at = "%d KiB of room" % room
            free = shutil.disk_usage(self.where).free // 1024
            (self.where / "filler").write_bytes(bytes(max(0, free - room) * 1024))

    def start(self, words, to):
        with open(to, "wb") as output:
            return subprocess.run(words, stdout=output, stderr=subprocess.STDOUT, env=self.ground.environment,
                                  timeout=SECONDS_MAX,
                                  check=False).returncode

    def run(self):
        """None, or what went wrong."""
        log, said = self.folder / "log", self.folder / "check"
        try:
            self.prepare()
            status = self.start(self.command(), log)
            if status not in (0, COULD_NOT_OPEN, *KILLED):
                return self.report(status, log)
            if self.mode == "disk":
                (self.where / "filler").unlink()
            status = self.start([str(self.options.program), "check", str(self.where / "home"),
                                 str(self.ground.made / "requests"), str(log)], said)
            if status == 0 and self.options.verify:
                status = self.start([str(self.options.verify), "--home", str(self.where / "home"), "journal", "verify"],
                                    self.folder / "verify")
            self.counted(log)
            if status != 0:
                return self.report(status, said)
            self.clear()
            return None
        except subprocess.TimeoutExpired as error:
            return self.report(str(error), said if said.exists() else log)

    def counted(self, log):
        words = collections.Counter(line.split(" ", 1)[0] for line in log.read_text(errors="replace").splitlines())
        self.acknowledged, self.errors, self.signed = words["done"], words["error"], words["signed"]

    def clear(self):
        if self.mode == "disk":
            subprocess.run(["umount", str(self.where)], check=True)
        shutil.rmtree(self.folder)

    def report(self, status, file):
        return "mode %s, point %d (%s): status %s, in %s\n%s" % (
            self.mode, self.number, self.at, status, self.folder, file.read_text(errors="replace")[-3000:])


def count_calls(options, ground):
    """How often the thread that does most does each call, without faults. strace counts by threads."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        home, trace = pathlib.Path(folder) / "home", pathlib.Path(folder) / "trace"
        shutil.copytree(ground.made / "home", home)
        calls = sorted({inject.split(":", 1)[0] for inject in CALLS.values()})
        subprocess.run(strace("-e", "trace=" + ",".join(calls), "-o", trace, options.program, "run", home,
                              ground.made / "requests", "--threads", str(options.threads)), check=True,
                       stdout=subprocess.DEVNULL, env=ground.environment, timeout=SECONDS_MAX)
        counted = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", trace.read_text(errors="replace"), re.M))
    return {call: max([n for (_, name), n in counted.items() if name == call], default=0) for call in calls}


def run_mode(options, ground, mode):
    """Whether every point of the mode was well."""
    total = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        points = (Point(options, ground, mode, number) for number in options.numbers)
        for point, failure in pool.map(lambda point: (point, point.run()), points):
            if failure:
                pool.shutdown(wait=False, cancel_futures=True)
                print("seed %d: %s" % (options.seed, failure), flush=True)
                return False
            total.update(acknowledged=point.acknowledged, errors=point.errors, signed=point.signed)
    print("seed %d: %s: %d points, %d acts acknowledged, %d not, %d signatures, every check passed" % (
        options.seed, mode, len(options.numbers), total["acknowledged"], total["errors"], total["signed"]), flush=True)
    return True


def options_of():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--requests", type=pathlib.Path, help="of people who have made theirs, instead of new ones")
    parser.add_argument("--bent", type=pathlib.Path)
    parser.add_argument("--modes", default=",".join(CALLS))
    parser.add_argument("--points", type=int, default=10)
    parser.add_argument("--point", type=int, help="this one alone")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--verify", type=pathlib.Path, help="the program shomei, to verify what is left a second time")
    parser.add_argument("--scratch", help="a folder for the copies; what fails is left there")
    options = parser.parse_args()
    options.numbers = range(options.points) if options.point is None else [options.point]
    return options


def main():
    options = options_of()
    modes = options.modes.split(",")
    if unknown := set(modes) - set(MODES):
        print("no such mode: " + ", ".join(sorted(unknown)))
        return 2
    if "disk" in modes and "FAULT_POINTS_INSIDE" not in os.environ:
        user = [] if os.geteuid() == 0 else ["-Ur"]
        if subprocess.run(["unshare", *user, "-m", "true"], check=False).returncode != 0:
            return 77  # a container may forbid namespaces, and a small disk cannot be had without
        os.environ["FAULT_POINTS_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", *user, "-m", sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory(prefix="faults-", dir=options.scratch) as folder:
        plain = Ground(options, pathlib.Path(folder) / "plain")
        plain.folder.mkdir()
        plain.prepare()
        if set(modes) & set(CALLS):
            options.calls = count_calls(options, plain)
        grounds = dict.fromkeys(modes, plain)
        if "token" in modes:
            grounds["token"] = Ground(options, folder).prepare_on_token()
        return 0 if all([run_mode(options, grounds[mode], mode) for mode in modes]) else 1


if __name__ == "__main__":
    sys.exit(main())
