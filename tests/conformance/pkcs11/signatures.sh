#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

sign() {  # SLOT MECHANISM IN OUT [MORE...]
  local word=$pin
  [ "$1" = 0 ] || word=$password
  pkcs11-tool --module "$module" --slot "$1" --login --pin "$word" --sign --mechanism "$2" --id "0$(($1 + 1))" \
    --input-file "$3" --output-file "$4" "${@:5}" > /dev/null
}
kind_of() { [ "$1" = 0 ] && echo user_authentication || echo signature; }

proves "PKCS#1 v1.5 with SHA-256, 384 and 512 by both keys, verified by openssl; OpenSC's are the same bytes"
for slot in 0 1; do
  for bits in 256 384 512; do
    sign $slot "SHA$bits-RSA-PKCS" letter letter.sig
    expect 0 '^Verified OK$' openssl dgst "-sha$bits" -verify "$(kind_of $slot).pub" -signature letter.sig letter
  done
done
sign_in_slot_of_opensc() {
  pkcs11-tool --module "$opensc" --slot 0 --login --pin "$pin" --sign --mechanism SHA256-RSA-PKCS --id 01 -i letter -o "$1"
}
sign 0 SHA256-RSA-PKCS letter ours.sig
sign_in_slot_of_opensc theirs.sig > /dev/null
same_bytes ours.sig theirs.sig

proves "a megabyte is signed, since it is digested before the card"
head -c 1000000 /dev/urandom > large
sign 0 SHA256-RSA-PKCS large large.sig
expect 0 '^Verified OK$' openssl dgst -sha256 -verify user_authentication.pub -signature large.sig large

proves "RSA-PSS by both keys, of a message and of a digest, verified by openssl, which OpenSC cannot make"
pss=(-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32)
openssl dgst -sha256 -binary letter > digest
for slot in 0 1; do
  sign $slot SHA256-RSA-PKCS-PSS letter letter.sig
  expect 0 '^Verified OK$' openssl dgst -sha256 "${pss[@]}" -verify "$(kind_of $slot).pub" -signature letter.sig letter
  sign $slot RSA-PKCS-PSS digest digest.sig --hash-algorithm SHA256 --mgf MGF1-SHA256 --salt-len 32
  expect 0 '^Verified OK$' openssl dgst -sha256 "${pss[@]}" -verify "$(kind_of $slot).pub" -signature digest.sig letter
  ! cmp -s letter.sig digest.sig || fail "two signatures with one salt"
done
expect not0 'CKR_MECHANISM_PARAM_INVALID' \
  pkcs11-tool --module "$module" --slot 0 --login --pin "$pin" --sign --mechanism RSA-PKCS-PSS --id 01 -i digest -o no.sig \
  --hash-algorithm SHA256 --mgf MGF1-SHA256 --salt-len 20
expect not0 'CKR_MECHANISM_INVALID|not supported' pkcs11-tool --module "$opensc" --slot 0 --login --pin "$pin" --sign \
  --mechanism SHA256-RSA-PKCS-PSS --id 01 -i letter -o no.sig
