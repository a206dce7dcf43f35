#!/usr/bin/env bash
# Clients that mean harm, or are broken (hostile_ocsp.py), against the running services.
. "$(dirname "$0")/running.sh"

openssl_says good signature signature.crt
issuer=$(authority_of signature)
openssl ocsp -no_nonce -issuer "$issuer" -cert signature.crt -reqout question.der
openssl ocsp -nonce -issuer "$issuer" -cert signature.crt -reqout nonced.der
mkdir answers

proves "the services withstand them all, and a normal client beside them is always answered"
python3 "$source_root/tests/conformance/services/hostile_ocsp.py" "$status" question.der nonced.der "$serve" answers ||
  fail "see above" "$(tail -20 serve.log)"

proves "openssl verifies what the normal client was told, and is answered itself"
kept=(answers/*)
[ ${#kept[@]} -ge 5 ] || fail "hardly anything was kept"
for answer in "${kept[@]}"; do
  expect 0 '^Response verify OK$' openssl ocsp -no_nonce -respin "$answer" -issuer "$issuer" -CAfile "$issuer" -cert signature.crt
done
openssl_says good signature signature.crt

proves "they still end in order"
stop_services
