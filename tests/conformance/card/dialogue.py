#!/usr/bin/env python3
"""A person at a terminal is asked for the PINs of the card in the reader: what is seen, what is sent, and what it costs.

    dialogue.py PROGRAM PIN PASSWORD
"""
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time

program, pin, password = sys.argv[1:]
PATIENCE_SECONDS = 20


def fail(why, seen=""):
    sys.exit(f"FAILED: {why}\n  | {seen}")


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


class Person:
    """A command of `shomei card` that has a terminal, and who types there."""

    def __init__(self, *words, language="en"):
        self.person, self.terminal = pty.openpty()
        self.seen = ""
        take = [sys.executable, "-c", "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"]
        self.process = subprocess.Popen(
            [*take, program, "--lang", language, "card", *words],
            stdin=self.terminal, stdout=self.terminal, stderr=self.terminal, start_new_session=True)

    def read_until(self, ended):
        last = time.monotonic() + PATIENCE_SECONDS
        while not ended():
            if time.monotonic() > last:
                fail("nothing more came", self.seen)
            if select.select([self.person], [], [], 0.02)[0]:
                self.seen += os.read(self.person, 4096).decode(errors="replace")

    def asked(self, question):
        self.read_until(lambda: question in self.seen or (self.process.poll() is not None and self.drained()))
        if question not in self.seen:
            fail(f"the question was not asked: {question}", self.seen)
        self.seen = self.seen.split(question, 1)[1]
        if echoes(self.terminal):
            fail(f"the terminal echoes at: {question}")
        return self

    def drained(self):
        return not select.select([self.person], [], [], 0)[0]

    def types(self, keys):
        os.write(self.person, keys.encode())
        return self

    def ends(self, code, saying, *secrets):
        """It ends so; nothing of what was typed is seen, and the terminal echoes again."""
        self.read_until(lambda: self.process.poll() is not None and self.drained())
        if self.process.returncode != code:
            fail(f"exit {self.process.returncode} instead of {code}", self.seen)
        if saying not in self.seen:
            fail(f"it does not say: {saying}", self.seen)
        for secret in (pin, password, *secrets):
            if secret.lower() in self.seen.lower():
                fail(f"{secret} is on the screen", self.seen)
        if not echoes(self.terminal):
            fail("the terminal has no echo any more", self.seen)
        os.close(self.person)
        os.close(self.terminal)


def proves(what):
    print(f"proves: {what}", flush=True)


