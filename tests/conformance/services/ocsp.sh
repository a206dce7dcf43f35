#!/usr/bin/env bash
. "$(dirname "$0")/running.sh"

proves "openssl and GnuTLS agree on good: SHA-1 and SHA-256 names, with and without a nonce"
for kind in $kinds; do
  for hash in -sha1 -sha256; do
    openssl_says good "$kind" "$kind.crt" -nonce "$hash"
    ! grep -qi 'no nonce' <<< "$said" || fail "the nonce did not come back" "$said"
    openssl_says good "$kind" "$kind.crt" -no_nonce "$hash"
  done
  gnutls_says good "$kind" "$kind.crt" --nonce
  gnutls_says good "$kind" "$kind.crt" --no-nonce
done

proves "one question about several certificates of an authority is answered for each"
both_absent=0000A5A5A5A5A5A5
openssl_says good signature signature.crt -serial "0x$both_absent"
grep -q "^0x$both_absent: unknown" <<< "$said" || fail "a serial that was never issued is not unknown" "$said"

proves "a certificate of another authority is nothing that this responder may speak of"
openssl req -x509 -newkey rsa:2048 -nodes -subj '/C=JP/O=SHOMEI-DEMO/CN=stranger' -keyout stranger.key \
  -out stranger.crt 2> /dev/null
expect 1 'unauthorized \(6\)' openssl ocsp -issuer stranger.crt -cert stranger.crt -url "$status/ocsp"
expect 1 'unauthorized \(6\)' openssl ocsp -issuer stranger.crt -cert signature.crt -url "$status/ocsp"

proves "an answer does not verify under the other authority"
openssl ocsp -issuer "$(authority_of signature)" -cert signature.crt -url "$status/ocsp" -respout answer.der -noverify > said 2>&1
expect not0 'Response Verify Failure' openssl ocsp -no_nonce -respin answer.der -issuer "$(authority_of user_authentication)" \
  -cert signature.crt -CAfile "$(authority_of user_authentication)"
