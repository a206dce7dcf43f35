#!/usr/bin/env python3
"""A home on three PostgreSQL servers under Patroni, and what goes away: failover.py PROGRAM [EVENT...]. While counters ask
for certificates, confirm and suspend and restore them, the leader is killed, switched, its server killed alone, and the
quorum of etcd lost. After each: the journal holds, what was acknowledged is there exactly once, no number was given twice.
Prints how long nobody could write. EVENTs: leader, switchover, postmaster, quorum (all, unless some are named).
WORKERS, SECONDS (of load on each side of an event), KEYS: how much is asked."""

import concurrent.futures
import http.client
import json
import multiprocessing
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import ask, change_of, issue_of, make_keys, register_line  # noqa: E402
from program import Program, Serving, done_otherwise_than_once, learn_demo_settings  # noqa: E402
from server import PROGRAMS, as_server, free_port, server_folder  # noqa: E402

WORKERS = int(os.environ.get("WORKERS", "6"))
SECONDS = float(os.environ.get("SECONDS", "5"))
KEYS = int(os.environ.get("KEYS", "400"))
GONE = (OSError, http.client.HTTPException, ValueError)
NEEDS = {"/usr/bin/patroni": "patroni", "/usr/bin/etcd": "etcd-server", f"{PROGRAMS}/postgres": "postgresql-15"}


