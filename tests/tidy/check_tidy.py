#!/usr/bin/env python3
"""What the compiler does not see: check_tidy.py [ROOT] prints one line a finding, `file:line: rule: what`, and exits 1
when there is any. The rules are the functions below whose names begin with `check_`; each says what it demands."""

import re
import sys
from pathlib import Path

LINE_MAX = 110
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500

# Which files may include a library of others. A folder ends with a slash; a name without one is a file.
HOMES_OF_HEADERS = {
    r"openssl/": ["crypto/openssl/", "http/tls_context.cc"],
    r"nettle/": ["crypto/nettle/"],
    r"gmp(xx)?\.h": ["crypto/nettle/", "crypto/weak_keys.cc", "crypto/weak_keys_test.cc",
                        "crypto/find_shared_primes.cc", "crypto/shared_factors.cc"],
    r"p11-kit/": ["crypto/pkcs11/", "pkcs11/"],
    r"sqlite3\.h": ["store/sqlite/"],
    r"boost/": ["http/"],
    r"(ft2build|png|openjpeg)\.h": ["card/images/"],
    r"(PCSC/)?winscard\.h": ["card/pcsc/"],
    r"CLI/": ["cli/parse.cc"],
    r"toml\+\+/": ["home/toml_table.h"],
}
# JSON stays inside .cc files; these headers hand it on, and .cc files alone include them.
HEADERS_WITH_JSON = {
    "app/card_trust.h",  # one document of a card's certificate for two commands
    "app/card_parts.h",  # the document of a card, and of what is wrong with it
    "app/card_words.h",  # documents of the card commands made into words
    "app/describe.h",  # documents that several commands print
    "app/journal_words.h",
    "json/members.h",  # what others wrote, member by member
    "json/parse_object.h",
    "services/acts/certificate_json.h",  # one document for the command line and for services
}
# folder library -> what its declared dependencies must be, or must never reach through others.
DEPENDS_EXACTLY = {"rules": {"base"}, "der": {"base"}, "base": set(),
                   "pkcs11": {"base", "der", "crypto", "card", "card_client", "card_pcsc"}}
NEVER_REACHES = {"status": {"authority", "counter"}, "journal": {"authority"}, "card_applet": {"card_client"},
                 "card_client": {"card_applet", "card_pcsc", "card_vpcd"}}

UNWANTED_WORDS = "Manager|Helper|Util|Impl"
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")


