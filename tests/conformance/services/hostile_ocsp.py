#!/usr/bin/env python3
"""hostile_ocsp.py URL QUESTION NONCED PID FOLDER: clients that mean harm, or are broken, against the running services, while a
normal client goes on asking and goes on being answered. QUESTION asks without a nonce about a certificate that is good, NONCED
with one; PID is of the services; some of the answers to the normal client are left in FOLDER for others to verify.

Each attack prints a line. The first that the services do not withstand ends it with 1. It leans on no deadline of theirs but
these upper limits: a header that trickles is given up within 5 s and a body within 10 s, and 4 s more on a busy machine."""

import os
import resource
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse
from pathlib import Path

import ocsp_wire
from ocsp_wire import Line, get, post

HEADER_S, BODY_S, BUSY_S = 5, 10, 4
ANSWER_S_MAX = 5  # how long the normal client waits for an answer; one is usually there in a few milliseconds
IDLE_CONNECTIONS = 500
MALFORMED, UNAUTHORIZED = 1, 6
TOO_LARGE = {400, 413, 414, 431}  # which of them is for http.sh to say


class Wrong(Exception):
    pass


def demand(holds, what):
    if not holds:
        raise Wrong(what)


class Services:
    def __init__(self, url, question, nonced, pid):
        parts = urllib.parse.urlsplit(url)
        self.address = (parts.hostname, parts.port)
        self.question, self.nonced = Path(question).read_bytes(), Path(nonced).read_bytes()
        self.absent = ocsp_wire.with_serial(self.question, lambda serial: serial[:-1] + bytes([serial[-1] ^ 1]))
        self.pid = int(pid)

    def line(self, **settings):
        return Line(self.address, **settings)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def check(self, answer, question, state="good"):
        """That this is the true answer to the question, which is about one certificate."""
        demand(answer is not None, "no answer")
        ocsp = answer.ocsp()
        demand(ocsp.status == 0, f"OCSP status {ocsp.status}")
        demand(ocsp.singles == [(ocsp_wire.cert_ids(question)[0], state, True)], f"{ocsp.singles} instead of {state}")


class NormalClient(threading.Thread):
    """Asks all the time, on a kept connection and on new ones in turn."""

    def __init__(self, services, folder):
        super().__init__(daemon=True)
        self.services, self.folder = services, Path(folder)
        self.stopped = threading.Event()
        self.asked, self.slowest_s, self.trouble = 0, 0.0, None

    def ask(self, line, question):
        began = time.monotonic()
        line.socket.settimeout(ANSWER_S_MAX)
        answer = line.ask(post(question) if self.asked % 3 else get(question))
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        self.services.check(answer, question)
        if self.asked % 20 == 0:
            (self.folder / f"{self.asked:05}.der").write_bytes(answer.body)
        self.asked += 1

    def run(self):
        try:
            with self.services.line() as kept:
                while not self.stopped.wait(0.02):
                    self.ask(kept, self.services.question)
                    with self.services.line() as fresh:
                        self.ask(fresh, self.services.nonced if self.asked % 20 else self.services.question)
        except Exception as error:  # noqa: BLE001: whatever it is, the services have failed it
            self.trouble = error

    def check(self):
        demand(self.trouble is None, f"the normal client, question {self.asked + 1}: {self.trouble!r}")

    def finish(self):
        self.stopped.set()
        self.join()
        self.check()
        return f"{self.asked} answers, the slowest after {self.slowest_s * 1000:.0f} ms"


# Attacks in the background: those that wait for a deadline. Each returns what its line says.


def trickle(services, head, drop, pause_s, within_s):
    """Sends `head` and then `drop` again and again, until the other side ends it."""
    began = time.monotonic()
    with services.line() as line:
        line.send(head)
        line.socket.settimeout(pause_s)
        while time.monotonic() - began < within_s + BUSY_S:
            try:
                if not line.more():
                    break
            except TimeoutError:
                try:
                    line.send(drop)
                except ConnectionError:
                    break
        else:
            raise Wrong(f"still open after {within_s + BUSY_S} s")
        demand(line.kept == b"" or line.kept.startswith(b"HTTP/1.1 408 "), f"it was told {line.kept[:80]}")
    return f"given up after {time.monotonic() - began:.1f} s"


