#!/usr/bin/env bash
blocked_word=6983
. "$(dirname "$0")/session.sh"

proves "three wrong PINs block the authentication PIN, and the fourth try, with the right one, is CKR_PIN_LOCKED"
for _ in 1 2 3; do expect not0 'CKR_PIN_INCORRECT' login 0 9999; done
expect not0 'CKR_PIN_LOCKED' login 0 "$pin"
expect 0 'user PIN locked' pkcs11-tool --module "$module" --list-slots
[ "$("$SHOMEI" --json card info | jq .user_authentication.blocked)" = true ] || fail "card info does not say blocked"

proves "the signature password is not touched by it, and its five tries are its own"
sign_in_slot 1 02 "$password" signature.sig
verify_with signature signature.sig
[ "$(tries_left signature)" -eq 5 ] || fail "the signature password has lost tries"
for _ in 1 2 3 4 5; do expect not0 'CKR_PIN_INCORRECT' login 1 WRONG9; done
expect not0 'CKR_PIN_LOCKED' login 1 "$password"
