#!/usr/bin/env python3
"""What the documents say against what the program does: check_docs.py PROGRAM. A home is made for it in a temporary
folder. Prints one line a finding and exits 1 when there is any."""

import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FINDINGS = []
# Fewer than these: what is searched has another form, and the check looks at nothing.
TAKEN_LINES_MIN, CODES_MIN, METRICS_MIN, FILES_MIN, FUNCTIONS_MIN = 2, 30, 5, 30, 10


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def find(name, what):
    FINDINGS.append(f"{name}: {what}")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.S | re.M)


class Program:
    def __init__(self, path, home):
        self.path, self.home = path, home

    def run(self, *words, folder=None):
        return subprocess.run([self.path, "--home", str(self.home), "--json", *words], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=120, check=False, cwd=folder)

    def commands(self):
        """Every command there is, by the help of the program itself."""
        found = []
        for group in self.subcommands():
            below = self.subcommands(group)
            found += [f"{group} {name}" for name in below]
            # A command may have others below it: it has an example, which a group has not.
            if not below or "Example:" in self.run(group, "--help").stdout:
                found.append(group)
        return set(found)

    def subcommands(self, *group):
        text = self.run(*group, "--help").stdout
        listed = text.partition("Subcommands:\n")[2].partition("\n\n")[0]
        return re.findall(r"^  ([a-z][a-z-]*)", listed, flags=re.M)


def check_register_lines(program):
    """Each example line is taken in, each refused one is refused with its code."""
    name = "docs/formats/register-line.md"
    text = page(name)
    taken = "".join(blocks(text, "jsonl")).splitlines()
    if len(taken) < TAKEN_LINES_MIN:
        find(name, "the example lines are gone")
    for line in taken:
        done = program.run("resident", "add", "--line", line)
        if done.returncode != 0:
            find(name, f"an example is not taken in: {done.stderr.strip()}")
    refused = "".join(blocks(text, "rejected")).splitlines()
    for code, line in (entry.split(" ", 1) for entry in refused):
        done = program.run("resident", "add", "--line", line)
        got = json.loads(done.stdout).get("error", {}).get("code")
        if got != code or done.returncode != 2:
            find(name, f"{line}: the page says {code}, the program {got} (exit {done.returncode})")
    if len(refused) < 10:
        find(name, "the refused lines are gone")


def check_members(program):
    """The table of members has those that the program knows, and no others."""
    name = "docs/formats/register-line.md"
    done = program.run("resident", "add", "--line",
                       '{"name":"a","address":"a","gender":"male","born":"1990-01-02","status":"japanese",'
                       '"municipality":"13225","no_such_member":1}')
    known = set(json.loads(done.stdout)["error"]["parameters"]["known"].split(", "))
    table = set(re.findall(r"^\| `([a-z_]+)` \| (?:text|day|true or false|object) \|", page(name), flags=re.M))
    if known != table:
        find(name, f"members that differ: {sorted(known ^ table)}")
    schema = json.loads(page("docs/formats/schemas/register-line.schema.json"))
    if known != set(schema["properties"]):
        find(name, f"the schema differs in {sorted(known ^ set(schema['properties']))}")


def check_commands(program):
    """documents.md tells the document of every command, and of none that is not there."""
    name = "docs/formats/documents.md"
    table = page(name).partition("## Commands")[2].partition("### ")[0]
    told = set()
    for row in re.findall(r"^\| (`.*?) \|", table, flags=re.M):
        told |= set(re.findall(r"`([a-z -]+)`", row))
    there = program.commands() - {"completion"}
    if told != there:
        find(name, f"commands that differ: {sorted(told ^ there)}")


def check_duties(program):
    """officers.md has the table of duties as the program prints it."""
    name = "docs/officers.md"
    text = page(name)
    for duty in json.loads(program.run("officer", "table").stdout)["duties"]:
        row = (f"| `{duty['act']}` | {duty['does']} | {duty['who'].replace(',', ', ')} | {duty['reach']} | "
               f"{duty['approvals']} |\n")
        if row not in text:
            find(name, f"the duty {duty['act']} stands otherwise: {row.strip()}")


def check_settings(program):
    """The table of home.md has the settings that `init` writes, and of others only those that the program reads though
    `init` leaves them out: their default is none."""
    name = "docs/formats/home.md"
    written, members = settings_of(tomllib.loads((program.home / "shomei.toml").read_text(encoding="utf-8")))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/home").rglob("*.cc"))
    told = set()
    table = page(name).partition("## Settings")[2]
    for keys, default, meaning in re.findall(r"^\| (`.*?) \| (.*?) ?\| (.*) \|$", table, flags=re.M):
        row = keys_of(keys)
        for key in row & members.keys():
            for member in members[key] - set(re.findall(r"`([a-z_]+)`", meaning)):
                find(name, f"the member {member} of {key} is not told")
        row -= members.keys()
        for key in row - written if default in ("", "none") else set():
            if f'"{key.removesuffix(".KEY").rpartition(".")[2]}"' not in sources:
                find(name, f"the setting {key} is read nowhere")
        told |= row if default not in ("", "none") else row & written
    if told != written:
        find(name, f"settings that differ: {sorted(told ^ written)}")


def settings_of(document, above=""):
    """The dotted keys of a document, and the members of what comes several times."""
    keys, members = set(), {}
    for key, value in document.items():
        if isinstance(value, dict):
            below = settings_of(value, f"{above}{key}.")
            keys |= below[0]
            members |= below[1]
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            members[above + key] = set().union(*value)
        else:
            keys.add(above + key)
    return keys, members


