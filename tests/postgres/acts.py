"""Acts over a Unix socket (docs/formats/acts.md), with requests for certificates that other people's software made."""

import concurrent.futures
import http.client
import json
import socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AttributeOID, NameOID

OFFICE = "inagi-city-hall"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(path, act, document, timeout=60):
    """The status and the answer; OSError or http.client.HTTPException when there is none."""
    connection = UnixConnection(path, timeout)
    try:
        connection.request("POST", f"/acts/{act}", json.dumps(document), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def make_keys(count, workers=2):
    def make(_):
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(make, range(count)))


def csr(key, challenge):
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]))
    request = request.add_attribute(AttributeOID.CHALLENGE_PASSWORD, challenge.encode())
    return request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def issue_of(resident, key, request, kind="user_authentication"):
    return {"request": request, "officer": "sato", "office": OFFICE, "resident": resident, "kind": kind, "csr": csr(key, request)}


def change_of(serial, request, ground="lost"):
    return {"request": request, "officer": "sato", "office": OFFICE, "serial": serial, "application": {"ground": ground}}


def register_line(number):
    return json.dumps({"id": f"load-{number:06}", "name": "見本　太郎", "address": "東京都稲城市東長沼２１１１番地", "gender": "male",
                       "born": "1990-01-02", "status": "japanese", "municipality": "13225",
                       "card": {"id": f"card-load-{number:06}", "valid_until": "2034-01-02"}}, ensure_ascii=False)
