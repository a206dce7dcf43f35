#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "OpenSC knows the card by its driver for the Japanese card"
expect 0 '^jpki$' opensc-tool --name
expect 0 'Yes .*Virtual PCD' opensc-tool --list-readers

proves "pkcs15-tool lists PINs, keys and certificates, with the tries that are left"
expect 0 '^PIN \[User Authentication PIN\]$' pkcs15-tool --dump
for line in '^PIN \[Digital Signature PIN\]$' \
  '^Private RSA Key \[User Authentication Key\]$' '^Private RSA Key \[Digital Signature Key\]$' \
  '^Public RSA Key \[User Authentication Public Key\]$' \
  '^X.509 Certificate \[User Authentication Certificate\]$' '^X.509 Certificate \[Digital Signature Certificate\]$' \
  '^X.509 Certificate \[User Authentication Certificate CA\]$' '^X.509 Certificate \[Digital Signature Certificate CA\]$' \
  'Tries left *: 3$' 'Tries left *: 5$' 'ModLength *: 2048$'; do
  grep -qE "$line" <<< "$said" || fail "pkcs15-tool --dump has no line $line" "$said"
done
[ "$(grep -c '^Private RSA Key' <<< "$said")" -eq 2 ] || fail "two private keys were due" "$said"

proves "PKCS#11 shows a slot for each PIN"
expect 0 'token label *: JPKI \(User Authentication PIN\)' pkcs11-tool --module "$module" --list-slots
grep -q 'JPKI (Digital Signature PIN)' <<< "$said" || fail "no slot for the signature password" "$said"
