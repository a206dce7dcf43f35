#!/usr/bin/env bash
# A person's whole dealing with a card, with PINs that stand nowhere by themselves, every trace on and the journal written; then
# all of it is searched for the PINs, the memory of the processes that are there and of those that are about to end too.
# SHOMEI_KEEP names a folder for what was read of memories.
. "$(dirname "$0")/session.sh"
here=$source_root/tests/conformance/card

# Four digits with a zero in front are no number of anything else. The passwords are typed in small letters.
first_pin=0858 changed_pin=0692 reset_pin=0417 wrong_pin=0973
first_word=qxzj7wvk9yhp3mrd changed_word=hf5kzq8wvx2jy4tn reset_word=wk3vjq6zxh9fyt7p wrong_word=zj8xqk4vwf6ty2hm
secrets=()
for secret in "$first_pin" "$changed_pin" "$reset_pin" "$wrong_pin" "$first_word" "$changed_word" "$reset_word" "$wrong_word"; do
  secrets+=(--secret "$secret")
done
save=(${SHOMEI_KEEP:+--save "$SHOMEI_KEEP"})
search() { python3 "$here/find_secrets.py" "${save[@]}" "$@"; }
holds() { expect 1 . search "$@"; }
clean() { expect 0 . search "${secrets[@]}" "$@"; }
# The program, looked into when it has done everything but say so.
watched() { python3 "$here/at_its_end.py" "${secrets[@]}" "${save[@]}" -- "$SHOMEI" "$@"; }

resident=f9b2k7ys
reader='Virtual PCD 00 00'
counter() { watched counter "$1" --office "$office" --resident "$resident" --authority "unix:$SHOMEI_HOME/acts.sock" "${@:2}"; }
file_of() { printf '%s\n' "$@" > "$work/typed" && echo "$work/typed"; }
slot_shows() { opensc-tool --list-readers 2> /dev/null | grep -qE "^$1 +Yes "; }

proves "issuing: an authority that serves on a socket, and a counter that sets the PINs on the card"
take_card_out TERM
sed -i 's|^acts = ""|acts = "unix:acts.sock"|' "$SHOMEI_HOME/shomei.toml"
"$SHOMEI" --json serve > serve.out 2> serve.log < /dev/null &
server=$!
trap 'kill $server ${card:-} ${tracing:-} 2> /dev/null || true; leave_work' EXIT
await 20 "the services" test -S "$SHOMEI_HOME/acts.sock"
expect 0 . counter issue --pins "$(file_of "$first_pin" "$first_word")"

proves "the card stands in a reader, traced, and is relayed into another one, traced"
"$SHOMEI" card insert --resident "$resident" --reader 127.0.0.1:35964 --trace > insert.out 2> insert.trace < /dev/null &
card=$!
await 10 "the card in the second slot" slot_shows 1
"$SHOMEI" card trace --reader 'Virtual PCD 00 01' --into 127.0.0.1:35963 --with-personal-data --out relay.trace \
  > trace.out 2> trace.err < /dev/null &
tracing=$!
await 10 "the card in the first slot" slot_shows 0

proves "its holder signs, logs in, is wrong once, and changes both PINs"
signs() { watched card sign --reader "$reader" --kind "$1" --in letter --out "$1.sig" --pin "$(file_of "$2")"; }
expect 0 . signs signature "$first_word"
expect 0 . signs user_authentication "$first_pin"
expect 1 'wrong' watched --json card sign --reader "$reader" --kind signature --in letter --out no --pin "$(file_of "$wrong_word")"
expect 1 'wrong' watched --json card sign --reader "$reader" --kind user_authentication --in letter --out no --pin "$(file_of "$wrong_pin")"
for form in "signature $first_word $changed_word" "user_authentication $first_pin $changed_pin"; do
  read -r kind old new <<< "$form"
  echo "$new" > new
  expect 0 'changed' watched card change-pin --reader "$reader" --kind "$kind" --pin "$(file_of "$old")" --new-pin new
done

