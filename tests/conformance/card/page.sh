#!/usr/bin/env bash
# docs/card.md, command by command, in its order. What prepares a machine (./start, packages, PATH) is what a test has anyway;
# what is typed at a question comes from a file; the card of a resident stands for a citizen's real one.
prepare_home() {
  shomei resident event --resident "$hero" --event moved --value 神奈川県横浜市中区本町１丁目 --municipality 14104 --office "$office"
}
. "$(dirname "$0")/session.sh"
export XDG_DATA_HOME=$work/data
page=$source_root/docs/card.md
owner='例示　閏'
mkdir bin shomei-home
ln -s "$SHOMEI" bin/shomei
ln -s "$SHOMEI_HOME/public" shomei-home/public
export PATH=$work/bin:$PATH
printf '%s\n' "$pin" "$password" > pins
echo 8362 > new-pin
echo ZX81ZX > new-password
echo 'I move into the house on the hill.' > letter.pdf
cp "$(authority_of user_authentication)" authca03.cer
fingerprint=$(openssl x509 -in authca03.cer -noout -fingerprint -sha256 | cut -d= -f2)

# The commands of a section: its indented lines, and what its tables quote and can be typed as it is.
commands_of() {  # HEADING
  awk -v heading="## $1" '$0 == heading { on = 1; next } /^## / { on = 0 } on' "$page" |
    awk '/^    [^ ]/ { sub(/^    /, ""); sub(/ +# .*/, ""); print }
      /^\|/ { while (match($0, /`shomei counter [^`]*`/)) { print substr($0, RSTART + 1, RLENGTH - 2); $0 = substr($0, RSTART + RLENGTH) } }' |
    grep -v '…'
}

taken_out() { ! kill -0 "$(cat "$CARD_SESSION/card.pid")" 2> /dev/null || take_card_out TERM; }
put_in() {  # RESIDENT
  taken_out
  setpriv --pdeathsig KILL "$SHOMEI" card insert --resident "$1" > "$CARD_SESSION/card.log" 2>&1 < /dev/null &
  echo $! > "$CARD_SESSION/card.pid"
  trap 'kill "$(cat "$CARD_SESSION/card.pid")" 2> /dev/null; leave_work' EXIT
  await 10 "the card in the reader" reader_shows Yes
}

do_line() {
  echo "  $1"
  local words
  read -ra words <<< "$1"
  done_lines=$((done_lines + 1))
  case $1 in
    ./start* | export\ PATH=* | cmake\ --build*shomei-pkcs11) ;;
    './dev card build/release/bin/shomei '*) expect 0 . "$SHOMEI" "${words[@]:3}" ;;
    './dev card '*) expect 0 . "${words[@]:2}" ;;
    'shomei card insert --resident '*) put_in "${words[4]}" ;;
    'shomei counter issue '*) taken_out && expect 0 . "${words[@]}" --pins pins ;;
    'shomei counter reset-pin '*) taken_out && expect 0 . "${words[@]}" --pin password ;;
    'p11tool --provider build/release/lib/libshomei-pkcs11.so '*)
      put_in "$owner"
      expect 0 'Shomei|JPKI' p11tool --provider "$SHOMEI_PKCS11" "${words[@]:3}" ;;
    'shomei card sign --kind signature '*) expect 0 . "${words[@]}" --pin password ;;
    'shomei card change-pin --kind user_authentication') expect 0 . "${words[@]}" --pin pin --new-pin new-pin ;;
    'shomei card read '*) reader_shows Yes || put_in "$owner"; expect 0 . "${words[@]}" --pin pin ;;
    'shomei card trust add '*)
      expect_error 1 refused trust_not_pinned "${words[@]}"
      expect 0 . "${words[@]}" --fingerprint "$fingerprint" ;;
    'shomei card info' | 'shomei card verify --kind user_authentication') expect 0 . "${words[@]}" ;;
    *) fail "the page has a command that this test does not know: $1" ;;
  esac
}

follow() {  # HEADING COMMANDS-MIN
  done_lines=0
  local lines
  mapfile -t lines < <(commands_of "$1")
  for line in "${lines[@]}"; do do_line "$line"; done
  [ "$done_lines" -ge "$2" ] || fail "only $done_lines commands under \"$1\""
}

proves "an app developer can type what the page says, in its order"
follow 'You write an app that takes the card' 11
proves "the PIN and the password that the page names open the card that ./start leaves in the reader"
put_in "$hero"
grep -q "Her PIN is \`$pin\`, her password for signatures \`$password\`" "$page" || fail "the page names other ones"
"$SHOMEI" card sign --kind signature --in letter --out signature.sig --pin password > out
"$SHOMEI" card sign --kind user_authentication --in letter --out authentication.sig --pin pin > out
[ "$(shomei --json certificate list --resident "$hero" | jq -r '.certificates[] | select(.kind == "signature") | .state')" = revoked ] ||
  fail "the signature certificate was to be revoked"

proves "a citizen can type what the page says, in its order"
put_in "$owner"
follow 'You have a card, and Linux' 6
[ -s letter.pdf.p7s ] || fail "no signature"

proves "the page names the authorities whose fingerprints are known, and no others"
known=$("$SHOMEI" --json card trust | jq -r '.known_and_not_taken_in | map(.name) | sort | join(" ")')
[ "$(grep -oE '\b(sign|auth)ca0[13]\b|\bsignca02\b' "$page" | sort -u | paste -sd' ')" = "$known" ] || fail "known are: $known"
