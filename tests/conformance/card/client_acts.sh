#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"
export XDG_DATA_HOME=$work/data

proves "card info tells the applications, the token, every PIN's tries, and the certificate's days"
"$SHOMEI" --json card info > info.json
jq -e '.applications.jpki and (.token_info.label == .token) and (.pins | map(.name) | contains(["user_authentication"]))
  and (.readers | length >= 1) and (.user_authentication | .days_left > 0 and .standing == "authority_unknown" and
  .authority == null) and (.signature | has("serial") | not)' info.json > /dev/null || fail "card info" "$(cat info.json)"
"$SHOMEI" --json card info --with-signature-certificate --pin password > info.json
jq -e --arg serial "$(serial_of signature)" '.signature.serial == $serial' info.json > /dev/null ||
  fail "the signature certificate" "$(cat info.json)"

proves "the certificates on the card are the authority's; a PIN may come by a file descriptor"
for kind in $kinds; do
  openssl x509 -in "$kind.crt" -outform DER -out "$kind.der"
done
"$SHOMEI" card certificate --kind user_authentication --out a.der > out
"$SHOMEI" card certificate --kind signature --out s.pem --pem --pin-fd 7 7< password > out
same_bytes a.der user_authentication.der
openssl x509 -in s.pem -outform DER -out s.der
same_bytes s.der signature.der

proves "two PINs come by one pipe, line after line"
"$SHOMEI" card change-pin --kind user_authentication --pin-fd 3 --new-pin-fd 3 3< <(printf '%s\n5678\n' "$(cat pin)") > out 2> told
grep -q '3 tries left' told || fail "the tries are not told" "$(cat told)"
"$SHOMEI" card change-pin --kind user_authentication --pin-fd 3 --new-pin-fd 3 3< <(printf '5678\n%s\n' "$(cat pin)") > out 2> told

proves "an authority is believed once its fingerprint was told, never because the card holds its certificate"
authority=$(authority_of user_authentication)
fingerprint=$(openssl x509 -in "$authority" -noout -fingerprint -sha256 | cut -d= -f2)
expect_error 1 refused trust_not_pinned shomei card trust add "$authority"
expect_error 1 refused trust_fingerprint_differs shomei card trust add "$authority" --fingerprint "${fingerprint//[0-9]/0}"
expect 1 '"authority_unknown"' "$SHOMEI" --json card verify --kind user_authentication
"$SHOMEI" card trust add "$authority" --fingerprint "$fingerprint" > out
expect 0 '"good"' "$SHOMEI" --json card verify --kind user_authentication
expect 0 'of an authority that you took in' "$SHOMEI" card verify --kind user_authentication
expect 0 '登録済みの認証局のもの' "$SHOMEI" --lang ja card verify --kind user_authentication
expect 1 'of no authority that you took in' "$SHOMEI" card verify --kind signature --pin password
expect 1 'of no authority that you took in' "$SHOMEI" card verify --kind user_authentication --trust elsewhere

proves "people are told in their language, and not in JSON"
expect 0 'User authentication: until .* days left; of an authority .*; 3 tries left' "$SHOMEI" card info
expect 0 '利用者証明用: 有効期限 .*日; 登録済みの認証局.*残り3回' "$SHOMEI" --lang ja card info
expect 0 'Known by their fingerprints, and not taken in' "$SHOMEI" card trust
expect 0 '未登録の認証局' "$SHOMEI" --lang ja card trust

proves "the last try is spent when it is asked for, and not before; the family of an error is told"
echo 9999 > wrong
"$SHOMEI" --json card sign --kind user_authentication --in letter --out no.sig --pin wrong > error.json 2> /dev/null && fail "signed"
jq -e '.error | .code == "pin_wrong" and .parameters.family == "fatal"' error.json > /dev/null || fail "family" "$(cat error.json)"
expect 1 'wrong' "$SHOMEI" card sign --kind user_authentication --in letter --out no.sig --pin wrong
[ "$(tries_left user_authentication)" -eq 1 ] || fail "two tries were to be spent"
expect_error 1 refused pin_last_try shomei card sign --kind user_authentication --in letter --out no.sig --pin wrong
[ "$(tries_left user_authentication)" -eq 1 ] || fail "the last try was spent unasked"
"$SHOMEI" card sign --kind user_authentication --in letter --out yes.sig --pin pin --last-try > out 2> /dev/null
verify_with user_authentication yes.sig
[ "$(tries_left user_authentication)" -eq 3 ] || fail "a right PIN restores the tries"

proves "a recorded dialogue is played to the card; its PIN is not"
trace=$source_root/tests/vectors/card-traces/opensc-head-sign.trace
expect 1 '"pin_needed"' "$SHOMEI" --json card replay "$trace"
expect 1 'Stopped in line .*a PIN is needed' "$SHOMEI" card replay "$trace"
expect 1 '"not_sent"' "$SHOMEI" --json card replay "$trace" --pin pin
expect 0 '"difference":null' "$SHOMEI" --json card replay "$trace" --pin pin --sign
expect 0 '同じ応答のコマンド数' "$SHOMEI" --lang ja card replay "$trace" --against "$trace"

proves "a card that is taken out is told in one sentence, and can be tried again"
setpriv --pdeathsig KILL "$SHOMEI" --json card info --watch > events 2> /dev/null &
watching=$!
await 10 "the first events" grep -q card_inserted events
take_card_out TERM
await 10 "the removal" grep -q card_removed events
kill "$watching"
"$SHOMEI" --json card sign --kind user_authentication --in letter --out no.sig --pin pin > error.json 2> /dev/null && fail "signed"
jq -e '.error | .code == "card_missing" and .parameters.family == "retryable"' error.json > /dev/null ||
  fail "card_missing" "$(cat error.json)"
