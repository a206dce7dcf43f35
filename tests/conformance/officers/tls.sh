#!/usr/bin/env bash
# Officers over TLS: by keys in software over TLS 1.3, and by their own cards, through OpenSC, over the listener for cards.
prepare_home() {
  . "$source_root/tests/conformance/officers/setup.sh"
  appointed kobayashi key_officer '*'
  appointed kato key_officer '*'
  appointed suzuki supervisor "$office"
  appointed stranger auditor '*'
  shomei certificate show --serial "$(serial_of user_authentication)" --out "$work/card.crt" > /dev/null
  openssl x509 -in "$work/card.crt" -out "$work/card.pem"
  expect 0 '^Appointed' shomei officer appoint --name hanako --role counter_clerk --for "$office" --certificate "$work/card.pem" \
    --office "$office"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$SHOMEI_HOME/server.key" \
    -out "$SHOMEI_HOME/server.crt" -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2> /dev/null
  cp "$work"/*.pem "$work"/*.key "$work/card.crt" "$SHOMEI_HOME/"
  officers_required
  sed -i -e 's/^acts = ""/acts = "127.0.0.1:0"/' -e 's/^acts_cards = ""/acts_cards = "127.0.0.1:0"/' "$SHOMEI_HOME/shomei.toml"
  sed -i 's/^\[status\]/[services.acts_tls]\ncertificate = "server.crt"\nkey = "server.key"\nclients = "public\/operations.crt"\n\n[status]/' \
    "$SHOMEI_HOME/shomei.toml"
  sed -i 's/^acts_workers/acts_cards_clients = "public\/user_authentication-1.crt"\nacts_workers/' "$SHOMEI_HOME/shomei.toml"
}
. "$(dirname "$0")/../card/session.sh"

"$SHOMEI" --json serve > at 2> log < /dev/null &
serving=$!
trap 'kill "$serving"; leave_work' EXIT
await 20 "the services" test -s at
acts=$(jq -er .acts at)
cards=$(jq -er .acts_cards at)
serial=$(serial_of user_authentication)

ask() {  # NAME BODY [MORE...]
  curl --silent --show-error --max-time 20 --cacert "$SHOMEI_HOME/server.crt" --cert "$SHOMEI_HOME/$1.pem" --key "$SHOMEI_HOME/$1.key" \
    -H 'Content-Type: application/json' -d "$2" "${@:3}"
}
status_body() {  # OFFICER REQUEST
  printf '{"officer":"%s","office":"%s","request":"%s","serial":"%s","application":{"ground":"lost"}}' "$1" "$office" "$2" "$serial"
}

confirm_body() {  # OFFICER REQUEST
  printf '{"officer":"%s","office":"%s","request":"%s","serial":"%s"}' "$1" "$office" "$2" "$serial"
}

proves "an officer with a key in software asks over TLS 1.3 and is who the certificate says"
expect 0 '"code":"role_lacks_act"|role_lacks_act' ask stranger "$(status_body stranger tls-request-1)" "$acts/acts/suspend"
expect 0 'credential_unknown' ask stranger "$(status_body suzuki tls-request-2)" "$acts/acts/suspend"
expect 0 'officer_not_appointed' ask suzuki "$(status_body sato tls-request-3)" "$acts/acts/suspend"
expect not0 . curl --silent --show-error --max-time 20 --cacert "$SHOMEI_HOME/server.crt" -d x "$acts/acts/suspend"
expect 0 'officer_not_appointed|malformed|officer' ask suzuki '{"office":"inagi-city-hall","resident":"q7k2m9xa","kinds":["signature"]}' \
  "$acts/acts/decide"
expect 0 'TLSv1.3' ask suzuki "$(confirm_body suzuki tls-request-4)" -v --tlsv1.3 "$acts/acts/confirm"

engine_conf "$module" > engine.cnf
with_card() {  # BODY URL
  OPENSSL_CONF=$work/engine.cnf curl --silent --show-error --max-time 20 --cacert "$SHOMEI_HOME/server.crt" --engine pkcs11 \
    --key-type ENG --key "pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29;id=%01;type=private?pin-value=$pin" \
    --cert "$SHOMEI_HOME/card.crt" -v -H 'Content-Type: application/json' -d "$1" "$2"
}

proves "an officer shows the own card, through OpenSC, over TLS 1.2; it opens no other door, and no other card does"
expect 0 'TLSv1.2' with_card "$(confirm_body hanako card-request-1)" "$cards/acts/confirm"
grep -q '"serial"' <<< "$said" || fail "the confirmation was not answered" "$said"
expect not0 . with_card "$(confirm_body hanako card-request-2)" "$acts/acts/confirm"
expect 0 'credential_unknown' with_card "$(confirm_body suzuki card-request-3)" "$cards/acts/confirm"
expect not0 . ask suzuki "$(confirm_body suzuki card-request-4)" "$cards/acts/confirm"

proves "a card whose certificate is on hold is no officer's any more"
expect 0 '"state":"suspended"' ask suzuki "$(status_body suzuki tls-request-5)" "$acts/acts/suspend"
expect 0 'credential_not_valid' with_card "$(confirm_body hanako card-request-5)" "$cards/acts/confirm"
