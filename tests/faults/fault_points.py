#!/usr/bin/env python3
"""Disturbs the authority under load at random places, and looks at what was left, again and again.

usage: fault_points.py --program issue_load --modes M,… [--people N] [--points N] [--seed S]

A home is made for N people, and copied afresh for every point. Each point is one run of the load in each mode, and then
`issue_load check` on what is left. Modes:
  eio_sync, eio_write, eio_read, eio_truncate        one system call of the kind fails in each thread that comes so far
  eio_sync_on, eio_write_on, enospc_write_on         and every one after it, too
  disk      a disk with little room, which has room again before the check
  clock     the clock steps back and forward, days at the most
  token     the authorities' keys are on a token (--bent: the module of tests/crypto, before SoftHSM) that is disturbed
Calls are counted from when the home is open, at every fourth point from the program's start: what fails then is the opening.
Half of the runs end as a process does that is killed. Ends with 0 when every check ended with 0 and in every mode acts were
asked for and, where system calls are to fail, one did; otherwise prints how to repeat the point, leaves its folder, and ends
with 1. Where nothing can be mounted, `disk` is left out.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

SECONDS_MAX = 300  # for one run of the load or the check
DISK_KIB = 16 * 1024
ROOM_KIB_TO_OPEN = 200  # with more than enough for that: acts are asked for
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
}
OF_OPENING = ("eio_truncate",)  # no act makes such a call, and the last that the opening makes does no harm
MODES = [*CALLS, "disk", "clock", "token"]


def call_of(mode):
    return CALLS[mode].split(":", 1)[0]


def await_status(load, field, wanted):
    """Until that line of the process's status begins so, or it has ended."""
    end = time.monotonic() + SECONDS_MAX
    while load.poll() is None and time.monotonic() < end:
        if re.search(rf"^{field}:\t{wanted}", pathlib.Path(f"/proc/{load.pid}/status").read_text(encoding="ascii"), re.M):
            return
        time.sleep(0.002)
    raise AssertionError("the load ended, or stands still, before it was %s %s" % (field, wanted))


def run_traced(words, tracing, trace, to, environment, opening):
    """The load's exit code; strace counts and disturbs from its start with the opening, else from when the home is open."""
    tracer = ["strace", "-f", "-qq", "-o", str(trace), *tracing]
    if opening:
        return subprocess.run([*tracer, "--seccomp-bpf", *words], stdout=to, stderr=subprocess.STDOUT, env=environment,
                              timeout=SECONDS_MAX, check=False).returncode
    with subprocess.Popen([*words, "--stop"], stdout=to, stderr=subprocess.STDOUT, env=environment) as load:
        try:
            await_status(load, "State", "T")
            with subprocess.Popen([*tracer, "-p", str(load.pid)], stderr=to) as beside:
                await_status(load, "TracerPid", "[1-9]")
                load.send_signal(signal.SIGCONT)
                load.wait(SECONDS_MAX)
                beside.wait(SECONDS_MAX)
        finally:
            load.kill()
    return load.returncode


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
        self.where, self.trace = self.folder, self.folder / "trace"
        self.injected = 0
        self.at = ""
        self.opening = mode in OF_OPENING or number % 4 == 3

    def load(self, *more):
        words = [self.options.program, "run", self.where / "home", self.ground.made / "requests", "--seed",
                 self.random.randrange(1 << 32), "--threads", self.options.threads, *more]
        if self.random.random() < 0.5:
            words += ["--end", "kill"]
        return [str(word) for word in words]

    def run_load(self, log):
        more = {"clock": ["--clock"], "token": ["--token", "--patience", 300]}.get(self.mode, [])
        if self.mode not in CALLS:
            return self.start(self.load(*more), log)
        call = call_of(self.mode)
        calls = calls_of(self.options, self.ground, self.opening)[call]
        if self.number == 0 and not self.opening:
            calls //= 2  # so often some thread does it, whoever gets which turn
        self.at = CALLS[self.mode] % self.random.randint(1, max(1, calls))
        with open(log, "wb") as to:
            status = run_traced(self.load(), ["-e", "trace=" + call, "-e", "inject=" + self.at], self.trace, to,
                                self.ground.environment, self.opening)
        self.injected = self.trace.read_text(errors="replace").count("(INJECTED)")
        return status

    def prepare(self):
        if self.mode == "disk":
            self.where = self.folder / "disk"
            self.where.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % DISK_KIB, "tmpfs", str(self.where)], check=True)
        shutil.copytree(self.ground.made / "home", self.where / "home", symlinks=True)
        if self.mode == "disk":
            room = self.random.randint(ROOM_KIB_TO_OPEN if self.number == 0 else 0, ROOM_KIB_MAX)
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
            status = self.run_load(log)
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
        except (subprocess.TimeoutExpired, AssertionError) as error:
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


