"""measure.py PROGRAM MAKER CERTIFICATES: how long a backup, its check, a move to PostgreSQL and the way back take, and how much
memory, for a small store and one of so many certificates. Memory must not grow with the store."""

import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "postgres"))
from server import Server  # noqa: E402

# What the larger copy may take more than the small one: SQLite keeps some pages, and verifying has 64 MiB for acts.
MORE_MIB_MAX = 96


def run(*words):
    """Seconds, and the peak of memory in MiB."""
    begun = time.monotonic()
    meter = ("import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode;"
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024); sys.exit(code)")
    done = subprocess.run([sys.executable, "-c", meter, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{words}: {done.stderr}")
    return time.monotonic() - begun, int(done.stdout)


def measure(program, maker, certificates, server, folder):
    home = folder / "home"
    run(program, "--home", home, "init", "--empty", "--port", "0")
    for path in home.glob("store.sqlite*"):
        path.unlink()
    key = subprocess.run([maker, home / "store.sqlite", str(certificates)], capture_output=True, text=True, check=True).stdout
    (home / "public" / "checkpoint.vkey").write_text(key, encoding="utf-8")
    size = (home / "store.sqlite").stat().st_size
    schema = f"store_{certificates}"
    server.sql(f"CREATE SCHEMA {schema}")
    url = f"host={server.folder} port={server.port} user=administrator dbname=postgres options=-csearch_path={schema}"
    peaks = []
    for name, words in [("backup", ["backup", "--out", folder / "backup"]),
                        ("backup check", ["backup", "check", folder / "backup"]),
                        ("restore", ["--home", folder / "restored", "restore", folder / "backup"]),
                        ("migrate to PostgreSQL", ["migrate", "--to", url]),
                        ("migrate to SQLite", ["migrate", "--to", "sqlite"])]:
        seconds, mib = run(program, *([] if "--home" in words else ["--home", home]), *words)
        peaks.append(mib)
        print(f"{certificates} certificates ({size >> 20} MiB), {name}: {seconds:.1f} s, peak {mib} MiB", flush=True)
    return peaks


def interrupt(program, folder):
    """Ctrl-C in the middle of a backup: an error that says so, and nothing left behind."""
    home = folder / "home"
    words = ["backup", "--out", folder / "cut"]
    before = {path.name for path in [*folder.iterdir(), *home.iterdir()]}
    process = subprocess.Popen([program, "--home", home, *words], stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    after = {path.name for path in [*folder.iterdir(), *home.iterdir()]}
    if process.returncode != 3 or after != before:
        sys.exit(f"interrupted {words}: {process.returncode}, {said}, {before ^ after}")
    print(f"interrupted: {said.strip().splitlines()[-1]}", flush=True)


def main():
    program, maker, certificates = sys.argv[1], sys.argv[2], int(sys.argv[3])
    server = Server("max_wal_size = 1GB")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="shomei-copies-"))
    try:
        peaks = []
        for count in (2000, certificates):
            (folder / str(count)).mkdir()
            peaks.append(measure(program, maker, count, server, folder / str(count)))
        interrupt(program, folder / str(certificates))
        for small, large in zip(*peaks):
            if large > small + MORE_MIB_MAX:
                sys.exit(f"memory grows with the store: {small} MiB, then {large} MiB")
    finally:
        shutil.rmtree(folder)
        server.stop()


main()
