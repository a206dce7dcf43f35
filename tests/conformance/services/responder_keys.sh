#!/usr/bin/env bash
# Authorities and responders with keys on P-256 and P-384, before the same five clients; clients.sh has those of RSA-2048.
. "$(dirname "$0")/states.sh"

cd "$work"
cp "$(dirname "$MADE_HOME")/pins" .
find_modules
for type in ec-p256 ec-p384; do
  proves "all clients verify what a responder with $type says"
  sed "s|^authority_key = \"[^\"]*\"|authority_key = \"$type\"|" "$MADE_HOME/shomei.toml" > settings.toml
  export SHOMEI_HOME=$work/$type
  shomei init --empty --settings settings.toml > made
  make_states good revoked
  openssl x509 -in "$SHOMEI_HOME/public/$kind-1-responder.crt" -noout -text |
    grep -q "NIST CURVE: P-${type#ec-p}" || fail "the responder has another key"
  make_nss good revoked
  start_services
  ask_modules good revoked
  for form in 'openssl POST sha256 nonce' 'openssl GET sha1 -' 'gnutls POST sha1 nonce' 'nss GET sha1 -' 'nss POST sha1 -' \
    'easy-ocsp POST sha1 nonce' 'pkijs POST sha256 nonce' 'pkijs GET sha1 -'; do
    # shellcheck disable=SC2086
    for state in good revoked; do row "$type" $form $state; done
  done
  stop_services
done
