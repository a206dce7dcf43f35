#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

# A person's card with all files, in the second slot; the citizen's own is in the first.
mkdir known pictures
setpriv --pdeathsig KILL "$PERSON_CARD" 35964 known < /dev/null &
second_slot_shows() { opensc-tool --list-readers 2> /dev/null | grep -qE "^1 +$1 "; }
await 20 "the person's card in the second slot" second_slot_shows Yes
number=$(cat known/number)
read_card() { "$SHOMEI" --json card read "$@" --reader 'Virtual PCD 00 01'; }
other_root() { openssl genrsa 2048 2> /dev/null | openssl rsa -pubout -outform DER -out other.der 2> /dev/null; }

proves "a card from the counter says what the register says, by the PIN of user authentication, under the home's root"
citizen() { "$SHOMEI" --json card read "$@" --reader 'Virtual PCD 00 00' --root "$SHOMEI_HOME/public/card-files-root.der"; }
citizen attributes --pin pin | jq -e '.name == "見本　花子" and .sex == "female" and .vouched_by == "root"' > /dev/null ||
  fail "attributes of the citizen's card"
citizen number --pin pin | jq -er .number > own-number
[ "$(tr -d '\n' < own-number | wc -c)" = 12 ] || fail "the number has no twelve digits"
mkdir own-pictures
citizen face --reference-a own-number --out own-pictures | jq -e '.files | length == 5' > /dev/null ||
  fail "the face of the citizen's card"
[ "$(opensc-tool --reader 0 --send-apdu 00A4040C0AD3921000310001010100 --send-apdu 00B2010C00 2> /dev/null |
  grep -c 'SW1=0x90, SW2=0x00')" = 2 ] || fail "the common application has no record"

proves "and before anything is selected in which municipality it was issued, and its last day"
told=$(opensc-tool --reader 0 --send-apdu 00A4040C07A0000001510000 --send-apdu 00CA00F000 --send-apdu 00CA00F200 --send-apdu 00CA004500 2> /dev/null)
[[ $told == *'31 33 32 32 35 '* && $(grep -c 'SW1=0x90, SW2=0x00' <<< "$told") = 3 && $told == *'SW1=0x6A, SW2=0x88'* ]] ||
  fail "GET DATA" "$told"

proves "the input helper's PIN is one by itself: its holder changes it, blocks it, and a counter resets it"
printf '4716\n' > changed
printf '6193\n' > anew
expect 0 'changed' "$SHOMEI" card change-pin --kind input_helper --reader 'Virtual PCD 00 00' --pin pin --new-pin changed
expect 1 '"pin_wrong"' citizen number --pin pin
citizen number --pin changed > /dev/null || fail "the changed PIN opens nothing"
for last in '' '' --last-try; do
  # shellcheck disable=SC2086
  expect 1 '"pin_(wrong|blocked)"' citizen number --pin pin $last
done
expect 1 '"pin_blocked"' citizen number --pin changed
expect 0 'Reset' "$SHOMEI" counter reset-pin --office "$office" --resident "$hero" --kind input_helper --reader 'Virtual PCD 00 00' --pin anew
citizen number --pin anew > /dev/null || fail "the PIN that was reset opens nothing"
"$SHOMEI" card sign --reader 'Virtual PCD 00 00' --kind user_authentication --in letter --out letter.sig --pin pin ||
  fail "the PIN of user authentication is another one"
expect 2 '"pin_unknown"' "$SHOMEI" --json counter reset-pin --office "$office" --resident "$hero" --kind face_a --pin anew

proves "name, address, birth date and sex come off the card by PIN, by number B, and sealed, and are the same"
read_card attributes --pin known/pin --root known/root.der > by-pin
jq -e '.name == "見本　花子" and .born == "1995-06-07" and .sex == "female" and .vouched_by == "root"' by-pin \
  > /dev/null || fail "attributes" "$(cat by-pin)"
read_card attributes --reference-b known/number-b --root known/root.der > by-b
read_card attributes --pin known/pin --sealed --root known/root.der > by-seal
same_bytes by-pin by-b
same_bytes by-pin by-seal

proves "the number comes off by PIN, by itself, and sealed"
for way in '--pin known/pin' '--reference-a known/number' '--pin known/pin --sealed'; do
  # shellcheck disable=SC2086
  read_card number $way | jq -e --arg number "$number" '.number == $number and .vouched_by == "card_alone"' \
    > /dev/null || fail "number $way"
done

proves "the face and its pictures, which others' programs know"
read_card face --reference-a known/number --out pictures --root known/root.der |
  jq -e '.valid_until == "2031-06-07" and (.files | length == 5) and
    .not_signed == ["valid_until", "files.security_code"]' > /dev/null || fail "face"
for picture in name address number security-code; do
  [ "$(head -c 8 "pictures/$picture.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "$picture is no PNG"
done
[ "$(head -c 8 pictures/photo.jp2 | tail -c 4)" = 'jP  ' ] || fail "the photo is no JPEG 2000"
[ "$(stat -c %a pictures/photo.jp2)" = 600 ] || fail "others may look at the photo"
read_card age --birth-date known/birth-date | jq -e '.born == "1995-06-07"' > /dev/null || fail "age"

proves "a root that has not certified the card's signer is told apart"
other_root
expect 1 'card_signer_unknown' read_card age --birth-date known/birth-date --root other.der

proves "a password is not sent to each card that is there"
echo WRONG9 > password
expect 1 'card_several' "$SHOMEI" --json card info --with-signature-certificate --pin password
"$SHOMEI" --json card info > info.json
jq -e '(.cards | length) == 2 and .cards[0].signature.tries_left == 5' info.json > /dev/null ||
  fail "a try was spent" "$(cat info.json)"
echo 0000 > wrong-pin
expect 1 'several cards' "$SHOMEI" card sign --kind user_authentication --pin wrong-pin --in letter --out no.sig
expect 1 'several cards' "$SHOMEI" card sign --kind user_authentication --pin-fd 7 --in letter --out no.sig 7< wrong-pin
expect 1 'several cards' "$SHOMEI" card change-pin --kind user_authentication --pin wrong-pin --new-pin pin
expect 1 'several cards' "$SHOMEI" card read attributes --pin wrong-pin
"$SHOMEI" --json card info > after.json
[ "$(jq -c '.cards | map(.pins)' info.json)" = "$(jq -c '.cards | map(.pins)' after.json)" ] ||
  fail "a try was spent" "$(cat after.json)"

proves "an odd number is not sent; a wrong one costs a try; the last one is spent by no program alone"
printf '12345\n' > odd
expect 2 'digits_form' read_card number --pin odd
printf '9999\n' > wrong
expect 1 '"pin_wrong"' read_card number --pin wrong
expect 1 '"pin_wrong"' read_card number --pin wrong
expect 1 'pin_last_try' read_card number --pin known/pin
read_card number --pin known/pin --last-try > /dev/null || fail "the last try was right"
