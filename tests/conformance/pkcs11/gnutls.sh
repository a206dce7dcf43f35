#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"
. "$(dirname "$0")/tls.sh"

proves "p11-kit finds the module by the file that is installed with it"
mkdir modules
sed "s|^module:.*|module: $module|" "$(dirname "$module")/../src/pkcs11/shomei.module" > modules/shomei.module
# In a place of its own, because p11-kit's folders are the machine's.
listed() {
  unshare -m bash -c 'mount --bind "$1" /usr/share/p11-kit/modules && exec p11-kit list-modules' list "$work/modules"
}
if unshare -m true 2> /dev/null; then
  expect 0 'token: JPKI User Authentication' listed
  grep -q 'token: JPKI Digital Signature' <<< "$said" || fail "no token of the signature" "$said"
  grep -qE 'serial-number: [0-9]{16}' <<< "$said" || fail "no serial number" "$said"
fi

with_pin() { GNUTLS_PIN=$1 p11tool --provider "$module" "${@:2}"; }

proves "p11tool lists what is on the tokens, before and after login"
expect 0 'User Authentication Certificate' with_pin "$pin" --list-all "$authentication_token"
expect 0 'Type: Private key' with_pin "$pin" --login --list-all "$authentication_token"
expect 0 'Digital Signature Certificate' with_pin "$password" --login --list-all "$signature_token"
expect 0 'BEGIN CERTIFICATE' with_pin "$pin" --export "$authentication_token;id=%01;type=cert"

proves "GnuTLS signs with both keys, with PKCS#1 v1.5 and PSS, and verifies against the keys on the tokens"
verifies='Verifying against public key in the token... ok'
expect 0 "$verifies" with_pin "$pin" --login --test-sign "$authentication_token;id=%01;type=private" --hash sha256
expect 0 "$verifies" with_pin "$pin" --login --test-sign "$authentication_token;id=%01;type=private" --hash sha256 \
  --sign-params rsa-pss
expect 0 "$verifies" with_pin "$password" --login --test-sign "$signature_token;id=%02;type=private" --hash sha256

proves "gnutls-cli logs in by mutual TLS 1.3 and 1.2 with key and certificate on the card"
log_in() {  # PRIORITY
  printf 'GET / HTTP/1.0\r\n\r\n' |
    GNUTLS_PIN=$pin timeout 20 gnutls-cli --provider "$module" --x509cafile server.crt --priority "$1" \
      --x509keyfile "$authentication_token;id=%01;type=private" --x509certfile "$authentication_token;id=%01;type=cert" \
      -p $port localhost
}
begin_server -www
expect 0 'TLS1.3' log_in NORMAL:-VERS-ALL:+VERS-TLS1.3
grep -q 'HTTP/1.0 200' <<< "$said" || fail "not admitted" "$said"
expect 0 'TLS1.2' log_in NORMAL:-VERS-ALL:+VERS-TLS1.2
grep -q 'HTTP/1.0 200' <<< "$said" || fail "not admitted" "$said"
[ "$(tries_left user_authentication)" -eq 3 ] || fail "a try was lost"
