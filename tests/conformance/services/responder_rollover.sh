#!/usr/bin/env bash
# The responder's key is changed while the services run and are asked without a pause: each answer is signed, by the old key and
# then by the new one. The services look for a new key once an hour, so their clock is moved by an hour beside them.
. "$(dirname "$0")/serving.sh"

# A sanitizer's library has to come first, as the program itself would have it.
before_faketime=$(ldd "$SHOMEI" | awk '/lib(asan|tsan)\.so/ { print $3 }')
faketime_library=$(faketime -f +0 printenv LD_PRELOAD | grep -o '/[^ :]*libfaketime[^ :]*' | head -1)
copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")/signature.crt" .
issuer=$(authority_of signature)
echo +0 > clock
serve_by=(env LD_PRELOAD="$before_faketime ${faketime_library/libfaketime.so/libfaketimeMT.so}" FAKETIME_TIMESTAMP_FILE="$work/clock"
  FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1)
start_services

key_of_certificate() {  # the responder's key identifier, as an answer names its signer
  openssl x509 -in "$SHOMEI_HOME/public/signature-1-responder.crt" -noout -ext subjectKeyIdentifier | tail -1 | tr -d ' :'
}
# verify_at_its_time NUMBER-YYYYMMDDhhmmss.der: openssl's word on it at the second that it was made; sets $signer.
verify_at_its_time() {
  local made=${1#*-}
  made="${made:0:4}-${made:4:2}-${made:6:2} ${made:8:2}:${made:10:2}:${made:12:2}"
  expect 0 'Response verify OK$' env TZ=UTC faketime -f "@$made" openssl ocsp -no_nonce -respin "$1" -issuer "$issuer" \
    -CAfile "$issuer" -cert signature.crt -resp_text
  [[ $said = *'signature.crt: good'* ]] || fail "$1 does not say good" "$said"
  signer=${said#*Responder Id: }
  signer=${signer%%$'\n'*}
}

proves "a new key takes over while questions come, and none of them fails"
openssl ocsp -no_nonce -issuer "$issuer" -cert signature.crt -reqout question.der
mkdir answers
python3 "$source_root/tests/conformance/services/ask_on.py" "$status" question.der answers > asked 2>&1 &
asker=$!
await 10 "answers" compgen -G "answers/00005-*"
old=$(key_of_certificate)
shomei keys responder --authority signature-1 --key ec-p256 > made
sleep 0.2
[ "$(key_of_certificate)" = "$old" ] || fail "the new key is in use before its hour: this test would show nothing"
echo +3700s > clock
new_key_answers() { [ "$(key_of_certificate)" != "$old" ]; }
await 10 "the new key's certificate" new_key_answers
sleep 0.3
touch answers/stop
wait "$asker" || fail "a question was not answered" "$(cat asked)"
new=$(key_of_certificate)

proves "openssl verifies every one of them at its own time: first the old key's, then the new one's ($(cat asked))"
order=()
for answer in answers/*.der; do
  verify_at_its_time "$answer"
  [ "${order[*]: -1}" = "$signer" ] || order+=("$signer")
done
[ "${order[*]}" = "$old $new" ] || fail "signers in this order: ${order[*]}, and not $old $new"
