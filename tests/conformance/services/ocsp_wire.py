"""OCSP questions and answers as bytes, and a client that sees every byte that it sends and gets: what hostile_ocsp.py needs of
RFC 6960 and RFC 9112. Nothing of it is shared with the services."""

import base64
import socket
import time
import urllib.parse

TIMEOUT_S = 20  # longer than any deadline of the services that a test waits for
STATES = {0x80: "good", 0xA1: "revoked", 0x82: "unknown"}


def element(data, at, end=None):
    """The tag of the element at `at`, and where its content begins and ends. ValueError when it is not DER."""
    end = len(data) if end is None else end
    if at + 2 > end:
        raise ValueError("cut")
    tag, length, start = data[at], data[at + 1], at + 2
    if length >= 128:
        size = length - 128
        length = int.from_bytes(data[start : start + size], "big")
        start += size
        if size == 0 or size > 4 or length < 128 or length < 1 << (8 * (size - 1)):
            raise ValueError("length")
    if start + length > end:
        raise ValueError("cut")
    return tag, start, start + length


def elements(data, start, end):
    """Those one after another between two places: tag, where the whole begins, where its content begins and ends."""
    found = []
    while start < end:
        tag, content, after = element(data, start, end)
        found.append((tag, start, content, after))
        start = after
    return found


def inside(data, start, end, *tags):
    """The places of the content behind this path of tags, each the first of its level that has the tag."""
    for tag in tags:
        for other, _, content, after in elements(data, start, end):
            if other == tag:
                start, end = content, after
                break
        else:
            raise ValueError(f"no {tag:#x}")
    return start, end


def cert_ids(question):
    """The CertIDs of a question, each as it stands in it; ValueError when there is none to be found."""
    if element(question, 0)[2] != len(question):
        raise ValueError("trailing")
    start, end = inside(question, 0, len(question), 0x30, 0x30, 0x30)
    found = []
    for tag, _, content, after in elements(question, start, end):
        if tag != 0x30:
            raise ValueError("request")
        first = elements(question, content, after)[0]
        found.append(question[first[1] : first[3]])
    return found


def serial_of(cert_id):
    return elements(cert_id, *element(cert_id, 0)[1:])[3][1:]


def with_serial(question, change):
    """The question with the content of its one serial number changed, bytes for as many bytes."""
    (cert_id,) = cert_ids(question)
    _, content, after = serial_of(cert_id)
    at = question.index(cert_id)
    changed = change(cert_id[content:after])
    assert len(changed) == after - content
    return question[: at + content] + changed + question[at + after :]


class OcspAnswer:
    """`status` of RFC 6960 4.2.1; when it is 0, `singles` as (CertID, state, whether now is within its update times)."""

    def __init__(self, body):
        start, end = inside(body, 0, len(body), 0x30)
        tag, content, after = element(body, start, end)
        if tag != 0x0A or element(body, 0)[2] != len(body):
            raise ValueError("no OCSPResponse")
        self.status = int.from_bytes(body[content:after], "big")
        self.singles = []
        if self.status == 0:
            octets = inside(body, start, end, 0xA0, 0x30, 0x04)
            parts = elements(body, *inside(body, *octets, 0x30, 0x30))
            (list_of_singles,) = [part for part in parts if part[0] == 0x30]
            self.singles = [self.single(body, *one[2:]) for one in elements(body, *list_of_singles[2:])]

    @staticmethod
    def single(body, start, end):
        cert_id, state, this_update, next_update = elements(body, start, end)[:4]
        times = [body[this_update[2] : this_update[3]], body[inside(body, *next_update[2:], 0x18)[0] : next_update[3]]]
        # time.time() for gmtime(): without it Python asks a coarser clock, which may be a tick behind the services' second.
        now = time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time())).encode()
        return body[cert_id[1] : cert_id[3]], STATES[state[0]], times[0] <= now <= times[1]


def post(question, keep="keep-alive"):
    return (f"POST /ocsp HTTP/1.1\r\nHost: h\r\nConnection: {keep}\r\nContent-Type: application/ocsp-request\r\n"
            f"Content-Length: {len(question)}\r\n\r\n").encode() + question


def get(question):
    path = urllib.parse.quote(base64.b64encode(question).decode(), safe="")
    return f"GET /ocsp/{path} HTTP/1.1\r\nHost: h\r\n\r\n".encode()


class HttpAnswer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def ocsp(self):
        if self.status != 200 or self.fields.get("content-type") != "application/ocsp-response":
            raise ValueError(f"HTTP {self.status} {self.fields.get('content-type')}")
        return OcspAnswer(self.body)


class Line:
    """One connection. `receive` returns None when the other side has closed it, or reset it, before an answer."""

    def __init__(self, address, receive_bytes=None):
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(TIMEOUT_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect(address)
        self.kept = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self, bytes_max=65536):
        try:
            came = self.socket.recv(bytes_max)
        except ConnectionError:
            came = b""
        self.kept += came
        return came != b""

    def receive(self):
        while b"\r\n\r\n" not in self.kept:
            if not self.more():
                return None
        head, self.kept = self.kept.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        length = int(fields.get("content-length", 0))
        while len(self.kept) < length:
            if not self.more():
                raise ValueError("a cut answer")
        body, self.kept = self.kept[:length], self.kept[length:]
        return HttpAnswer(int(first.split()[1]), fields, body)

    def ask(self, request):
        self.send(request)
        return self.receive()
