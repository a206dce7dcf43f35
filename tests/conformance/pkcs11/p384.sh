#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"
. "$(dirname "$0")/tls.sh"

# A card of the next generation, in the place of the citizen's: this home issues RSA-2048.
mkdir next
take_card_out TERM
setpriv --pdeathsig KILL "$SHOMEI_SERVE_CARD" next_generation next > card.log 2>&1 < /dev/null &
card=$!
trap 'kill $card; end_server; leave_work' EXIT
await 10 "the card in the reader" reader_shows Yes
pin=4711
password=QX7ZP2KD
for kind in $kinds; do openssl x509 -in "next/$kind.crt" -noout -pubkey > "$kind.pub"; done

proves "the tokens of a P-384 card have its mechanisms and keys; pkcs11-tool's own test finds no fault"
expect 0 'ECDSA-SHA384, keySize=.384,384., hw, sign' pkcs11-tool --module "$module" --slot 0 --list-mechanisms
! grep -q RSA <<< "$said" || fail "mechanisms of another key" "$said"
expect 0 'Private Key Object; EC' pkcs11-tool --module "$module" --slot 0 --login --pin $pin --list-objects
expect 0 '^No errors$' pkcs11-tool --module "$module" --slot 0 --login --pin $pin --test
expect 0 '^No errors$' pkcs11-tool --module "$module" --slot 1 --login --pin $password --test

proves "ECDSA with SHA-256, 384 and 512 by both keys, verified by openssl"
for slot in 0 1; do
  word=$([ $slot = 0 ] && echo $pin || echo $password)
  kind=$([ $slot = 0 ] && echo user_authentication || echo signature)
  for bits in 256 384 512; do
    pkcs11-tool --module "$module" --slot $slot --login --pin "$word" --sign --mechanism ECDSA-SHA$bits --id "0$((slot + 1))" \
      -i letter -o letter.sig --signature-format openssl > /dev/null 2>&1
    expect 0 '^Verified OK$' openssl dgst -sha$bits -verify $kind.pub -signature letter.sig letter
  done
  openssl dgst -sha256 -binary letter > digest
  pkcs11-tool --module "$module" --slot $slot --login --pin "$word" --sign --mechanism ECDSA --id "0$((slot + 1))" \
    -i digest -o letter.sig --signature-format openssl > /dev/null 2>&1
  expect 0 '^Verified OK$' openssl dgst -sha256 -verify $kind.pub -signature letter.sig letter
done

proves "GnuTLS, and OpenSSL's engine, sign with it; mutual TLS 1.3 and 1.2 admit it"
GNUTLS_PIN=$pin expect 0 'Verifying against public key in the token... ok' p11tool --provider "$module" --login \
  --test-sign "$authentication_token;id=%01;type=private" --hash sha384
OPENSSL_CONF=$work/engine.cnf expect 0 . openssl dgst -engine pkcs11 -keyform engine -sha384 \
  -sign "$authentication_token;id=%01;type=private?pin-value=$pin" -out engine.sig letter
expect 0 '^Verified OK$' openssl dgst -sha384 -verify user_authentication.pub -signature engine.sig letter
cp next/user_authentication.crt user_authentication.crt
authority_of() { echo "$work/next/authority.crt"; }
for version in 1_3 1_2; do
  begin_server -www -tls$version
  expect 0 "TLSv${version/_/.}" curl_with_card engine.cnf "$authentication_token"
done
