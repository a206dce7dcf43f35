#!/usr/bin/env python3
"""say_always.py ADDRESS PORT FILE: an HTTP server that answers every question with the OCSP answer in FILE."""

import http.server
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/ocsp-response")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


with open(sys.argv[3], "rb") as file:
    body = file.read()
server = http.server.HTTPServer((sys.argv[1], int(sys.argv[2])), Answer)
print("listening", flush=True)
server.serve_forever()
