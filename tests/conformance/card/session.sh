# A test that sources this runs again inside a session of scripts/with-card.sh, with a copy of the home whose citizen's card
# is in the reader; its lines after the source line run there. Before it, `blocked_word=6983` sets what a blocked PIN
# answers, and a function prepare_home changes the copy and says in $in_reader whose card is put in.
. "$(dirname "${BASH_SOURCE[0]}")/../shell.sh"

beside=$(dirname "$MADE_HOME")
# shellcheck disable=SC2034
module=$(compgen -G '/usr/lib/*/opensc-pkcs11.so' | head -1)

if [ -z "${CARD_SESSION:-}" ]; then
  copy_home home
  [ -z "${blocked_word:-}" ] ||
    sed -i "s/^blocked_word = \"6984\"/blocked_word = \"$blocked_word\"/" "$SHOMEI_HOME/shomei.toml"
  in_reader=$hero
  ! declare -F prepare_home > /dev/null || prepare_home
  code=0
  "$source_root/scripts/with-card.sh" --home "$SHOMEI_HOME" --resident "$in_reader" -- bash "$0" || code=$?
  exit "$code"
fi

cd "$work"
printf 'I move into the house on the hill.\n' > letter
printf '%s\n' "$pin" > pin
printf '%s\n' "$password" > password
cp "$beside"/*.crt .
for kind in $kinds; do openssl x509 -in "$kind.crt" -noout -pubkey > "$kind.pub"; done

verify_with() {  # KIND SIGNATURE: under the certificate that the authority keeps
  expect 0 '^Verified OK$' openssl dgst -sha256 -verify "$1.pub" -signature "$2" letter
}

tries_left() { "$SHOMEI" --json card info | jq -er ".$1.tries_left"; }

# The reader's own word: pcscd has seen the card go, or come.
reader_shows() { opensc-tool --list-readers 2> /dev/null | grep -qE "^0 +$1 "; }

take_card_out() {  # SIGNAL
  kill "-$1" "$(cat "$CARD_SESSION/card.pid")"
  await 5 "the card out of the reader" reader_shows No
}

put_card_in() {
  setpriv --pdeathsig KILL "$SHOMEI" card insert --resident "$hero" > "$CARD_SESSION/card.log" 2>&1 < /dev/null &
  echo $! > "$CARD_SESSION/card.pid"
  trap 'kill "$(cat "$CARD_SESSION/card.pid")"; leave_work' EXIT
  await 10 "the card in the reader" reader_shows Yes
}

login() {  # SLOT PIN
  pkcs11-tool --module "$module" --slot "$1" --login --pin "$2" --list-objects
}

sign_in_slot() {  # SLOT ID PIN OUT
  pkcs11-tool --module "$module" --slot "$1" --login --pin "$3" --sign --mechanism SHA256-RSA-PKCS --id "$2" \
    -i letter -o "$4"
}

# The settings by which openssl and curl reach the card through a PKCS#11 module.
engine_conf() {  # MODULE
  cat <<CONF
openssl_conf = main
[main]
engines = engines
[engines]
pkcs11 = card
[card]
engine_id = pkcs11
dynamic_path = $(compgen -G '/usr/lib/*/engines-3/pkcs11.so' | head -1)
MODULE_PATH = $1
init = 0
CONF
}