def tries(kind="user_authentication"):
    said = subprocess.run([program, "--json", "card", "info"], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(said)[kind]["tries_left"]


def has_tries(count, kind="user_authentication"):
    if tries(kind) != count:
        fail(f"{count} tries were due, and there are {tries(kind)}")


def sign(kind="user_authentication", language="en"):
    return Person("sign", "--kind", kind, "--in", "letter", "--out", "signed", language=language)


def change(kind="user_authentication", language="en"):
    return Person("change-pin", "--kind", kind, language=language)


proves("a PIN is asked with its tries, in the person's language, and is not seen")
sign().asked("PIN for user authentication (3 tries left): ").types(pin + "\n").ends(0, "signed")
sign(language="ja").asked("利用者証明用の暗証番号(残り3回): ").types(pin + "\n").ends(0, "signed")
sign("signature").asked("Password for signatures (5 tries left): ").types(password.lower() + "\n").ends(0, "signed")
sign("signature", "ja").asked("署名用パスワード(残り5回): ").types("WRONG9\n").ends(1, "", "WRONG9")
sign("signature").asked("Password for signatures (4 tries left): ").types(password + "\n").ends(0, "signed")

proves("while a person is asked, others use the card; a try that they lose is not followed by another unasked")
thinking = sign().asked("[Virtual PCD 00 00] PIN for user authentication (3 tries left): ")
has_tries(3)
thinking.types(pin + "\n").ends(0, "signed")
thinking = sign().asked("(3 tries left): ")
with open("wrong", "w") as wrong:
    wrong.write("9999\n")
subprocess.run([program, "card", "sign", "--kind", "user_authentication", "--in", "letter", "--out", "signed", "--pin", "wrong"],
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
thinking.types(pin + "\n").ends(1, "another program has tried a PIN: 2 left")
has_tries(2)
sign().asked("(2 tries left): ").types(pin + "\n").ends(0, "signed")
has_tries(3)

proves("a PIN that no card holds is not sent")
for odd in ("12", "12345", "12a4"):
    sign().asked("tries left): ").types(odd + "\n").ends(2, "nothing was sent to the card")
change().asked("Old PIN for user authentication (4 digits): ").types("12a4\n").ends(2, "nothing was sent")
change().asked("Old PIN").types(pin + "\n").asked("New PIN").types("1x34\n").ends(2, "nothing was sent", "1x34")
has_tries(3)

proves("two different new PINs are refused, and the old one stays; two that are the same become the PIN")
change().asked("Old PIN").types(pin + "\n").asked("New PIN for user authentication (4 digits): ").types("5678\n") \
    .asked("Once more: ").types("5679\n").ends(1, "not the same", "5678", "5679")
change("signature", "ja").asked("今の署名用パスワード(英数字6~16文字): ").types(password + "\n") \
    .asked("新しい署名用パスワード").types("NEWWORD9\n").asked("もう一度: ").types("NEWWORD8\n") \
    .ends(1, "一致しません", "NEWWORD9", "NEWWORD8")
sign().asked("tries left): ").types(pin + "\n").ends(0, "signed")
change().asked("[Virtual PCD 00 00] Old PIN").types(pin + "\n").asked("[Virtual PCD 00 00] New PIN").types("5670\n") \
    .asked("[Virtual PCD 00 00] Once more: ").types("5670\n").ends(0, "The PIN is changed.", "5670")
sign().asked("tries left): ").types("5670\n").ends(0, "signed", "5670")

proves("Ctrl-C at any question gives the terminal its echo back and costs no try")
sign().asked("tries left): ").types("56\x03").ends(1, "cancelled")
change().asked("Old PIN").types("\x03").ends(1, "cancelled")
change().asked("Old PIN").types("5670\n").asked("New PIN").types("87\x03").ends(1, "cancelled")
change().asked("Old PIN").types("5670\n").asked("New PIN").types("8765\n").asked("Once more").types("\x03").ends(1, "cancelled")
has_tries(3)
sign().asked("tries left): ").types("5670\n").ends(0, "signed")

proves("at the last try it asks first: whoever does not say yes keeps the try, in either language")
for left in (3, 2):
    sign().asked(f"({left} tries left): ").types("9999\n").ends(1, "", "9999")
has_tries(1)
sign().asked("Type yes to go on: ").types("no\n").ends(1, "One try is left")
sign(language="ja").asked("続けるには yes と入力してください: ").types("\n").ends(1, "回")
sign().asked("Type yes to go on: ").types("\x03").ends(1, "cancelled")
change().asked("[Virtual PCD 00 00] This is the last try").asked("Type yes to go on: ").types("no\n").ends(1, "One try is left")
sign().asked("Type yes to go on: ").types("yes\n").asked("(1 try left): ").types("56\x03").ends(1, "cancelled")
has_tries(1)

proves("said yes, the last try is spent: the right PIN gives all back, the wrong one blocks")
sign().asked("Type yes to go on: ").types("yes\n").asked("(1 try left): ").types("5670\n").ends(0, "signed")
has_tries(3)
for left in (3, 2):
    sign().asked(f"({left} tries left): ").types("9999\n").ends(1, "", "9999")
sign().asked("Type yes to go on: ").types("yes\n").asked("(1 try left): ").types("9999\n").ends(1, "blocked", "9999")
has_tries(0)
sign().ends(1, "blocked")
