#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "the try counter survives the removal of the card"
expect not0 'CKR_PIN_INCORRECT' login 0 9999
[ "$(tries_left user_authentication)" -eq 2 ] || fail "two tries were due"
take_card_out TERM
put_card_in
[ "$(tries_left user_authentication)" -eq 2 ] || fail "the removal gave tries back"

proves "it survives kill -9 of the card"
expect not0 'CKR_PIN_INCORRECT' login 0 9999
take_card_out KILL
put_card_in
[ "$(tries_left user_authentication)" -eq 1 ] || fail "the kill gave a try back"

proves "the right PIN gives all three back, for good"
login 0 "$pin" > /dev/null
take_card_out KILL
put_card_in
[ "$(tries_left user_authentication)" -eq 3 ] || fail "three tries were due"

proves "a card that is gone says so, and a card in a reader cannot be in another"
expect 1 'is in a reader: take it out there first' "$SHOMEI" card insert --resident "$hero" --reader 127.0.0.1:35964
take_card_out TERM
expect 3 'card|reader' "$SHOMEI" card info
put_card_in