def slow_header(services):
    return trickle(services, b"POST /ocsp HTTP/1.1\r\nHost: h\r\n", b"X: y\r\n", 0.1, HEADER_S)


def slow_header_by_bytes(services):
    return trickle(services, b"GET /ocsp/", b"M", 0.3, HEADER_S)


def slow_body(services):
    return trickle(services, post(bytes(4000))[:-3900], b"0", 0.1, BODY_S)


def silent_body(services):
    return trickle(services, post(services.question)[:-1], b"", BODY_S + BUSY_S, BODY_S)


def slow_reader(services):
    """Takes an answer in drops, and gets it whole."""
    with services.line(receive_bytes=1024) as line:
        line.send(post(services.nonced))
        while line.more(32) and len(line.kept) < 1200:
            time.sleep(0.05)
        services.check(line.receive(), services.nonced)
    return "answered whole"


def deaf_pipeliner(services):
    """Sends questions without reading one answer, until the other side takes no more."""
    began, sent = time.monotonic(), 0
    with services.line(receive_bytes=1024) as line:
        line.socket.settimeout(1)
        try:
            while time.monotonic() - began < 4:
                sent += line.socket.send(post(services.question) * 50)
        except (TimeoutError, ConnectionError):
            pass
    return f"{sent} bytes of questions, no answer read"


