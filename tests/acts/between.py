"""Stands between a counter and its authority's Unix socket, and keeps what they say to each other."""

import http.client
import http.server
import socket
import socketserver
import threading


class _ToSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def ask(path, method, place, body, headers):
    """The status, the headers and the body that the socket answers with."""
    connection = _ToSocket(path)
    connection.request(method, place, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


class Between(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def __init__(self, here, there):
        super().__init__(here, _Passing)
        self.there = there
        self.said = []  # place, body, status, answer
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, content = ask(self.server.there, self.command, self.path, body, dict(self.headers))
        self.server.said.append((self.path, body, status, content))
        self.send_response(status)
        self.send_header("Content-Type", headers.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = pass_on

    def log_message(self, *_):
        pass