proves "other programs log in and sign through this project's module"
slot_of() { pkcs11-tool --module "$SHOMEI_PKCS11" --list-token-slots | sed -n "s/^Slot \([0-9]*\) .*$reader.*/\1/p" | sed -n "$1p"; }
expect 0 . pkcs11-tool --module "$SHOMEI_PKCS11" --slot "$(slot_of 1)" --login --pin "$changed_pin" --list-objects
expect not0 'CKR_PIN_INCORRECT' pkcs11-tool --module "$SHOMEI_PKCS11" --slot "$(slot_of 1)" --login --pin "$wrong_pin" --list-objects
expect 0 . pkcs11-tool --module "$SHOMEI_PKCS11" --slot "$(slot_of 2)" --login --pin "$changed_word" --sign \
  --mechanism SHA256-RSA-PKCS --id 02 -i letter -o module.sig
cmp module.sig signature.sig || fail "the module has signed otherwise"

proves "a PIN that was forgotten is reset in two steps: opened by the issuer, set by its holder"
expect 0 'eset' counter reset-pin --reader "$reader" --kind signature --pin "$(file_of "$reset_word")"
expect 0 'eset' counter reset-pin --reader "$reader" --kind user_authentication --pin "$(file_of "$reset_pin")"
expect 0 'eset' counter reset-pin --reader "$reader" --kind input_helper --pin "$(file_of "$reset_pin")"
expect 0 . signs signature "$reset_word"

proves "the search finds what is there: the card's number in its process, the resident in the server's and in the home"
number=$(sed -n 's/^card \([^:]*\):.*/\1/p' insert.out | head -1)
holds --secret "$number" --pid "$card"
holds --secret "$resident" --pid "$server"
holds --secret "$resident" "$SHOMEI_HOME"
for form in "$(printf %s "$first_pin" | xxd -p)" "$(printf %s "$changed_word" | tr a-z A-Z | xxd -p)" "$(echo "a$reset_pin" | base64)" \
  "$(printf %s "$first_word" | base64)"; do
  echo "$form" > form
  expect 1 . search "${secrets[@]}" form
done
printf %s "$reset_pin" | iconv -t UTF-16LE > form
expect 1 . search "${secrets[@]}" form

proves "and a PIN in the memory of a client that holds one until the next is typed"
mkfifo waits
"$SHOMEI" card change-pin --reader "$reader" --kind signature --pin "$(file_of "$wrong_word")" --new-pin waits > out 2>&1 &
holding=$!
exec 6> waits  # opened by it once it has the old PIN
holds --secret "$wrong_word" --pid "$holding"
exec 6>&-
wait "$holding" || true

proves "no PIN is in the memory of the card, of the relay and of the server"
clean --pid "$card"
clean --pid "$tracing"
clean --pid "$server"

proves "no PIN is in a log or a trace, and the traces have the commands that carried them"
grep -q '^> 0020008.\[pin\]$' relay.trace || fail "no VERIFY in the relay's trace" "$(head -40 relay.trace)"
grep -qE '^0020008' insert.trace || fail "no VERIFY in the card's trace" "$(head -40 insert.trace)"
clean serve.out serve.log insert.out insert.trace trace.out trace.err relay.trace "$CARD_SESSION/card.log" "$CARD_SESSION/pcscd.log"

proves "no PIN is in the home: its store, its journal, as files and as told, and the card"
shomei journal export --out tiles > exported
shomei --json journal show > shown
[ "$(grep -c . shown)" -gt 0 ] && grep -q "$resident\|pin" shown || fail "the journal is empty" "$(head shown)"
clean tiles shown "$SHOMEI_HOME"

proves "none of them has room for a core file, and the card, told to leave one, leaves none"
for process in "$card" "$tracing" "$server"; do
  grep -qE '^Max core file size +0 +0 ' "/proc/$process/limits" || fail "room for a core file" "$(cat "/proc/$process/limits")"
done
kill -ABRT "$card"
wait "$card" 2> /dev/null || true
! compgen -G "$work/core*" > /dev/null || fail "there is a core file" "$(ls "$work")"