def tls_hello(services):
    """A real ClientHello at the plain port: refused in plain HTTP or closed, and not waited for."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="h")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    began = time.monotonic()
    with services.line() as line:
        answer = line.ask(outgoing.read())
        demand(answer is None or answer.status == 400, f"HTTP {answer and answer.status}")
    took_s = time.monotonic() - began
    demand(took_s < HEADER_S + BUSY_S, f"after {took_s:.1f} s")
    return f"HTTP {answer.status}" if answer else "closed"


def half_open(services):
    """Connections that never say a word, that stop in the middle, and one that closes its half behind a whole question."""
    lines = [services.line() for _ in range(60)]
    for number, line in enumerate(lines):
        line.send(post(services.question)[: number * 3])
    with services.line() as line:
        line.send(post(services.question))
        line.socket.shutdown(socket.SHUT_WR)
        services.check(line.receive(), services.question)
    time.sleep(2)
    for line in lines:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # reset, not closed
        line.socket.close()
    return f"{len(lines)} that end in the middle; one that only closes its half is answered"


class Background(threading.Thread):
    def __init__(self, attack, services):
        super().__init__(daemon=True)
        self.attack, self.services, self.said, self.trouble = attack, services, None, None
        self.start()

    def run(self):
        try:
            self.said = self.attack(self.services)
        except Exception as error:  # noqa: BLE001
            self.trouble = error


# Attacks in the foreground.


def in_threads(work, pieces, threads=6):
    """`work(piece)` for all, a few at a time; the first that is wrong is raised."""
    pieces, troubles = iter(pieces), []

    def run():
        for piece in lock_step():
            try:
                work(piece)
            except Exception as error:  # noqa: BLE001
                troubles.append(Wrong(f"{piece!r:.60}: {error!r}"))
                return

    lock = threading.Lock()

    def lock_step():
        while not troubles:
            with lock:
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    running = [threading.Thread(target=run) for _ in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    if troubles:
        raise troubles[0]


def split_at_every_byte(services):
    """Two writes with a pause between them, and a second question on the same connection."""
    cuts = [(request, cut) for request in (post(services.question), get(services.question)) for cut in range(1, len(request))]

    def ask(piece):
        request, cut = piece
        with services.line() as line:
            line.send(request[:cut])
            time.sleep(0.003)
            services.check(line.ask(request[cut:]), services.question)
            services.check(line.ask(post(services.absent)), services.absent, "unknown")

    in_threads(ask, cuts)
    return f"{len(cuts)} places"


def one_byte_a_write(services):
    with services.line() as line:
        for byte in post(services.question):
            line.send(bytes([byte]))
        services.check(line.receive(), services.question)
    return f"{len(post(services.question))} writes"


def pipelined(services):
    """Forty questions in one write are answered in their order."""
    asked = [(services.question, "good"), (services.absent, "unknown")] * 20
    with services.line() as line:
        line.send(b"".join((get if number % 3 else post)(question) for number, (question, _) in enumerate(asked)))
        for question, state in asked:
            services.check(line.receive(), question, state)
        demand(line.kept == b"", "more than was asked for")
    return f"{len(asked)} in one write"


def garbage_behind_a_question(services):
    """The good question is answered; what comes behind it is refused, and the connection closed."""
    several = [b"\0\xff\xfe nothing\r\n\r\n", b"\x16\x03\x01\x02\0" + os.urandom(512), b"GET\r\n\r\n", b" /ocsp HTTP/1.1\r\n\r\n",
               b"POST /ocsp HTTP/9.9\r\nHost: h\r\n\r\n", b"POST /ocsp HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
               b"POST /ocsp HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
               b"POST /ocsp HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
               b"POST /ocsp HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"]
    for garbage in several:
        with services.line() as line:
            services.check(line.ask(post(services.question) + garbage), services.question)
            answer = line.receive()
            demand(answer is None or answer.status in (400, 501, 505), f"{garbage[:40]}: HTTP {answer and answer.status}")
            demand(line.receive() is None, f"{garbage[:40]}: the connection goes on")
    return f"{len(several)} kinds"


def oversized(services):
    """Refused when they are announced or seen, and never read to their end."""
    head = b"POST /ocsp HTTP/1.1\r\nHost: h\r\n"
    many = {
        "a path of 9,000": b"GET /ocsp/" + b"M" * 9000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
        "a path of 200,000": b"GET /ocsp/" + b"M" * 200_000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
        "a field of 100,000": head + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        "5,000 fields": head + b"X: y\r\n" * 5000 + b"\r\n",
        "10 GB announced": head + b"Content-Length: 10000000000\r\n\r\n",
        "a length of 30 digits": head + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n",
        "3 MB": head + b"Content-Length: 3000000\r\n\r\n" + bytes(3_000_000),
        "3 MB in chunks": head + b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + bytes(4096) + b"\r\n") * 750,
    }
    for name, request in many.items():
        with services.line() as line:
            try:
                line.send(request)
            except ConnectionError:
                pass  # closed while this was still sending
            answer = line.receive()
            # Whoever is still sending when the connection is closed may lose the answer to a reset.
            demand(len(request) > 150_000 or answer, f"{name}: no answer")
            if answer and answer.status == 200:  # what fits into a head and into no request of OCSP
                demand(answer.ocsp().status == MALFORMED, f"{name}: it was answered")
                continue
            demand(answer is None or answer.status in TOO_LARGE, f"{name}: HTTP {answer and answer.status}")
    return f"{len(many)} kinds"


def issuer_in(cert_id):
    """Its algorithm and its two hashes."""
    return cert_id[ocsp_wire.element(cert_id, 0)[1] : ocsp_wire.serial_of(cert_id)[0]]


def expect_right(services, line, question):
    """malformedRequest, or an answer that is right: about the CertIDs that were asked about, unknown when it is another one, and
    unauthorized when all are another issuer's."""
    answer = line.ask(post(question))
    demand(answer is not None, "the connection was closed")
    ocsp = answer.ocsp()
    if ocsp.status == MALFORMED:
        return "malformed"
    asked = ocsp_wire.cert_ids(question)
    original = ocsp_wire.cert_ids(services.question)[0]
    of_this_issuer = any(issuer_in(one) == issuer_in(original) for one in asked)
    if ocsp.status == UNAUTHORIZED:
        demand(not of_this_issuer, "unauthorized, and it is of this issuer")
        return "unauthorized"
    demand(ocsp.status == 0, f"OCSP status {ocsp.status}")
    demand(of_this_issuer, "it answers for another issuer")
    wanted = [(one, "good" if one == original else "unknown", True) for one in asked]
    demand(ocsp.singles == wanted, f"{ocsp.singles} instead of {wanted}")
    return "answered"


def broken_questions(question):
    for length in range(len(question)):
        yield question[:length]
    for at in range(len(question)):
        for mask in (0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF):
            yield question[:at] + bytes([question[at] ^ mask]) + question[at + 1 :]
        yield question[:at] + question[at + 1 :]
        yield question[:at] + b"\0" + question[at:]


