#!/usr/bin/env python3
"""Kills a command at random file operations, rebuilds what was left, and runs a check on it, again and again.

usage: crash_points.py --layer libforgetful.so --home PREPARED --command C --check K [--points N] [--seed S]

PREPARED is a folder that is copied afresh for every run. In C and K, {home} is the copy, {log} a file with what C printed
before it died, and {point} the number of the operation, which may serve as a seed. Each point is one run in each mode (--modes):
  kill_only    the process is killed: everything written stays, the last write perhaps by half
  power_loss   the machine is: only what was synced stays, under names that were synced
The command is first run to its end, to count its operations. Ends with 0 when every check ended with 0; otherwise
prints how to repeat the point, leaves its folder, and ends with 1.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

SECONDS_MAX = 300  # for one run of the command or the check


def prepare_shadow(home, shadow):
    """What is there at the start counts as durable: the same files that forgetful.c keeps."""
    for folder in ("content", "names", "kept"):
        (shadow / folder).mkdir(parents=True)
    (shadow / "count").write_bytes(bytes(8))
    for folder, _, _ in os.walk(home):
        lines = []
        for entry in os.scandir(folder):
            status = entry.stat(follow_symlinks=False)
            kind = "d" if entry.is_dir(follow_symlinks=False) else "f"
            lines.append("%d %s %o %s\n" % (status.st_ino, kind, status.st_mode & 0o7777, entry.name))
            if kind == "f":
                shutil.copyfile(entry.path, shadow / "content" / str(status.st_ino))
        (shadow / "names" / str(os.stat(folder).st_ino)).write_text("".join(lines), encoding="utf-8")


def rebuild(shadow, inode, folder):
    """The folder of that inode as the disk would show it after a power loss."""
    names = shadow / "names" / str(inode)
    for line in names.read_text(encoding="utf-8").splitlines() if names.exists() else []:
        child, kind, mode, name = line.split(" ", 3)
        path = folder / name
        content = shadow / "content" / child
        if kind == "d":
            path.mkdir()
            rebuild(shadow, child, path)
        elif content.exists():
            shutil.copyfile(content, path)
        else:
            path.touch()
        path.chmod(int(mode, 8))


def preloads(layer, command):
    """AddressSanitizer's library wants to stand in front."""
    program = shutil.which(shlex.split(command)[0]) or shlex.split(command)[0]
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    sanitizers = [line.split()[2] for line in listed.splitlines() if "libasan" in line or "libtsan" in line]
    return ":".join(sanitizers + [str(layer)])


class Point:
    """One run of the command on a copy of its own, and what became of it."""

    def __init__(self, options, mode, kill_at, keep=False):
        self.options, self.mode, self.kill_at, self.keep = options, mode, kill_at, keep
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="crash-", dir=options.scratch))
        self.home, self.shadow, self.log = self.folder / "home", self.folder / "shadow", self.folder / "log"

    def run(self):
        shutil.copytree(self.options.home, self.home, symlinks=True)
        prepare_shadow(self.home, self.shadow)
        status = self.start(self.options.command, self.environment())
        self.operations = int.from_bytes((self.shadow / "count").read_bytes(), sys.byteorder)
        self.killed = status in (-signal.SIGKILL, 128 + signal.SIGKILL)
        self.status = status
        if self.mode == "power_loss" and self.killed:
            lost = self.home.rename(self.folder / "home-before-the-loss")
            self.home.mkdir(mode=lost.stat().st_mode & 0o7777)
            rebuild(self.shadow, lost.stat().st_ino, self.home)
        return self

    def environment(self):
        # Looking for leaks at the end would take longer than all the rest, and only what was not killed comes so far.
        return dict(os.environ, ASAN_OPTIONS="detect_leaks=0", LD_PRELOAD=preloads(self.options.layer, self.options.command),
                    FORGET_ROOT=str(self.home), FORGET_SHADOW=str(self.shadow), FORGET_MODE=self.mode,
                    FORGET_KILL_AT=str(self.kill_at))

    def start(self, command, environment, to=None):
        words = [word.format(home=self.home, log=self.log, point=self.kill_at) for word in shlex.split(command)]
        with open(to or self.log, "wb") as output:
            return subprocess.run(words, stdout=output, stderr=subprocess.STDOUT, env=environment,
                                  timeout=SECONDS_MAX, check=False).returncode

    def check(self):
        """None, or what went wrong."""
        said = self.folder / "check"
        try:
            status = 0 if self.killed or self.status == 0 else self.status
            if status == 0:
                status = self.start(self.options.check, dict(os.environ, ASAN_OPTIONS="detect_leaks=0"), said)
            if status == 0:
                shutil.rmtree(self.folder)
                return None
        except subprocess.TimeoutExpired as error:
            status = str(error)
        report = (said if said.exists() else self.log).read_text(encoding="utf-8", errors="replace")
        return "mode %s, killed at operation %d: status %s, in %s\n%s" % (
            self.mode, self.kill_at, status, self.folder, report[-2000:])


def points_of(options, operations):
    for mode in options.modes.split(","):
        random.seed("%s %d" % (mode, options.seed))
        for _ in range(options.points):
            yield mode, random.randint(1, operations)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layer", required=True, type=pathlib.Path)
    parser.add_argument("--home", required=True, type=pathlib.Path)
    parser.add_argument("--command", required=True)
    parser.add_argument("--check", required=True)
    parser.add_argument("--points", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--modes", default="kill_only,power_loss")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--scratch", help="a folder for the copies; what fails is left there")
    options = parser.parse_args()
    options.layer = options.layer.resolve()

    whole = Point(options, "kill_only", 0).run()
    operations, failure = whole.operations, whole.check()
    if failure or operations == 0:
        print("without a crash, after %d operations: %s" % (operations, failure))
        return 1
    killed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for point, failure in pool.map(lambda p: (lambda run: (run, run.check()))(Point(options, *p).run()),
                                       points_of(options, operations)):
            killed += point.killed
            if failure:
                pool.shutdown(wait=False, cancel_futures=True)
                print("seed %d, of %d operations; %s" % (options.seed, operations, failure))
                return 1
    tried = options.points * len(options.modes.split(","))
    print("seed %d: %d points among %d operations, %d of them killed, every check passed" % (
        options.seed, tried, operations, killed))
    return 0 if 2 * killed > tried else 1


if __name__ == "__main__":
    sys.exit(main())
