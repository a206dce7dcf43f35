#!/usr/bin/env bash
# A ceremony beside the running services: they take the new generation up without a new start.
. "$(dirname "$0")/running.sh"

second_ceremony > second.toml
old=$(serial_of signature)
expect 0 'ceremony is complete' shomei ceremony second.toml --transcript transcript.txt
second=$SHOMEI_HOME/public/signature-2.crt

proves "they publish a list of the new generation"
await 10 "a list of signature-2" curl -sf "$status/crl/signature-2.pem" -o second.crl
expect 0 'verify OK' openssl crl -in second.crl -CAfile "$second" -noout

proves "they answer for what it issues, and go on answering for the old one"
shomei resident add --line '{"id":"hero-0002","name":"見本　一郎","address":"東京都稲城市東長沼２１１１番地","gender":"male","born":"1980-05-06","status":"japanese","municipality":"13225","card":{"id":"card-hero-0002","valid_until":"2034-01-02"}}' > added
shomei counter issue --office $office --resident hero-0002 --pins pins > issued
shomei --json certificate show --serial "$(serial_of signature hero-0002)" --out second.signature.crt > shown
[ "$(jq -r .authority shown)" = signature-2 ] || fail "another generation issued" "$(cat shown)"
expect 0 ': good$' openssl ocsp -issuer "$second" -CAfile "$second" -url "$status/ocsp" -cert second.signature.crt
openssl_says good signature signature.crt
[ "$(serial_of signature)" = "$old" ] || fail "the old certificate is another"
