#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "shomei's own client reads, signs and changes PINs over the same reader"
"$SHOMEI" --json card info > info.json
jq -e --arg serial "$(serial_of user_authentication)" \
  '.user_authentication.serial == $serial and .user_authentication.tries_left == 3 and .signature.present' info.json \
  > /dev/null || fail "card info" "$(cat info.json)"
"$SHOMEI" card sign --kind user_authentication --in letter --out authentication.sig --pin pin
"$SHOMEI" card sign --kind signature --in letter --out signature.sig --pin password
verify_with user_authentication authentication.sig
verify_with signature signature.sig

proves "its signatures and OpenSC's are the same bytes"
sign_in_slot 1 02 "$password" theirs.sig
same_bytes signature.sig theirs.sig

proves "after change-pin OpenSC logs in with the new PIN and not with the old one"
echo 5678 > new-pin
"$SHOMEI" card change-pin --kind user_authentication --pin pin --new-pin new-pin
expect 0 'User Authentication Key' login 0 5678
expect not0 'CKR_PIN_INCORRECT' login 0 "$pin"
echo NEWWORD9 > new-password
"$SHOMEI" card change-pin --kind signature --pin password --new-pin new-password
sign_in_slot 1 02 NEWWORD9 again.sig
same_bytes again.sig signature.sig

proves "a PIN of the wrong form never reaches the card: exit 2, no try lost"
tries=$(tries_left user_authentication)
echo 12x4 > odd-pin
expect 2 '.' "$SHOMEI" card change-pin --kind user_authentication --pin new-pin --new-pin odd-pin
expect 2 '.' "$SHOMEI" card sign --kind user_authentication --in letter --out no.sig --pin odd-pin
[ "$(tries_left user_authentication)" -eq "$tries" ] || fail "a try was lost"
