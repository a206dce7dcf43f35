"""Asks a server that closes each connection, as `openssl ocsp` does: ask_closing.py PORT REQUEST.der SECONDS. One line of JSON."""
import json
import pathlib
import socket
import sys
import time

port, request, seconds = int(sys.argv[1]), pathlib.Path(sys.argv[2]).read_bytes(), float(sys.argv[3])
question = (f"POST / HTTP/1.0\r\nContent-Type: application/ocsp-request\r\nContent-Length: {len(request)}\r\n\r\n").encode() + request
took, errors = [], 0
begun = time.monotonic()
while time.monotonic() - begun < seconds:
    at = time.monotonic()
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(question)
            while part := client.recv(65536):
                answer += part
    except OSError:
        pass
    if answer.startswith(b"HTTP/1.0 200"):
        took.append(time.monotonic() - at)
    else:
        errors += 1
took.sort()
elapsed = time.monotonic() - begun
print(json.dumps({"answers": len(took), "seconds": round(elapsed, 3), "per_second": round(len(took) / elapsed),
                  "p50_us": round(took[len(took) // 2] * 1e6) if took else 0,
                  "p99_us": round(took[len(took) * 99 // 100] * 1e6) if took else 0, "errors": errors}))
