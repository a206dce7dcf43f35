#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "pkcs11-tool's own test finds no fault in either token, nor in OpenSC's"
expect 0 '^No errors$' pkcs11-tool --module "$module" --slot 0 --login --pin "$pin" --test
expect 0 '^No errors$' pkcs11-tool --module "$module" --slot 1 --login --pin "$password" --test
expect 0 '^No errors$' pkcs11-tool --module "$opensc" --slot 0 --login --pin "$pin" --test

proves "there is a token for each PIN, with the card's own serial number, which OpenSC does not tell"
expect 0 'token label *: JPKI User Authentication$' pkcs11-tool --module "$module" --list-slots
tokens=$said
for line in 'token label *: JPKI Digital Signature$' 'pin min/max *: 4/4$' 'pin min/max *: 6/16$' 'token model *: SHOMEI$'; do
  grep -qE "$line" <<< "$tokens" || fail "no line $line" "$tokens"
done
[ "$(grep -cE 'serial num *: [0-9]{16}$' <<< "$tokens")" -eq 2 ] || fail "two serial numbers were due" "$tokens"
[ "$(grep -oE 'serial num.*' <<< "$tokens" | sort -u | wc -l)" -eq 1 ] || fail "one card has one number" "$tokens"
expect 0 'serial num *: 0+$' pkcs11-tool --module "$opensc" --list-slots

proves "the certificates are the authority's, byte for byte; the signature one and its key are seen after its password alone"
objects() { pkcs11-tool --module "$module" --list-objects "$@"; }
expect 0 'User Authentication Authority' objects --slot 0
grep -q 'User Authentication Certificate' <<< "$said" || fail "no certificate" "$said"
! grep -q 'Private Key' <<< "$said" || fail "a private key before the login" "$said"
expect 0 'Digital Signature Authority' objects --slot 1
! grep -qE 'Digital Signature (Certificate|Public Key|Key)' <<< "$said" || fail "seen before the password" "$said"
read_certificate() {  # SLOT ID OUT [MORE...]
  pkcs11-tool --module "$module" --slot "$1" --read-object --type cert --id "$2" --output-file "$3" "${@:4}" > /dev/null
}
for kind in $kinds; do openssl x509 -in "$kind.crt" -outform DER -out "$kind.der"; done
read_certificate 0 01 card-1.der
read_certificate 1 02 card-2.der --login --pin "$password"
same_bytes card-1.der user_authentication.der
same_bytes card-2.der signature.der
for slot in 0 1; do
  kind=$([ $slot = 0 ] && echo user_authentication || echo signature)
  openssl x509 -in "$(authority_of "$kind")" -outform DER -out authority.der
  read_certificate $slot "0$((slot + 3))" card-authority.der
  same_bytes card-authority.der authority.der
done

proves "the public keys on the tokens are those of the certificates, and nothing was spent"
for slot in 0 1; do
  kind=$([ $slot = 0 ] && echo user_authentication || echo signature)
  word=$([ $slot = 0 ] && echo "$pin" || echo "$password")
  pkcs11-tool --module "$module" --slot $slot --login --pin "$word" --read-object --type pubkey --id "0$((slot + 1))" \
    --output-file key.der > /dev/null
  openssl pkey -pubin -inform DER -in key.der -out key.pub
  same_bytes key.pub "$kind.pub"
done
[ "$(tries_left user_authentication)" -eq 3 ] && [ "$(tries_left signature)" -eq 5 ] || fail "tries were lost"
