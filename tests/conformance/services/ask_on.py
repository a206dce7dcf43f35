#!/usr/bin/env python3
"""ask_on.py URL QUESTION FOLDER: asks over one kept connection after another, until FOLDER/stop is there, and keeps every
answer that is not the one before in FOLDER/NUMBER-PRODUCED_AT.der. Each second question has a nonce of its own. Prints how many
were asked, and ends with 1 at the first answer that is not a signed one."""

import http.client
import os
import re
import sys
import time
import urllib.parse
from pathlib import Path

PAUSE_S = 0.02
QUESTIONS_PER_CONNECTION = 20


def tagged(tag, body):
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    return bytes([tag, 0x81, len(body)]) + body


def with_nonce(question):
    """The question, which has no extensions, with a nonce: its list is a SEQUENCE in tbsRequest in OCSPRequest."""
    assert question[1] < 128 and question[2] == 0x30 and question[3] < 128, "the question is longer than was thought"
    nonce = tagged(0x30, bytes.fromhex("06092b0601050507300102") + tagged(0x04, tagged(0x04, os.urandom(32))))
    return tagged(0x30, tagged(0x30, question[4:] + tagged(0xA2, tagged(0x30, nonce))))


def is_signed(body):
    """OCSPResponse ::= SEQUENCE { responseStatus successful, [0] ...}, as RFC 6960 4.2.1 has it."""
    return body[:2] == b"\x30\x82" and body[4:8] == b"\x0a\x01\x00\xa0"


def main(url, question, folder):
    host = urllib.parse.urlsplit(url).netloc
    question, folder = Path(question).read_bytes(), Path(folder)
    asked, kept, last = 0, 0, None
    while not (folder / "stop").exists():
        if asked % QUESTIONS_PER_CONNECTION == 0:
            connection = http.client.HTTPConnection(host, timeout=10)
        body = with_nonce(question) if asked % 2 else question
        connection.request("POST", "/ocsp", body, {"Content-Type": "application/ocsp-request"})
        answer = connection.getresponse()
        said = answer.read()
        asked += 1
        if answer.status != 200 or not is_signed(said):
            print(f"question {asked}: {answer.status} {said.hex()}")
            return 1
        if said != last:
            # producedAt is the first GeneralizedTime behind the responder's name, which has 20 bytes.
            produced_at = re.search(rb"\x18\x0f(\d{14})Z", said)[1].decode()
            (folder / f"{kept:05}-{produced_at}.der").write_bytes(said)
            kept, last = kept + 1, said
        time.sleep(PAUSE_S)
    print(f"{asked} asked, {kept} kept")
    return 0


sys.exit(main(*sys.argv[1:]))
