"""What tests of the program over PostgreSQL say often: a home whose store is a database, `serve`, acts over its socket."""

import json
import os
import pathlib
import re
import signal
import subprocess

ROOT = pathlib.Path(__file__).parents[2]
OFFICE = "inagi-city-hall"
# Leaks are looked for in the tests of the parts; the program itself is ended here in many ways.
ENVIRONMENT = {**{k: v for k, v in os.environ.items() if not k.startswith("PG")}, "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"}


class Program:
    path = None  # of the program, set once

    def __init__(self, home, **environment):
        self.home = pathlib.Path(home)
        self.environment = {**ENVIRONMENT, **environment}

    def run(self, *words):
        return subprocess.run([self.path, "--home", str(self.home), "--json", *map(str, words)], capture_output=True, text=True,
                              env=self.environment, timeout=120, check=False)

    def done(self, *words):
        run = self.run(*words)
        assert run.returncode == 0, (words, run.stdout, run.stderr)
        return json.loads(run.stdout)

    def refused(self, *words):
        run = self.run(*words)
        assert run.returncode != 0, (words, run.stdout)
        return json.loads(run.stdout)["error"]

    def set(self, **settings):
        """Writes settings of shomei.toml that are there already."""
        change_settings(self.home / "shomei.toml", **settings)

    def init(self, settings_file, **settings):
        """`init` from the settings of a demo with these changes."""
        settings_file = pathlib.Path(settings_file)
        settings_file.write_text(DEMO_SETTINGS["text"], encoding="utf-8")
        change_settings(settings_file, **settings)
        return ("init", "--settings", settings_file)


DEMO_SETTINGS = {"text": None}


def learn_demo_settings(folder):
    """The settings that the program writes for a demo, on any free ports and with keys that are made quickly."""
    program = Program(pathlib.Path(folder) / "settings")
    program.done("init", "--no-authorities", "--port", "0")
    text = (program.home / "shomei.toml").read_text(encoding="utf-8")
    DEMO_SETTINGS["text"] = text.replace('authority_key = "rsa-2048"', 'authority_key = "ec-p256"')


def change_settings(path, **settings):
    text = path.read_text(encoding="utf-8")
    for key, value in settings.items():
        text, changes = re.subn(rf"^{key} = .*$", lambda _, k=key, v=value: f"{k} = {v}", text, count=1, flags=re.M)
        assert changes == 1, key
    path.write_text(text, encoding="utf-8")


class Serving:
    """`serve` of a home, in its own process."""

    def __init__(self, program, *words):
        self.program = program
        self.process = subprocess.Popen([program.path, "--home", str(program.home), "serve", "--json", *words], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.environment)
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.at = json.loads(line)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        said = self.process.communicate(timeout=30)[1]
        assert self.process.returncode == 0, said
        return said

    def end(self):
        if self.process.poll() is None:
            self.kill()


def done_otherwise_than_once(program, requests):
    """Those of the requests that the journal does not have as carried out exactly once."""
    times = dict.fromkeys(requests, 0)
    for entry in program.done("journal", "show", "--count", "1000000")["entries"]:
        operator = entry.get("operator", {})
        if entry["phase"] in ("result", "whole") and "refusal" not in operator and operator.get("request") in times:
            times[operator["request"]] += 1
    return [request for request, count in times.items() if count != 1]


def ocsp(folder, home, authority, serial, url):
    """What openssl says about the certificate."""
    issuer = str(pathlib.Path(home) / f"public/{authority}.crt")
    said = subprocess.run(["openssl", "ocsp", "-issuer", issuer, "-CAfile", issuer, "-serial", "0x" + serial, "-url", url + "/ocsp"],
                          capture_output=True, text=True, cwd=folder, check=False)
    found = re.search(r"^0x\w+: (\w+)$", said.stdout, flags=re.M)
    assert found and "Response verify OK" in said.stderr, said
    return found.group(1)
