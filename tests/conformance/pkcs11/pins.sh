#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

login_here() { pkcs11-tool --module "$module" --slot "$1" --login --pin "$2" --list-objects; }
change_pin() { pkcs11-tool --module "$module" --slot "$1" --change-pin --pin "$2" --new-pin "$3"; }

proves "PINs are changed through PKCS#11, which OpenSC cannot, and are then the card's for everyone"
expect 0 'PIN successfully changed' change_pin 0 "$pin" 5678
expect not0 'CKR_PIN_INCORRECT' login_here 0 "$pin"
expect 0 'User Authentication Key' login_here 0 5678
expect 0 'User Authentication Key' login 0 5678
expect not0 'not supported|NOT_SUPPORTED' pkcs11-tool --module "$opensc" --slot 0 --change-pin --pin 5678 --new-pin 1234
expect 0 'PIN successfully changed' change_pin 1 "$password" newword9
expect 0 'Digital Signature Key' login_here 1 NEWWORD9
expect 0 'Digital Signature Key' login_here 1 newword9

proves "a PIN that no card holds is not sent: no try is lost"
for wrong in 12 12345 12a4; do expect not0 'CKR_PIN_(LEN_RANGE|INVALID)' login_here 0 "$wrong"; done
for wrong in AB12 ABCDEFGHIJKLMNOPQ 'ABC 123'; do expect not0 'CKR_PIN_(LEN_RANGE|INVALID)' login_here 1 "$wrong"; done
expect not0 'CKR_PIN_(LEN_RANGE|INVALID)' change_pin 0 5678 56789
[ "$(tries_left user_authentication)" -eq 3 ] && [ "$(tries_left signature)" -eq 5 ] || fail "a try was lost"

proves "the token says how its tries run out; the right PIN gives them back"
flags() { pkcs11-tool --module "$module" --list-slots | grep -m1 -A5 "$1" | grep 'token flags'; }
expect not0 'CKR_PIN_INCORRECT' login_here 0 9999
expect 0 'user PIN count low' flags 'User Authentication'
expect not0 'CKR_PIN_INCORRECT' change_pin 0 9999 1234
expect 0 'final user PIN try' flags 'User Authentication'
login_here 0 5678 > /dev/null
! flags 'User Authentication' | grep -qE 'low|final' || fail "the tries were to be whole again"

proves "three wrong ones lock it, the right one is then CKR_PIN_LOCKED, and the other token is not touched"
for _ in 1 2; do expect not0 'CKR_PIN_INCORRECT' login_here 0 9999; done
expect not0 'CKR_PIN_LOCKED' login_here 0 9999
expect not0 'CKR_PIN_LOCKED' login_here 0 5678
expect 0 'user PIN locked' flags 'User Authentication'
expect 0 'Digital Signature Key' login_here 1 NEWWORD9
