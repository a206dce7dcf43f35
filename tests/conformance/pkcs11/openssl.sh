#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"
. "$(dirname "$0")/tls.sh"

key="$authentication_token;id=%01;type=private?pin-value=$pin"
engine() { OPENSSL_CONF=$work/engine.cnf openssl "$@"; }

proves "openssl dgst signs through its PKCS#11 engine, with PKCS#1 v1.5 and with PSS"
expect 0 . engine dgst -engine pkcs11 -keyform engine -sign "$key" -sha256 -out plain.sig letter
verify_with user_authentication plain.sig
pss=(-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32)
expect 0 . engine dgst -engine pkcs11 -keyform engine -sign "$key" -sha256 "${pss[@]}" -out pss.sig letter
expect 0 '^Verified OK$' openssl dgst -sha256 "${pss[@]}" -verify user_authentication.pub -signature pss.sig letter

# The engine asks for the signature password itself, at a terminal: once to log in and once for the signature.
proves "openssl cms signs with the signature key, whose password is asked for each time"
cat > at_terminal.py <<'PY'
import os, pty, sys
password, command = sys.argv[1].encode() + b"\n", sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
said, asked = b"", 0
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    said += piece
    if said.count(b"PIN") > asked and said.rstrip().endswith(b":"):
        asked = said.count(b"PIN")
        os.write(terminal, password)
sys.stdout.write(said.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
PY
OPENSSL_CONF=$work/engine.cnf expect 0 . timeout 30 python3 at_terminal.py "$password" openssl cms -sign -engine pkcs11 \
  -keyform engine -inkey "$signature_token;id=%02;type=private?pin-value=$password" -signer signature.crt -in letter -binary \
  -outform DER -out letter.p7 -nosmimecap
expect 0 'CMS Verification successful' openssl cms -verify -inform DER -in letter.p7 -content letter -binary \
  -CAfile "$(authority_of signature)" -out /dev/null
[ "$(tries_left signature)" -eq 5 ] || fail "a try was lost"

proves "curl logs in by mutual TLS 1.3 with the key on the card, which needs RSA-PSS"
begin_server -www -tls1_3
expect 0 'TLSv1.3' curl_with_card engine.cnf "$authentication_token"
proves "and by TLS 1.2, with and without PSS"
begin_server -www -tls1_2
expect 0 'TLSv1.2' curl_with_card engine.cnf "$authentication_token"
begin_server -www -tls1_2 -client_sigalgs RSA+SHA256
expect 0 'TLSv1.2' curl_with_card engine.cnf "$authentication_token"

proves "OpenSC's module logs in by TLS 1.2 where PKCS#1 v1.5 is wanted, and not by TLS 1.3"
theirs='pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29'
expect 0 'TLSv1.2' curl_with_card engine-opensc.cnf "$theirs"
begin_server -www -tls1_3
expect not0 . curl_with_card engine-opensc.cnf "$theirs"

proves "no one is admitted without a card"
expect not0 . curl --silent --show-error --max-time 20 --cacert server.crt "https://localhost:$port/"