def keys_of(cell):
    """`a.b`, `.c` are a.b and a.c; `a.KIND.b` is there for each kind of certificate."""
    keys, last = set(), ""
    for key in re.findall(r"`([A-Za-z_.]+)`", cell):
        last = last.rpartition(".")[0] + key if key.startswith(".") else key
        keys |= {last.replace("KIND", kind) for kind in ("signature", "user_authentication")}
    return keys


def check_home_files(program):
    """home.md tells every file of a fresh home with its mode."""
    name = "docs/formats/home.md"
    modes = {}
    for row in page(name).splitlines():
        cells = row.split("|")
        if len(cells) > 3 and re.fullmatch(r" 0[0-7]{3} ", cells[2]):
            for path in re.findall(r"`([^`]+)`", cells[1]):
                modes[path.rstrip("/")] = int(cells[2], 8)
    for path in [program.home, *program.home.rglob("*")]:
        told = modes.get(path.relative_to(program.home).as_posix())
        mode = stat.S_IMODE(path.stat().st_mode)
        if path.name.endswith(("-wal", "-shm")):
            continue
        if told != mode:
            find(name, f"{path.relative_to(program.home)} has mode {mode:o}, the page says {told and oct(told)}")


def check_errors(_):
    """Every code that a document names in a table of errors is one of the program."""
    codes = set()
    for path in (ROOT / "src/texts").glob("of_*.cc"):
        codes |= set(re.findall(r'\{"([a-z0-9_]+)",', path.read_text(encoding="utf-8")))
    tables = {"docs/operations.md": page("docs/operations.md").partition("| Code | Do |")[2].partition("\n\n")[0],
              "docs/formats/register-line.md": page("docs/formats/register-line.md").partition("## Error codes")[2]
              .partition("## Examples")[0]}
    told = {(name, code) for name, table in tables.items() for code in re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+)+)`", table)}
    for name, code in sorted(told):
        if code not in codes:
            find(name, f"there is no code {code}")
    for name, table in tables.items():
        if not table:
            find(name, "the table of codes is gone")
    if len(told) < CODES_MIN:
        find("docs", f"only {len(told)} codes in the tables of errors")


def check_rule_examples(program):
    """The commands of rules.md can be run as they stand there: the first of each act, with the verdict and the sentences
    of the page. (That the page is what the code makes of it is the test docs.rules.)"""
    name = "docs/rules.md"
    acts = set()
    form = re.compile(r"^Example .*?: \*\*(\w+)\*\*, this rule: \*\*(\w+)\*\*\n\n    shomei (why --act (\w+).*)\n\n> (.*)\n",
                      flags=re.M)
    for verdict, outcome, command, act, says in form.findall(page(name)):
        if act in acts:
            continue
        acts.add(act)
        done = program.run(*command.split(), folder=ROOT)
        answer = json.loads(done.stdout)
        said = [rule["outcome"] for rule in answer.get("rules", []) if says.startswith(rule["says"])]
        if answer.get("decision") != verdict or said != [outcome] or done.returncode != (verdict != "granted"):
            find(name, f"{command}: the program answers {done.stdout[:200]} {done.stderr}")
    if len(acts) < 11:
        find(name, f"examples of {sorted(acts)} alone")


def check_metrics(_):
    """operations.md tells every metric, and no other."""
    name = "docs/operations.md"
    there = {metric for folder in ("app", "services") for path in (ROOT / "src" / folder).rglob("*.cc")
             for metric in re.findall(r'"(shomei_[a-z_]+)"', path.read_text(encoding="utf-8"))}
    section = page(name).partition("## Logs and metrics")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `(shomei_[a-z_]+)` \|", section, flags=re.M))
    if told != there:
        find(name, f"metrics that differ: {sorted(told ^ there)}")
    if len(there) < METRICS_MIN:
        find(name, f"only the metrics {sorted(there)} are found in the code")


def check_code_names(_):
    """A source file that a document names is there; so is a function that ARCHITECTURE.md or a flow names."""
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
               for path in (ROOT / "src").rglob("*") if path.suffix in (".cc", ".h", ".sql")}
    everything = "\n".join(sources.values())
    files, functions = 0, 0
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        name = path.relative_to(ROOT).as_posix()
        text = re.sub(r"^ *```.*?^ *```", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
        for file in re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:cc|h|sql|py|sh))`", text):
            files += 1
            if not any((ROOT / top / file).exists() for top in ("", "src")):
                find(name, f"{file} is not there")
        if name == "ARCHITECTURE.md" or name.startswith("docs/flows/"):
            acts = text.partition("## Change the validity rule")[0]
            for function in re.findall(r"`(?:[A-Za-z]+::)*([a-z]+(?:_[a-z]+)+)`", acts):
                functions += 1
                if not re.search(rf"\b{function}\b", everything):
                    find(name, f"there is no {function}")
    if files < FILES_MIN or functions < FUNCTIONS_MIN:
        find("docs", f"only {files} source files and {functions} functions are named")


def main(path):
    with tempfile.TemporaryDirectory(prefix="shomei-docs-") as folder:
        program = Program(path, Path(folder) / "home")
        if program.run("init", "--port", "0").returncode != 0:
            find("docs", "no home can be made")
        else:
            check_home_files(program)
            for check in (check_register_lines, check_members, check_commands, check_duties, check_settings, check_errors,
                          check_metrics, check_code_names, check_rule_examples):
                check(program)
    print("\n".join(FINDINGS) if FINDINGS else "the documents say what the program does")
    return 1 if FINDINGS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
