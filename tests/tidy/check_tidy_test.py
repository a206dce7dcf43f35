#!/usr/bin/env python3
"""check_tidy.py finds what it is for: a small tidy tree has no finding, and each untidy thing put into it gives the one
finding of its rule."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).with_name("check_tidy.py")

LIBRARY = "# Does one thing. Does it well.\nshomei_library({name}\n  DEPENDS {depends}\n  SOURCES {name}.cc)\n"
TIDY = {
    "src/base/CMakeLists.txt": "# Does one thing. Does it well.\nshomei_library(base\n  SOURCES base.cc)\n",
    "src/base/base.h": "#pragma once\n",
    "src/base/base.cc": '#include "base/base.h"\n',
    "src/rules/CMakeLists.txt": LIBRARY.format(name="rules", depends="base"),
    "src/rules/rules.h": "#pragma once\n",
    "src/rules/rules.cc": '#include "base/base.h"\n',
    "src/authority/CMakeLists.txt": LIBRARY.format(name="authority", depends="rules"),
    "src/authority/authority.h": "#pragma once\n",
    "src/authority/authority.cc": '#include "rules/rules.h"\n',
    "src/status/CMakeLists.txt": LIBRARY.format(name="status", depends="base"),
    "src/status/status.cc": '#include "base/base.h"\n',
    "ARCHITECTURE.md": "`base/`, `rules/`, `authority/`, `status/`: [read](src/base/base.h#top), [ask](https://a.example)\n",
}
BODY = "".join(f"  step({i});\n" for i in range(71))
# what is put there, and the one finding
UNTIDY = [
    ({"src/status/status.cc": '#include "base/base.h"\n#include "rules/rules.h"\n'}, "src/status/status.cc:2: include:"),
    ({"src/authority/authority.cc": '#include "rules/rules.h"\n#include "base/base.h"\n'},
     "src/authority/authority.cc:2: include:"),  # reached through rules, and not declared
    ({"src/rules/rules.cc": '#include "base.h"\n#include "base/base.h"\n'}, "src/rules/rules.cc:1: include:"),
    ({"src/status/status.cc": "\n"}, "src/status/CMakeLists.txt:2: depends: base"),
    ({"src/rules/CMakeLists.txt": LIBRARY.format(name="rules", depends="base status"),
      "src/status/status.h": "", "src/rules/rules.cc": '#include "base/base.h"\n#include "status/status.h"\n'},
     "src/rules/CMakeLists.txt:2: direction: rules needs base alone"),
    ({"src/status/CMakeLists.txt": LIBRARY.format(name="status", depends="base authority"),
      "src/status/status.cc": '#include "base/base.h"\n#include "authority/authority.h"\n'},
     "src/status/CMakeLists.txt:2: direction: status may never reach authority"),
    ({"src/base/base.cc": "#include <openssl/evp.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <nettle/sha2.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <p11-kit/pkcs11.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <sqlite3.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <boost/asio.hpp>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <PCSC/winscard.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <CLI/CLI.hpp>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.cc": "#include <toml++/toml.h>\n"}, "src/base/base.cc:1: foreign:"),
    ({"src/base/base.h": "#include <nlohmann/json.hpp>\n"}, "src/base/base.h:1: foreign:"),
    ({"src/base/CMakeLists.txt": "# Does one thing.\nshomei_library(base\n  SOURCES base.cc)\n"},
     "src/base/CMakeLists.txt:1: opening:"),
    ({"src/base/other.cc": "\n"}, "src/base/other.cc:1: unbuilt:"),
    ({"src/base/base.cc": "// " + "字" * 108 + "\n"}, "src/base/base.cc:1: length: 111"),
    ({"src/base/base.cc": "void f(int a,\n       int b) {\n" + BODY + "}\n"}, "src/base/base.cc:1: length: a function of 71"),
    ({"src/base/base.cc": "struct S {\n  void f() {\n" + BODY.replace("  ", "    ") + "  }\n};\n"},
     "src/base/base.cc:2: length: a function of 71"),
    ({"src/base/base.cc": "\n" * 501}, "src/base/base.cc:501: length: a file of 501"),
    ({"src/base/base.cc": "// TO" "DO\n"}, "src/base/base.cc:1: words:"),
    ({"src/base/base.cc": "class CardManager {};\n"}, "src/base/base.cc:1: words:"),
    ({"docs/util.md": "\n"}, "docs/util.md:1: words:"),
    ({"ARCHITECTURE.md": "`base/`, `rules/`, `authority/`\n"}, "ARCHITECTURE.md:1: architecture: does not name the folder status/"),
    ({"docs/a.md": "\n[gone](../src/gone.h)\n"}, "docs/a.md:2: links: ../src/gone.h"),
    ({"docs/a.md": "# Backup and restore\n[gone](#backup)\n"}, "docs/a.md:2: links: #backup: there is no such heading"),
    ({"docs/a.md": "[gone](b.md#one)\n", "docs/b.md": "```\n# One\n```\n"}, "docs/a.md:1: links: b.md#one: there is no"),
    ({"docs/a.md": "# One\n# One\n[here](#one-1) [gone](#one-2)\n"}, "docs/a.md:3: links: #one-2: there is no"),
]
# and what looks like one and is none
STILL_TIDY = [
    {"src/base/base.cc": "// " + "字" * 107 + "\n"},
    {"src/base/base.cc": "void f() {\n" + BODY[: BODY.rindex("  step")] + "}\n"},
    {"src/base/CMakeLists.txt": "# Does one thing. Does it well.\nshomei_library(base\n  SOURCES base.cc\n  TESTS base_test.cc)\n",
     "src/base/base_test.cc": 'say("' + "x" * 150 + '");\n'},
    {"docs/a.md": "```\n[gone](gone.md)\n```\n`[gone](gone.md)` [here](#a) [there](../ARCHITECTURE.md)\n## A\n"},
    {"docs/a.md": "[one](b.md#the-json-of-counter-issue) [two](b.md#日本語)\n", "docs/b.md": "# The JSON of `counter issue`\n## 日本語\n"},
    {"src/base/base.cc": "class Implicit {};\nclass Utility {};\n"},
]


def run(changes):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**TIDY, **changes}.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
        return done.returncode, done.stdout


class CheckTidy(unittest.TestCase):
    def test_a_tidy_tree_has_no_finding(self):
        for changes in [{}, *STILL_TIDY]:
            with self.subTest(changes=str(changes)[:80]):
                code, said = run(changes)
                self.assertEqual(code, 0, said)

    def test_each_untidy_thing_is_found_by_its_rule_alone(self):
        for changes, finding in UNTIDY:
            with self.subTest(finding=finding):
                code, said = run(changes)
                self.assertEqual(code, 1, said)
                self.assertTrue(said.startswith(finding), said)
                self.assertEqual(len(said.splitlines()), 1, said)


if __name__ == "__main__":
    unittest.main()
