"""People, keys and requests of the wrong-person fuzz, and what must be true of a certificate that one of them is given."""

import json

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AttributeOID, NameOID

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_KANJI = "一二三四五六七八九十"
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])


class Person:
    """No two of them share a name, a birthday and an address."""

    def __init__(self, number):
        self.id = f"cross-{number:06}"
        self.card = f"card-cross-{number:06}"
        self.name = "見本　" + "".join(_KANJI[int(digit)] for digit in f"{number:04}")
        self.address = "東京都稲城市東長沼" + f"{2111 + number}番地".translate(_WIDE)
        self.addresses = [self.address]  # that the register ever had; one list for all copies of the person
        self.gender = ("male", "female")[number % 2]
        self.born = f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}"
        self.held = {}  # kind -> serial; what the worker that has this person knows of

    def line(self):
        return json.dumps({"id": self.id, "name": self.name, "address": self.address, "gender": self.gender, "born": self.born,
                           "status": "japanese", "municipality": "13225", "card": {"id": self.card, "valid_until": "2034-01-02"}},
                          ensure_ascii=False)


class Key:
    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.spki = self.private.public_key().public_bytes(serialization.Encoding.DER,
                                                           serialization.PublicFormat.SubjectPublicKeyInfo)

    def csr(self, challenge):
        request = x509.CertificateSigningRequestBuilder().subject_name(_NAME)
        request = request.add_attribute(AttributeOID.CHALLENGE_PASSWORD, challenge.encode())
        return request.sign(self.private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def issue_of(person, key, request, kind, officer):
    return {"request": request, "officer": officer, "office": "inagi-city-hall", "resident": person.id, "kind": kind,
            "csr": key.csr(request)}


def change_of(serial, kind, request, officer, ground=None):
    document = {"request": request, "officer": officer, "office": "inagi-city-hall", "serial": serial, "kind": kind}
    return {**document, "application": {"ground": ground}} if ground else document


def wrong_in(answer, person, key, kind, addresses):
    """What of the certificate in the answer is not the asker's; empty when all of it is."""
    certificate = x509.load_pem_x509_certificate(answer["pem"].encode())
    spki = certificate.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    wrong = [] if spki == key.spki else ["key"]
    if certificate.serial_number != int(answer["serial"], 16):
        wrong.append("serial")
    wrong += [member for member, value in (("resident", person.id), ("card", person.card), ("kind", kind)) if answer[member] != value]
    said = answer["attributes"] or {}
    if kind == "signature":
        own = {"name": person.name, "gender": {"male": "1", "female": "2"}[person.gender]}
        wrong += [member for member, value in own.items() if said.get(member) != value]
        if said.get("address") not in addresses:
            wrong.append("address")
        if said.get("date_of_birth", "")[1:] != person.born.replace("-", ""):
            wrong.append("date_of_birth")
        # The attributes of the document are those of the certificate itself.
        if person.name.encode() not in certificate.public_bytes(serialization.Encoding.DER):
            wrong.append("name in the certificate")
    elif said:
        wrong.append("attributes")
    return wrong
