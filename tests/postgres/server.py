"""A real PostgreSQL server of a test's own, for tests that drive the program: on a socket in its folder and on loopback,
gone with the test. As root it is run as the user "postgres", which is what the server asks for. server.h is the same for
tests in C++."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = "/usr/lib/postgresql/15/bin"
# Where there is room in memory nobody waits for a disk: what is killed are programs, and the files stay.
MEMORY = "/dev/shm"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def as_server(words):
    """The command as the server's user, and ended with its parent."""
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig=QUIT", *words]


def server_folder(prefix="shomei-pg-"):
    folder = tempfile.mkdtemp(prefix=prefix, dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    return pathlib.Path(folder)


class Server:
    """`settings`: lines for its postgresql.conf. `like`: a server that this one is made a copy of, by pg_basebackup."""

    def __init__(self, settings="", like=None):
        self.folder = server_folder()
        self.port = free_port()
        self.data = self.folder / "data"
        self.process = None
        if like:
            self.program("pg_basebackup", "-D", self.data, "-d", like.address("postgres"), "-R", "-X", "stream", "-c", "fast",
                         "--no-sync")
        else:
            self.program("initdb", "-D", self.data, "-U", "administrator", "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync",
                         "--wal-segsize=1")
        own = self.data / "postgresql.conf"
        own.write_text(own.read_text(encoding="utf-8") + f"\nunix_socket_directories = '{self.folder}'\n"
                       f"listen_addresses = '127.0.0.1'\nport = {self.port}\nshared_buffers = 32MB\nmax_connections = 100\n"
                       f"max_wal_size = 64MB\nmin_wal_size = 2MB\n"
                       # Nothing of a server that is killed stays in the memory of the machine.
                       f"dynamic_shared_memory_type = mmap\n{settings}\n", encoding="utf-8")
        (self.data / "pg_hba.conf").write_text("local all all trust\nlocal replication all trust\n"
                                               "host all all 127.0.0.1/32 scram-sha-256\n"
                                               "host replication all 127.0.0.1/32 trust\n", encoding="utf-8")
        self.start()

    def program(self, name, *words):
        run = subprocess.run(as_server([f"{PROGRAMS}/{name}", *map(str, words)]), capture_output=True, text=True, cwd="/", check=False)
        assert run.returncode == 0, (name, run.stdout, run.stderr)

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(as_server([f"{PROGRAMS}/postgres", "-D", str(self.data)]), stdout=log, stderr=log, cwd="/")
        self.await_ready()

    def await_ready(self, seconds=60):
        late = time.monotonic() + seconds
        while subprocess.run([f"{PROGRAMS}/pg_isready", "-q", "-h", str(self.folder), "-p", str(self.port)], check=False).returncode:
            if time.monotonic() > late or self.process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
            time.sleep(0.02)

    def kill(self):
        """-9, the postmaster and everything that it has started."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False).stdout.split()
        for pid in [self.process.pid, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process = None

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGQUIT)  # at once: nobody will read the data again
            self.process.wait()
        self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database, user="administrator"):
        """By the socket, without a password."""
        return f"postgresql:///{database}?host={self.folder}&port={self.port}&user={user}"

    def address_of(self, user, database, more=""):
        """By the network, where the server asks for a password."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}{more}"

    def sql(self, text, database="postgres"):
        """The rows of the last statement that has any, a line each, the values with | in between."""
        run = subprocess.run([f"{PROGRAMS}/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.address(database), "-c", text],
                             capture_output=True, text=True, check=False)
        assert run.returncode == 0, (text, run.stderr)
        return run.stdout.strip()

    def environment(self):
        """Where the programs of PostgreSQL look by themselves, as the administrator."""
        return {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "administrator"}
