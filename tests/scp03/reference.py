"""SCP03 (GlobalPlatform Card Specification 2.3, Amendment D) with 8-byte challenges and MACs, both ends, written from the
specification with the primitives of python3-cryptography: the other side for the C++ of src/card/channel."""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.kdf.kbkdf import KBKDFCMAC, CounterLocation, Mode

CARD_CRYPTOGRAM, HOST_CRYPTOGRAM, CARD_CHALLENGE, S_ENC, S_MAC, S_RMAC = 0, 1, 2, 4, 6, 7
LEVELS = (0x01, 0x03, 0x11, 0x13, 0x33)


class Refused(Exception):
    pass


def cmac(key, data):
    mac = CMAC(algorithms.AES(key))
    mac.update(data)
    return mac.finalize()


def derive(key, constant, bits, context):
    """4.1.5"""
    out, counter = b"", 0
    while len(out) * 8 < bits:
        counter += 1
        out += cmac(key, bytes(11) + bytes([constant, 0]) + bits.to_bytes(2, "big") + bytes([counter]) + context)
    return out[:bits // 8]


def diversify(master, version, data):
    """Our own labels: docs/formats/card-channel.md."""
    def one(what):
        return KBKDFCMAC(algorithms.AES, Mode.CounterMode, len(master), 1, 2, CounterLocation.BeforeFixed,
                         b"shomei card key " + what, bytes([version]) + data, None).derive(master)
    return one(b"enc"), one(b"mac"), one(b"dek")


def cbc(key, iv, data, decrypt=False):
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    run = cipher.decryptor() if decrypt else cipher.encryptor()
    return run.update(data) + run.finalize()


def pad(data):
    data += b"\x80"
    return data + bytes(-len(data) % 16)


def unpad(data):
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80") or len(data) - len(stripped) > 15:
        raise Refused("padding")
    return stripped[:-1]


def parse_apdu(raw):
    """header, how Lc was written, data, how Le was written"""
    head, body = raw[:4], raw[4:]
    if len(body) <= 1 or (len(body) == 3 and body[0] == 0):
        return head, b"", b"", body
    wide = 3 if body[0] == 0 else 1
    lc = int.from_bytes(body[:wide], "big")
    return head, body[:wide], body[wide:wide + lc], body[wide + lc:]


class Session:
    def __init__(self, enc, mac, host_challenge, card_challenge):
        self.context, bits = host_challenge + card_challenge, len(enc) * 8
        self.enc = derive(enc, S_ENC, bits, self.context)
        self.mac = derive(mac, S_MAC, bits, self.context)
        self.rmac = derive(mac, S_RMAC, bits, self.context)
        self.chain, self.counter, self.level = bytes(16), 0, 0

    def cryptogram(self, constant):
        return derive(self.mac, constant, 64, self.context)

    def icv(self, mark):
        return cbc(self.enc, bytes(16), bytes([mark]) + self.counter.to_bytes(15, "big"))

    def next_mac(self, head, lc, data):
        self.chain = cmac(self.mac, self.chain + head + lc + data)
        return self.chain[:8]

    def wrap_command(self, raw, wide=False):
        """`wide`: lengths in the extended form although the short one would do"""
        head, _, data, le = parse_apdu(raw)
        self.counter += 1
        if self.level & 2 and data:
            data = cbc(self.enc, self.icv(0), pad(data))
        if wide and len(le) == 1:
            le = b"\1\0" if le == b"\0" else b"\0" + le
        le = le[-2:]
        wide = wide or len(le) > 1 or len(data) + 8 > 255
        if wide and len(le) == 1:
            le = b"\1\0" if le == b"\0" else b"\0" + le
        lc = (b"\0" + (len(data) + 8).to_bytes(2, "big")) if wide else bytes([len(data) + 8])
        head = bytes([head[0] | 4]) + head[1:]
        return head + lc + data + self.next_mac(head, lc, data) + le

    def unwrap_command(self, raw):
        """header, data and the wrapped Le"""
        head, lc, data, le = parse_apdu(raw)
        self.counter += 1
        if len(data) < 8 or self.next_mac(head, lc, data[:-8]) != data[-8:]:
            raise Refused("MAC")
        data = data[:-8]
        if self.level & 2 and data:
            data = unpad(cbc(self.enc, self.icv(0), data, decrypt=True))
        return bytes([head[0] & ~4]) + head[1:], data, le

    def wrap_answer(self, data, word):
        if not self.level & 0x10:
            return data + word
        if word != b"\x90\0" and word[0] not in (0x62, 0x63):
            return word
        if self.level & 0x20 and data:
            data = cbc(self.enc, self.icv(0x80), pad(data))
        return data + cmac(self.rmac, self.chain + data + word)[:8] + word

    def unwrap_answer(self, raw):
        data, word = raw[:-2], raw[-2:]
        if not self.level & 0x10 or (word != b"\x90\0" and word[0] not in (0x62, 0x63)):
            return data, word
        if len(data) < 8 or cmac(self.rmac, self.chain + data[:-8] + word)[:8] != data[-8:]:
            raise Refused("R-MAC")
        data = data[:-8]
        if self.level & 0x20 and data:
            data = unpad(cbc(self.enc, self.icv(0x80), data, decrypt=True))
        return data, word


def authentication(session, level):
    """EXTERNAL AUTHENTICATE, by the host"""
    head, lc, data = bytes([0x84, 0x82, level, 0]), b"\x10", session.cryptogram(HOST_CRYPTOGRAM)
    session.level = level
    return head + lc + data + session.next_mac(head, lc, data)


def counted_challenge(enc, counter, aid):
    return derive(enc, CARD_CHALLENGE, 64, counter.to_bytes(3, "big") + aid)