class Part:
    """A process that is killed and started anew, with all that it starts in a group of its own."""

    def __init__(self, words, log):
        self.words, self.log, self.process = words, log, None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(as_server(self.words), stdout=log, stderr=log, cwd="/", start_new_session=True,
                                            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ETCDCTL_API": "3"})

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None


class Node:
    """Patroni and the PostgreSQL server that it runs."""

    def __init__(self, cluster, name):
        self.name, self.folder = name, cluster.folder / name
        self.port, self.rest = free_port(), free_port()
        self.folder.mkdir()
        shutil.chown(self.folder, *cluster.owner)
        self.patroni = Part(["patroni", str(cluster.folder / f"{name}.yml")], cluster.folder / f"{name}.log")

    def settings(self, cluster):
        def user(name):
            return {"username": name, "password": f"{name}-password"}
        return {
            "scope": "shomei", "name": self.name, "watchdog": {"mode": "off"},
            "restapi": {"listen": f"127.0.0.1:{self.rest}", "connect_address": f"127.0.0.1:{self.rest}"},
            "etcd3": {"hosts": [f"127.0.0.1:{port}" for port in cluster.etcd_ports]},
            "bootstrap": {
                "dcs": {"ttl": 20, "loop_wait": 2, "retry_timeout": 5, "synchronous_mode": True, "synchronous_mode_strict": True,
                        "postgresql": {"use_pg_rewind": True, "parameters": {"wal_log_hints": "on", "synchronous_commit": "on",
                                                                             "max_connections": 100, "shared_buffers": "32MB",
                                                                             "dynamic_shared_memory_type": "mmap",
                                                                             "wal_keep_size": "256MB"}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, "data-checksums"],
                "pg_hba": ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256",
                           "host replication replicator 127.0.0.1/32 scram-sha-256"]},
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}", "connect_address": f"127.0.0.1:{self.port}", "bin_dir": PROGRAMS,
                "data_dir": str(self.folder / "data"), "pgpass": str(self.folder / "pgpass"),
                "parameters": {"unix_socket_directories": str(self.folder)},
                "authentication": {"superuser": user("postgres"), "replication": user("replicator"), "rewind": user("rewinder")}}}

    def asks(self, path):
        """The status of Patroni's answer, None when it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}{path}", timeout=2) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def postmaster(self):
        return int((self.folder / "data/postmaster.pid").read_text(encoding="utf-8").split()[0])

    def kill_server(self):
        """-9: the postmaster and everything that it has started."""
        postmaster = self.postmaster()
        children = subprocess.run(["pgrep", "-P", str(postmaster)], capture_output=True, text=True, check=False).stdout.split()
        for pid in [postmaster, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def kill(self):
        self.patroni.kill()
        self.kill_server()


class Cluster:
    def __init__(self):
        self.folder = server_folder("shomei-patroni-")
        self.owner = ("postgres", "postgres") if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        self.etcd_ports, peers = [free_port() for _ in range(3)], [free_port() for _ in range(3)]
        together = ",".join(f"e{i}=http://127.0.0.1:{port}" for i, port in enumerate(peers))
        self.etcd = [Part(["etcd", "--name", f"e{i}", "--data-dir", str(self.folder / f"e{i}"), "--enable-v2=false",
                           "--listen-client-urls", f"http://127.0.0.1:{client}", "--advertise-client-urls", f"http://127.0.0.1:{client}",
                           "--listen-peer-urls", f"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}",
                           "--initial-cluster", together, "--initial-cluster-state", "new", "--logger", "zap"], self.folder / f"e{i}.log")
                     for i, (client, peer) in enumerate(zip(self.etcd_ports, peers))]
        self.nodes = [Node(self, name) for name in ("one", "two", "three")]
        for node in self.nodes:
            path = self.folder / f"{node.name}.yml"
            path.write_text(json.dumps(node.settings(self)), encoding="utf-8")  # JSON is YAML
            shutil.chown(path, *self.owner)
            path.chmod(0o600)

    def start(self):
        for part in [*self.etcd, *(node.patroni for node in self.nodes)]:
            part.start()
        self.await_whole()

    def stop(self):
        for node in self.nodes:
            try:
                node.kill()
            except (OSError, ValueError, IndexError):
                pass  # its server had ended already
        for part in self.etcd:
            part.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def leader(self):
        return next((node for node in self.nodes if node.asks("/primary") == 200), None)

    def await_whole(self, seconds=120):
        """A leader, two that follow it, and one of them synchronous."""
        late = time.monotonic() + seconds
        while True:
            states = [(node.asks("/primary"), node.asks("/replica"), node.asks("/synchronous")) for node in self.nodes]
            if [[s[i] for s in states].count(200) for i in range(3)] in ([1, 2, 1], [1, 2, 2]):
                return
            if time.monotonic() > late:
                raise AssertionError((states, (self.folder / "one.log").read_text(encoding="utf-8", errors="replace")[-3000:]))
            time.sleep(0.2)

    def sql(self, text, database="postgres"):
        leader = self.leader()
        run = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(leader.folder), "-p", str(leader.port), "-U",
                              "postgres", "-d", database, "-c", text], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def address(self, user, database):
        ports = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://{user}@{ports}/{database}?target_session_attrs=read-write"


class Load:
    """Counters that ask, and ask the same again until they are told."""

    def __init__(self, socket, keys):
        self.socket, self.keys, self.lock = socket, iter(enumerate(keys)), threading.Lock()
        self.acknowledged, self.at, self.refused, self.interrupted, self.turns = set(), [], [], 0, 0
        self.stop = threading.Event()
        self.pool = concurrent.futures.ThreadPoolExecutor(WORKERS)
        self.workers = [self.pool.submit(self.work) for _ in range(WORKERS)]

    def insist(self, act, document):
        """The answer; None when that request will never be carried out."""
        while not self.stop.is_set():
            try:
                status, answer = ask(self.socket, act, document, timeout=120)
            except GONE as error:
                status, answer = 503, {"code": repr(error)}
            if status == 200:
                with self.lock:
                    self.acknowledged.add(document["request"])
                    self.at.append(time.monotonic())
                return answer
            if answer.get("code") == "request_interrupted":
                self.interrupted += 1
                return None
            if status != 503 and answer.get("code") != "request_exists":
                self.refused.append((act, document["request"], status, answer))
                return None
            time.sleep(0.05)
        return None

    def work(self):
        """A certificate, suspended and restored for a second before the next; the last of all for ever."""
        issued = None
        while not self.stop.is_set():
            with self.lock:
                number, key = next(self.keys, (None, None))
            if key:
                issued = self.insist("issue", issue_of(f"load-{number:06}", key, f"load-{number:06}-issue"))
            until = time.monotonic() + 1
            while issued and time.monotonic() < until and not self.stop.is_set():
                with self.lock:
                    self.turns += 1
                    turn = self.turns
                if self.insist("suspend", change_of(issued["serial"], f"turn-{turn:06}-hold")):
                    self.insist("restore", change_of(issued["serial"], f"turn-{turn:06}-free"))
            if not issued and not key:
                return

    def longest_gap(self, since, until):
        with self.lock:
            times = [since, *(t for t in self.at if since <= t <= until), until]
        return max(b - a for a, b in zip(times, times[1:]))

    def await_answer(self, after, seconds=120):
        while not any(t > after for t in self.at[-1:]):
            if time.monotonic() > after + seconds:
                raise AssertionError("nobody can write any more")
            time.sleep(0.01)


def quick_keys(count):
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        some = pool.map(key_bytes, range(count))
    from cryptography.hazmat.primitives.serialization import load_der_private_key  # noqa: PLC0415
    return [load_der_private_key(key, None) for key in some]


def key_bytes(_):
    from cryptography.hazmat.primitives import serialization as s  # noqa: PLC0415
    return make_keys(1)[0].private_bytes(s.Encoding.DER, s.PrivateFormat.PKCS8, s.NoEncryption())


def kill_leader(cluster):
    """The machine of the leader dies, and comes back when another has taken over."""
    gone = cluster.leader()
    gone.kill()
    late = time.monotonic() + 90
    while cluster.leader() is None and time.monotonic() < late:
        time.sleep(0.1)
    gone.patroni.start()


def switch_over(cluster):
    run = subprocess.run(as_server(["patronictl", "-c", str(cluster.folder / "one.yml"), "switchover", "--force", "shomei"]),
                         capture_output=True, text=True, check=False, cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert run.returncode == 0, (run.stdout, run.stderr)


def kill_postmaster(cluster):
    cluster.leader().kill_server()


def lose_quorum(cluster):
    """Two of three etcd die for 12 s: the leader may no longer think that it is one."""
    for part in cluster.etcd[:2]:
        part.kill()
    time.sleep(12)
    for part in cluster.etcd[:2]:
        part.start()


EVENTS = {"leader": ("kill -9 of the leader's PostgreSQL and Patroni", kill_leader), "switchover": ("patronictl switchover", switch_over),
          "postmaster": ("kill -9 of the leader's PostgreSQL alone", kill_postmaster),
          "quorum": ("kill -9 of two of three etcd for 12 s", lose_quorum)}


def check(cluster, program, load, what):
    with load.lock:
        acknowledged = set(load.acknowledged)
    report = program.done("journal", "verify")
    assert report["holds"], report
    lost = done_otherwise_than_once(program, acknowledged)
    assert not lost, (what, "acknowledged and not there exactly once", lost)
    twice = cluster.sql("select count(*) from (select 1 from certificate group by serial, serial_space having count(*) > 1) as t", "shomei")
    assert twice == "0", twice
    assert not load.refused, load.refused[:3]
    return len(acknowledged), report["entries"]


def make_home(cluster, folder):
    cluster.sql("create role shomei login password 'the password of the store'")
    cluster.sql("create database shomei owner shomei")
    learn_demo_settings(folder)
    program = Program(folder / "home", STORE_PASSWORD="the password of the store")
    program.done(*program.init(folder / "s.toml", url=f'"{cluster.address("shomei", "shomei")}"', password='"env:STORE_PASSWORD"',
                               acts='"unix:acts.sock"', attestation='"accepted"', acts_patience_seconds="3", hold_is_final="false"), "--empty")
    register = folder / "register.jsonl"
    register.write_text("".join(register_line(n) + "\n" for n in range(KEYS)), encoding="utf-8")
    program.done("resident", "import", register)
    return program


def run(cluster, folder, events):
    program = make_home(cluster, folder)
    serving = Serving(program, "--only", "authority")
    load = Load(program.home / "acts.sock", quick_keys(KEYS))
    try:
        load.await_answer(time.monotonic())
        for name in events:
            title, event = EVENTS[name]
            time.sleep(SECONDS)
            begun = time.monotonic()
            event(cluster)
            load.await_answer(time.monotonic())
            cluster.await_whole()
            time.sleep(SECONDS)
            gap = load.longest_gap(begun, time.monotonic())
            acknowledged, entries = check(cluster, program, load, title)
            print(f"{title}: nobody wrote for {gap:.1f} s; {acknowledged} acknowledged acts, all there once; {entries} entries hold", flush=True)
    finally:
        load.stop.set()
        load.pool.shutdown()
        serving.end()
    print(f"{load.interrupted} issues stood half-done and were written off; none was handed out")


def main():
    missing = [package for path, package in NEEDS.items() if not os.path.exists(path)]
    if missing:
        print("The soak of failovers needs Patroni and etcd: apt-get install --no-install-recommends " + " ".join(missing), file=sys.stderr)
        return 3
    Program.path = os.path.abspath(sys.argv[1])
    cluster = Cluster()
    with tempfile.TemporaryDirectory(prefix="shomei-failover-") as folder:
        try:
            cluster.start()
            run(cluster, pathlib.Path(folder), sys.argv[2:] or list(EVENTS))
        finally:
            cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