class Tree:
    """The files of the project, read once, and the libraries that its CMakeLists.txt declare."""

    def __init__(self, root):
        self.root = root
        self.findings = []
        self.text = {}
        for top in ("src", "tests", "cmake", "scripts", "docs", "bench", ".ci"):
            for path in sorted((root / top).rglob("*")):
                if path.is_file() and "tests/vectors" not in path.as_posix() and "__pycache__" not in path.parts:
                    self.read(path)
        for path in sorted(root.glob("*")):
            if path.is_file():
                self.read(path)
        self.libraries = {}
        for name, text in self.text.items():
            if name.startswith("src/") and name.endswith("/CMakeLists.txt"):
                self.read_library(name, text)

    def read(self, path):
        try:
            self.text[path.relative_to(self.root).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass  # not text: none of these rules is about it

    def read_library(self, name, text):
        call = re.search(r"^shomei_library\((\w+)(.*?)\)", text, re.S | re.M)
        if not call:
            return
        lists = {"DEPENDS": [], "LIBRARIES": [], "SOURCES": [], "TESTS": []}
        current = None
        for word in re.sub(r"#.*", "", call.group(2)).split():
            if word in lists:
                current = word
            elif current:
                lists[current].append(word)
        folder = name.removeprefix("src/").removesuffix("CMakeLists.txt")
        self.libraries[folder] = {"name": call.group(1), "cmake": name,
                                  "line": text[: call.start()].count("\n") + 1, **lists}

    def library_of(self, path):
        """The folder of the library that a path below src/ belongs to: the deepest one around it."""
        around = [folder for folder in self.libraries if path.startswith(folder)]
        return max(around, key=len, default=None)

    def reach(self, name):
        depends = {library["name"]: library["DEPENDS"] for library in self.libraries.values()}
        found, waiting = set(), list(depends.get(name, []))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += depends.get(one, [])
        return found

    def files(self, *endings, under=""):
        return [(name, text) for name, text in self.text.items() if name.startswith(under) and name.endswith(endings)]

    def find(self, name, line, rule, what):
        self.findings.append(f"{name}:{line}: {rule}: {what}")


def includes(text, form):
    for number, line in enumerate(text.split("\n"), 1):
        found = re.match(r"\s*#\s*include\s*" + form, line)
        if found:
            yield number, found.group(1)


def is_test(name):
    return name.startswith("tests/") or name.endswith(("_test.cc", "_testing.h", "_suite.h"))


def sources(tree):
    return [(name, text) for name, text in tree.files(".cc", ".h", ".c", ".h.in") if name.startswith(("src/", "tests/"))]


def check_includes(tree):
    """A file of src/ includes its own folder and what its folder's DEPENDS names itself; a test, what these reach. What is
    declared is included somewhere."""
    used = {folder: set() for folder in tree.libraries}
    for name, text in tree.files(".cc", ".h", ".h.in", under="src/"):
        own = tree.library_of(name.removeprefix("src/"))
        for line, path in includes(text, r'"([^"]+)"'):
            other = tree.library_of(path)
            if "/" not in path:
                tree.find(name, line, "include", f'"{path}" is not a path from src/')
            if own is None or other is None or own == other:
                continue
            library = tree.libraries[own]
            wanted = tree.libraries[other]["name"]
            used[own].add(wanted)
            allowed = set(library["DEPENDS"])
            if is_test(name):
                allowed |= tree.reach(library["name"])
            if wanted not in allowed:
                tree.find(name, line, "include", f'"{path}" needs DEPENDS {wanted} in {library["cmake"]}')
    for folder, library in tree.libraries.items():
        for name in library["DEPENDS"]:
            if name not in used[folder]:
                tree.find(library["cmake"], library["line"], "depends", f"{name} is declared and not included")


def check_direction(tree):
    """Some folders may never reach some others, and a few stand on nothing but what is named here."""
    for library in tree.libraries.values():
        name = library["name"]
        if name in DEPENDS_EXACTLY and set(library["DEPENDS"]) != DEPENDS_EXACTLY[name]:
            wanted = ", ".join(sorted(DEPENDS_EXACTLY[name])) or "nothing"
            tree.find(library["cmake"], library["line"], "direction", f"{name} needs {wanted} alone")
        for other in sorted(NEVER_REACHES.get(name, set()) & tree.reach(name)):
            tree.find(library["cmake"], library["line"], "direction", f"{name} may never reach {other}")


def check_foreign_headers(tree):
    """Each library of others is included where HOMES_OF_HEADERS says, and JSON in .cc files."""
    for name, text in tree.files(".cc", ".h", under="src/"):
        path = name.removeprefix("src/")
        for line, header in includes(text, r"<([^>]+)>"):
            for pattern, homes in HOMES_OF_HEADERS.items():
                at_home = any(path.startswith(home) if home.endswith("/") else path == home for home in homes)
                if re.match(pattern, header) and not at_home:
                    tree.find(name, line, "foreign", f"<{header}> belongs in {', '.join(homes)} alone")
            if header.startswith("nlohmann/") and name.endswith(".h") and path not in HEADERS_WITH_JSON:
                tree.find(name, line, "foreign", f"<{header}> in a header: keep JSON inside .cc files")


def check_libraries(tree):
    """Each folder's CMakeLists.txt opens with two sentences on what it is for, and builds every .cc that is there."""
    for name, text in tree.files("CMakeLists.txt", under="src/"):
        if name == "src/CMakeLists.txt":
            continue
        opening = re.match(r"(#[^\n]*\n)*", text).group(0).replace("#", " ")
        if len(re.findall(r"[.:](?=\s)", opening)) < 2:
            tree.find(name, 1, "opening", "opens with two sentences on what the folder is for")
    for folder, library in tree.libraries.items():
        listed = {f"src/{folder}{file}" for file in library["SOURCES"] + library["TESTS"]}
        for name, _ in tree.files(".cc", under="src/" + folder):
            own = tree.library_of(name.removeprefix("src/")) == folder
            if own and name not in listed and Path(name).name not in tree.text[library["cmake"]]:
                tree.find(name, 1, "unbuilt", f'is not listed in {library["cmake"]}')


def without_strings(line):
    return re.sub(r'R"\(.*?\)"|"(?:[^"\\]|\\.)*"', '""', line)


def check_lengths(tree):
    """Lines, functions and files that are short enough to be read. The strings of tests may be as long as they are."""
    for name, text in sources(tree) + tree.files("CMakeLists.txt", ".cmake", ".py", ".sh"):
        lines = text.split("\n")
        if len(lines) > FILE_LINES_MAX + 1:
            tree.find(name, len(lines) - 1, "length", f"a file of {len(lines) - 1} lines (at most {FILE_LINES_MAX})")
        if not name.endswith((".cc", ".h", ".c")):
            continue
        for number, line in enumerate(lines, 1):
            shown = without_strings(line) if is_test(name) else line
            if len(shown) > LINE_MAX:
                tree.find(name, number, "length", f"{len(line)} characters (at most {LINE_MAX})")
        for start, length in long_bodies(lines):
            tree.find(name, start, "length", f"a function of {length} lines (at most {FUNCTION_LINES_MAX})")


def long_bodies(lines):
    """Functions by clang-format's layout: from the line that ends a head at column 0 or 2 with `{` to the `}` in that
    column."""
    for start, line in enumerate(lines):
        head = re.match(r"( {2})?(?!namespace|class|struct|enum|union|extern|public|private|protected)[\w~].*", line)
        if not head:
            continue
        indent = len(head.group(1) or "")
        opening = next((i for i in range(start, len(lines)) if re.search(r"[{};]$", lines[i])), start)
        if not lines[opening].endswith("{"):
            continue
        outside = (i for i in range(opening + 1, len(lines)) if re.match(rf" {{0,{indent}}}\S", lines[i]))
        end = next(outside, opening)
        if lines[end] == " " * indent + "}" and end - opening - 1 > FUNCTION_LINES_MAX:
            yield start + 1, end - opening - 1


def check_words(tree):
    """No word that says that a thing is unfinished, and no name that says nothing of what it names."""
    named = re.compile(rf"\b(?:class|struct|enum|namespace|using)\s+(?:class\s+)?(\w*(?:{UNWANTED_WORDS})(?![a-z])\w*)")
    for name, text in tree.text.items():
        words = re.split(r"[_.\-/]", name.lower())
        for word in set(words) & {w for u in UNWANTED_WORDS.lower().split("|") for w in (u, u + "s")}:
            tree.find(name, 1, "words", f'"{word}" in a file\'s name says nothing of what it holds')
        for number, line in enumerate(text.split("\n"), 1):
            if UNFINISHED.search(line):
                tree.find(name, number, "words", "unfinished work is no part of the code")
            found = named.search(line) if name.endswith((".cc", ".h")) else None
            if found:
                tree.find(name, number, "words", f"the name {found.group(1)} says nothing of what it names")


def check_architecture(tree):
    """ARCHITECTURE.md names every folder of src/."""
    text = tree.text.get("ARCHITECTURE.md")
    if text is None:
        return
    folders = {name.split("/")[1] for name in tree.text if name.startswith("src/") and name.count("/") > 1}
    for folder in sorted(folders):
        if not re.search(rf"\b{folder}/", text):
            tree.find("ARCHITECTURE.md", 1, "architecture", f"does not name the folder {folder}/")


def without_code_blocks(text):
    return re.sub(r"^```.*?^```", lambda code: re.sub(r"[^\n]", "", code.group(0)), text, flags=re.S | re.M)


def anchors(text):
    """The names that a renderer gives to the headings of a document: lower case, no punctuation, hyphens for spaces; one
    that comes again is numbered."""
    names, times = set(), {}
    for heading in re.findall(r"^#{1,6} +(.*?)[ #]*$", without_code_blocks(text), flags=re.M):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        names.add(f"{name}-{times[name]}" if name in times else name)
        times[name] = times.get(name, 0) + 1
    return names


def check_links(tree):
    """A relative link of a document leads to a file that is there, and in a document to a heading that is there."""
    headings = {tree.root / name: anchors(text) for name, text in tree.files(".md")}
    for name, text in tree.files(".md"):
        for number, line in enumerate(without_code_blocks(text).split("\n"), 1):
            for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", re.sub(r"`[^`]*`", "", line)):
                if re.match(r"[a-z]+:", target):
                    continue
                path, _, anchor = target.partition("#")
                led_to = (tree.root / Path(name).parent / path if path else tree.root / name).resolve()
                if not led_to.exists():
                    tree.find(name, number, "links", f"{target} is not there")
                elif anchor and anchor not in headings.get(led_to, {anchor}):
                    tree.find(name, number, "links", f"{target}: there is no such heading")


def main(root):
    tree = Tree(root)
    for name, check in list(globals().items()):
        if name.startswith("check_"):
            check(tree)
    print("\n".join(tree.findings) if tree.findings else f"{len(tree.text)} files are tidy")
    return 1 if tree.findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()))
