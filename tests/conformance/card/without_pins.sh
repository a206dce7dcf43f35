#!/usr/bin/env bash
# A face-authentication card, as the register has it: it has no PINs, and a counter asks for none.
prepare_home() {
  in_reader=facecard1
  head -1 "$SHOMEI_HOME/register/demo.jsonl" |
    sed "s/$hero/$in_reader/g; s/\"kind\":\"standard\"/\"kind\":\"face_authentication\"/" > "$work/people.jsonl"
  shomei resident import "$work/people.jsonl"
  shomei counter issue --office "$office" --resident "$in_reader" --kind user_authentication < /dev/null
  expect 1 'holds no signature certificate' "$SHOMEI" counter issue --office "$office" --resident "$in_reader" --kind signature
}
. "$(dirname "$0")/session.sh"

proves "the card shows its certificate for user authentication, and that it has no other"
"$SHOMEI" --json card info > info
jq -e '.signature.present == false and .signature.blocked == false and .user_authentication.present' info \
  > /dev/null || fail "card info" "$(cat info)"
"$SHOMEI" card certificate --kind user_authentication --out own.der
openssl x509 -in own.der -inform DER -noout -checkend 0 > /dev/null || fail "the certificate does not parse"

proves "nobody signs with it by a PIN; what it has not is not called blocked"
expect 1 'pin_blocked' "$SHOMEI" --json card sign --kind user_authentication --pin pin --in letter --out signature
expect 1 'card for face authentication has none' "$SHOMEI" card sign --kind user_authentication --pin pin --in letter --out signature
expect 1 '"certificate_absent"' "$SHOMEI" --json card sign --kind signature --pin password --in letter --out signature
expect 1 '"certificate_absent"' "$SHOMEI" --json card certificate --kind signature --pin password --out none.der
[ ! -e signature ] || fail "a signature without a PIN"

proves "what the register says is on it, for who has it in hand"
expect 1 '"pin_blocked"' "$SHOMEI" --json card read attributes --pin pin
