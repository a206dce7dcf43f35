#!/usr/bin/env python3
"""open_note.py NOTE VKEY: verifies a C2SP signed note with openssl, and that the digest in a transcript is that of the JSON
beside it. Shares no code with the program."""

import base64
import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

note, vkey = (Path(argument).read_text(encoding="utf-8") for argument in sys.argv[1:3])
name, key_id, typed = vkey.strip().split("+", 2)
key = base64.b64decode(typed)
assert key[0] == 1 and len(key) == 33, "an Ed25519 key"
assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id, "the key's id"

text, signatures = note.rsplit("\n\n", 1)
text = (text + "\n").encode()
dash, signer, blob = signatures.strip().split(" ")
blob = base64.b64decode(blob)
assert (dash, signer, blob[:4].hex()) == ("\u2014", name, key_id), "signed by another key"
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key[1:])
    (Path(folder) / "text").write_bytes(text)
    (Path(folder) / "signature").write_bytes(blob[4:])
    subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER", "-rawin", "-in", "text",
                    "-sigfile", "signature"], cwd=folder, check=True, capture_output=True)
digest = hashlib.sha256(Path(sys.argv[1] + ".json").read_bytes()).hexdigest().upper()
assert re.search(rf"^  SHA-256.*{digest}$", text.decode(), re.M), "the digest of the JSON"