def odd_questions(services):
    question = services.question
    request = question[6:]
    yield from (b"\x30\x80" * 2000, b"\x30\x84\xff\xff\xff\xff", b"\x30\x88" + b"\xff" * 8, b"\x30" * 8000, bytes(8000),
                b"\x30\x00", b"\x30\x02\x30\x00", b"\x30\x04\x30\x02\x30\x00", question + b"\0", question * 2, b"\xff" * 8000,
                b"\x30\x80" + question[2:] + b"\0\0", b"\x30\x81" + question[1:], os.urandom(300))
    for count in (2, 3, 20, 60):
        body = request * count
        for _ in range(3):
            body = b"\x30\x82" + len(body).to_bytes(2, "big") + body
        yield body


def broken_der(services):
    """Each cut, each flipped bit, each byte left out and each one put in, of a question with and without a nonce."""
    seen = {"malformed": 0, "unauthorized": 0, "answered": 0}
    lock, local = threading.Lock(), threading.local()

    def ask(question):
        if not hasattr(local, "line"):
            local.line = services.line()
        said = expect_right(services, local.line, question)
        with lock:
            seen[said] += 1

    in_threads(ask, [*broken_questions(services.question), *broken_questions(services.nonced), *odd_questions(services)])
    demand(all(seen.values()), f"one kind was never seen: {seen}")
    return ", ".join(f"{count} {kind}" for kind, count in seen.items())


def broken_get(services):
    """Each cut by GET: never more than a refusal."""
    with services.line() as line:
        for length in range(len(services.question)):
            answer = line.ask(get(services.question[:length]))
            demand(answer is not None, f"cut at {length}: closed")
            if answer.status == 200:
                demand(answer.ocsp().status == MALFORMED, f"cut at {length}: OCSP status {answer.ocsp().status}")
            else:
                demand(answer.status in (400, 404), f"cut at {length}: HTTP {answer.status}")
    return f"{len(services.question)} cuts"


class IdleConnections:
    """Half of them have asked once, half never say a word; those that asked are asked once more at the end."""

    def __init__(self, services):
        self.services = services
        self.lines = [services.line() for _ in range(IDLE_CONNECTIONS)]
        for line in self.lines[::2]:
            services.check(line.ask(post(services.question)), services.question)

    def finish(self):
        for line in self.lines[::2]:
            self.services.check(line.ask(post(self.services.question)), self.services.question)
        for line in self.lines:
            line.socket.close()
        return f"{len(self.lines)} connections, half of them asked again"


def check_descriptors(services, before):
    """Whoever is gone is forgotten."""
    end = time.monotonic() + HEADER_S + BUSY_S
    while services.descriptors() > before + 5:
        demand(time.monotonic() < end, f"{services.descriptors()} descriptors are open; there were {before}")
        time.sleep(0.1)
    return f"{before} before, {services.descriptors()} after"


BACKGROUND = [slow_body, silent_body, slow_header, slow_header_by_bytes, tls_hello, half_open, slow_reader, deaf_pipeliner]
FOREGROUND = [split_at_every_byte, one_byte_a_write, pipelined, garbage_behind_a_question, oversized, broken_der, broken_get]


def withstand(services, folder):
    before = services.descriptors()
    normal = NormalClient(services, folder)
    normal.start()
    idle = IdleConnections(services)
    background = [Background(attack, services) for attack in BACKGROUND]
    for attack in FOREGROUND:
        yield attack.__name__, attack(services)
        normal.check()
    for one in background:
        one.join()
        demand(one.trouble is None, f"{one.attack.__name__}: {one.trouble!r}")
        yield one.attack.__name__, one.said
    yield "idle_connections", idle.finish()
    yield "normal_client", normal.finish()
    yield "descriptors", check_descriptors(services, before)


def main(url, question, nonced, pid, folder):
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    began = time.monotonic()
    try:
        for name, said in withstand(Services(url, question, nonced, pid), folder):
            print(f"  {time.monotonic() - began:5.1f} s  {name.replace('_', ' ')}: {said}", flush=True)
    except Exception as error:  # noqa: BLE001
        print(f"FAILED after {time.monotonic() - began:.1f} s: {error!r}", file=sys.stderr)
        os._exit(1)  # without waiting for who still attacks


if __name__ == "__main__":
    main(*sys.argv[1:])
