#!/usr/bin/env python3
"""with_server.py COMMAND...: runs the command while a PostgreSQL server of its own is there, which $PGHOST, $PGPORT and $PGUSER
(an administrator) name, and $SERVER_PORT for addresses on loopback; its exit code."""

import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server  # noqa: E402

server = Server()
try:
    code = subprocess.run(sys.argv[1:], env={**os.environ, **server.environment(), "SERVER_PORT": str(server.port)}, check=False).returncode
finally:
    server.stop()
sys.exit(code)
