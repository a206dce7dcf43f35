#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "pkcs11-tool signs in both slots, and openssl verifies under the authority's copies of the certificates"
sign_in_slot 0 01 "$pin" authentication.sig
sign_in_slot 1 02 "$password" signature.sig
verify_with user_authentication authentication.sig
verify_with signature signature.sig
expect not0 'Verification failure' openssl dgst -sha256 -verify signature.pub -signature authentication.sig letter

proves "a DigestInfo made by hand gives the same signature"
{
  printf '\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20'
  openssl dgst -sha256 -binary letter
} > digest-info
pkcs11-tool --module "$module" --slot 0 --login --pin "$pin" --sign --mechanism RSA-PKCS --id 01 -i digest-info -o again.sig
same_bytes again.sig authentication.sig

proves "pkcs11-tool's own test finds no fault in what the card does"
expect 0 '^No errors$' pkcs11-tool --module "$module" --slot 0 --login --pin "$pin" --test

proves "GnuTLS signs with both keys through PKCS#11"
token='pkcs11:token=JPKI%20%28'
GNUTLS_PIN=$pin expect 0 'Verifying against public key in the token... ok' \
  p11tool --provider "$module" --login --test-sign "${token}User%20Authentication%20PIN%29;id=%01;type=private" --hash sha256
GNUTLS_PIN=$password expect 0 'Verifying against public key in the token... ok' \
  p11tool --provider "$module" --login --test-sign "${token}Digital%20Signature%20PIN%29;id=%02;type=private" --hash sha256