def count_calls(options, ground, opening):
    """How often the thread that does most does each call, without faults. strace counts by threads."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        home, trace = pathlib.Path(folder) / "home", pathlib.Path(folder) / "trace"
        shutil.copytree(ground.made / "home", home)
        calls = sorted(set(map(call_of, CALLS)))
        words = [options.program, "run", home, ground.made / "requests", "--threads", options.threads]
        status = run_traced([str(word) for word in words], ["-e", "trace=" + ",".join(calls)], trace, subprocess.DEVNULL,
                            ground.environment, opening)
        assert status == 0, "without faults the load ended with %d" % status
        counted = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", trace.read_text(errors="replace"), re.M))
    return {call: max([n for (_, name), n in counted.items() if name == call], default=0) for call in calls}


def calls_of(options, ground, opening):
    with options.counting:
        if opening not in options.calls:
            options.calls[opening] = count_calls(options, ground, opening)
        return options.calls[opening]


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
            total.update(acknowledged=point.acknowledged, errors=point.errors, signed=point.signed, injected=point.injected)
    injected = ", %d calls failed" % total["injected"] if mode in CALLS else ""
    print("seed %d: %s: %d points%s, %d acts acknowledged, %d not, %d signatures, every check passed" % (
        options.seed, mode, len(options.numbers), injected, total["acknowledged"], total["errors"], total["signed"]), flush=True)
    nothing = total["acknowledged"] + total["errors"] == 0 or mode in CALLS and total["injected"] == 0
    if nothing:
        print("seed %d: %s: nothing was disturbed" % (options.seed, mode), flush=True)
    return not nothing


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
    options.calls, options.counting = {}, threading.Lock()
    return options


def main():
    options = options_of()
    modes = options.modes.split(",")
    if unknown := set(modes) - set(MODES):
        print("no such mode: " + ", ".join(sorted(unknown)))
        return 2
    if "disk" in modes and "FAULT_POINTS_INSIDE" not in os.environ:
        user = [] if os.geteuid() == 0 else ["-Ur"]
        if subprocess.run(["unshare", *user, "-m", "true"], check=False).returncode == 0:
            os.environ["FAULT_POINTS_INSIDE"] = "1"
            os.execvp("unshare", ["unshare", *user, "-m", sys.executable, *sys.argv])
        # A container may forbid namespaces, and a small disk cannot be had without.
        print("disk: left out, since nothing can be mounted here", flush=True)
        modes.remove("disk")
        if not modes:
            return 77
    with tempfile.TemporaryDirectory(prefix="faults-", dir=options.scratch) as folder:
        plain = Ground(options, pathlib.Path(folder) / "plain")
        plain.folder.mkdir()
        plain.prepare()
        grounds = dict.fromkeys(modes, plain)
        if "token" in modes:
            grounds["token"] = Ground(options, folder).prepare_on_token()
        return 0 if all([run_mode(options, grounds[mode], mode) for mode in modes]) else 1


if __name__ == "__main__":
    sys.exit(main())
