#!/usr/bin/env python3
"""Both ends of src/card/channel against the implementation of reference.py, over random sessions:
two_languages_test.py SPEAK [SESSIONS]."""
import random
import subprocess
import sys

try:
    import reference
    from reference import CARD_CRYPTOGRAM, LEVELS, Session
except ImportError:
    print("python3-cryptography is not installed: nothing is tested")
    sys.exit(77)

SESSIONS = 60
OURS_GROWS_MAX = 24
WORDS = (b"\x90\0", b"\x90\0", b"\x90\0", b"\x62\x83", b"\x63\xC2", b"\x6A\x80", b"\x69\x82")
SIZES = (0, 0, 1, 15, 16, 17, 100, 223, 224, 231, 239, 240, 247, 248, 255, 256, 600)


class Speaker:
    """The C++ ends, in a process."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what, *words):
        line = " ".join([what] + [word.hex() or "-" for word in words])
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        return answer if " " in answer else bytes.fromhex(answer)

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0, "the C++ ends did not end well"


class Country:
    """What both sides of a session know."""

    def __init__(self, rng):
        self.rng = rng
        size = rng.choice((16, 24, 32))
        self.enc, self.mac, self.dek = (rng.randbytes(size) for _ in range(3))
        self.version, self.data = bytes([rng.randint(1, 0x7F)]), rng.randbytes(10)
        self.counter, self.domain = rng.randrange((1 << 24) - 1), rng.randbytes(rng.randint(5, 16))
        self.host_challenge, self.level = rng.randbytes(8), rng.choice(LEVELS)

    def keys(self):
        return self.enc, self.mac, self.dek, self.version

    def session(self, card_challenge):
        return Session(self.enc, self.mac, self.host_challenge, card_challenge)

    def introduction(self, card_challenge, options, counter):
        cryptogram = self.session(card_challenge).cryptogram(CARD_CRYPTOGRAM)
        return self.data + self.version + bytes([3, options]) + card_challenge + cryptogram + counter

    def command(self):
        data = self.rng.randbytes(self.rng.choice(SIZES))
        head = bytes([self.rng.choice((0x00, 0x80))]) + self.rng.randbytes(3)
        wide = len(data) > 255
        le = self.rng.choice((b"", b"\x10", b"\0", b"\1\1", b"\0\0"))
        if wide and len(le) == 1:
            le = b"\1" + le
        wide = wide or len(le) == 2
        lc = (len(data).to_bytes(2, "big") if wide else bytes([len(data)])) if data else b""
        return head + (b"\0" if wide and (lc or le) else b"") + lc + data + le

    def answer(self):
        word = self.rng.choice(WORDS)
        return (self.rng.randbytes(self.rng.choice(SIZES)) if word[0] < 0x64 or word[0] > 0x6F else b""), word


def same_but_le_form(ours, sent):
    """The chip gives back the command; how its Le was written is not kept where both forms mean the same."""
    return reference.parse_apdu(ours)[0] == reference.parse_apdu(sent)[0] and \
        reference.parse_apdu(ours)[2] == reference.parse_apdu(sent)[2] and \
        le_of(ours) == le_of(sent)


def le_of(raw):
    le = reference.parse_apdu(raw)[3]
    le = le[-2:]
    return None if not le else int.from_bytes(le, "big") or 1 << 8 * len(le)


def bent(rng, wire, end):
    at = rng.randrange(end)
    return wire[:at] + bytes([wire[at] ^ 1 << rng.randrange(8)]) + wire[at + 1:]


def refused(answer, why=""):
    return isinstance(answer, str) and answer.startswith("refused " + why)


def drive_chip(speaker, country):
    """reference.py is the host."""
    initialize = b"\x80\x50" + country.version + b"\0\x08" + country.host_challenge + b"\0"
    said = speaker.ask("chip", *country.keys(), country.data, country.counter.to_bytes(3, "big"), country.domain, initialize)
    challenge = reference.counted_challenge(country.enc, country.counter, country.domain)
    assert said == country.introduction(challenge, 0x70, country.counter.to_bytes(3, "big")), "the chip's introduction"
    host = country.session(challenge)
    assert speaker.ask("authenticate", reference.authentication(host, country.level)) == b"\x90\0", "the chip opens"
    for _ in range(country.rng.randint(1, 6)):
        command = country.command()
        wire = host.wrap_command(command, wide=country.rng.random() < 0.2)
        heard = speaker.ask("chip-unwrap", wire)
        assert same_but_le_form(heard, command), f"{command.hex()} became {heard.hex()}"
        data, word = country.answer()
        assert host.unwrap_answer(speaker.ask("chip-wrap", data + word)) == (data, word), "the chip's answer"
    wire = host.wrap_command(b"\x80\xF2\0\0" + b"\x02ab")
    assert refused(speaker.ask("chip-unwrap", bent(country.rng, wire, len(wire)))), "a bent command"
    assert refused(speaker.ask("chip-unwrap", wire), "6985"), "the chip's end has closed"


def answer_host(speaker, country):
    """reference.py is the chip."""
    counted = country.rng.random() < 0.5
    counter = country.counter.to_bytes(3, "big") if counted else b""
    challenge = reference.counted_challenge(country.enc, country.counter, country.domain) if counted else \
        country.rng.randbytes(8)
    initialize = speaker.ask("host", *country.keys(), country.host_challenge, country.domain)
    assert initialize == b"\x80\x50" + country.version + b"\0\x08" + country.host_challenge + b"\0", "INITIALIZE UPDATE"
    opening = speaker.ask("open", bytes([country.level]), country.introduction(challenge, 0x70 if counted else 0x60, counter))
    chip = country.session(challenge)
    assert opening == reference.authentication(chip, country.level), "EXTERNAL AUTHENTICATE"
    assert speaker.ask("host-unwrap", b"\x90\0") == b"\x90\0"
    for _ in range(country.rng.randint(1, 6)):
        command = country.command()
        wire = speaker.ask("host-wrap", command)
        head, data, _ = chip.unwrap_command(wire)
        assert (head, data) == (command[:4], reference.parse_apdu(command)[2]), "the host's command"
        assert le_of(wire) == le_of(command), "Le"
        data, word = country.answer()
        wrapped = chip.wrap_answer(data, word)
        assert len(wrapped) - len(data) - 2 <= OURS_GROWS_MAX
        assert speaker.ask("host-unwrap", wrapped) == data + word, "the host reads the answer"
    if country.level & 0x10:
        chip.unwrap_command(speaker.ask("host-wrap", b"\x80\xF2\0\0\0"))
        wire = chip.wrap_answer(b"fine", b"\x90\0")
        answer = speaker.ask("host-unwrap", bent(country.rng, wire, len(wire)))
        assert refused(answer), "a bent answer"
        assert refused(speaker.ask("host-unwrap", wire), "channel_closed"), "the host's end has closed"


def check_diversification(speaker, rng):
    for size in (16, 24, 32):
        master, version, data = rng.randbytes(size), rng.randrange(256), rng.randbytes(10)
        ours = speaker.ask("diversify", master, bytes([version]), data)
        assert ours == " ".join(key.hex() for key in reference.diversify(master, version, data)), "diversified keys"


def main(program, sessions=SESSIONS):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng, speaker = random.Random(seed), Speaker(program)
    check_diversification(speaker, rng)
    for _ in range(int(sessions)):
        drive_chip(speaker, Country(rng))
        answer_host(speaker, Country(rng))
    speaker.close()
    print(f"{sessions} sessions at each end are what another implementation says")


if __name__ == "__main__":
    main(*sys.argv[1:])
