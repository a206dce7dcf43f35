#!/usr/bin/env bash
# Bad input at the command line: one sentence for people, one document for programs, the exit code of the design, and nothing
# stored.
. "$(dirname "$0")/shell.sh"

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")/pins" .
other=j8x5p2hk

stored_before=$(stored)
nothing_stored() { [ "$(stored)" = "$stored_before" ] || fail "something was stored"; }
issue() { echo shomei counter issue --office "$office" --resident "$1" --pins "$2"; }

proves "a malformed register line is named by file and line, and no line of the file is taken in"
line() {
  echo "{\"name\":\"$1\",\"address\":\"東京都稲城市百村1\",\"gender\":\"$2\",\"born\":\"$3\",\"status\":\"japanese\"," \
    "\"municipality\":\"13225\",\"card\":{\"valid_until\":\"2034-05-05\"}}"
}
{ line 見本　一郎 male 1990-01-02; line 見本　二郎 mal 1990-01-02; } > gender.jsonl
{ line 見本　一郎 male 1990-01-02; line 見本　二郎 male 1990-02-30; } > day.jsonl
{ line 見本　一郎 male 1990-01-02; line 見本　二郎 male 1990-01-02 | head -c 60; echo; } > cut.jsonl
sentence='gender.jsonl:2: .*gender.*mal' expect_error 2 malformed value_unknown shomei resident import gender.jsonl
sentence='day.jsonl:2: .*1990-02-30' expect_error 2 malformed date_form shomei resident import day.jsonl
sentence='cut.jsonl:2: .* at byte 61' expect_error 2 malformed json_form shomei resident import cut.jsonl
nothing_stored

proves "who and what is not there is named: exit 1"
sentence='"nobody"' expect_error 1 not_found resident_unknown $(issue nobody pins)
sentence='no-such-office' expect_error 1 not_found office_unknown \
  shomei counter issue --office no-such-office --resident "$other" --pins pins
sentence='FFFFFFFFFFFFFFF1' expect_error 1 not_found certificate_unknown shomei certificate show --serial FFFFFFFFFFFFFFF1
sentence='absent.jsonl' expect_error 1 not_found file_missing shomei resident import absent.jsonl
nothing_stored

proves "a command line that cannot be understood is malformed input as well: exit 2"
lines_max=2 sentence='--office is required' expect_error 2 malformed usage_form shomei counter issue
lines_max=2 sentence='--unheard-of' expect_error 2 malformed usage_form shomei resident list --unheard-of

proves "PINs of the wrong form: exit 2, no card is made"
printf '12a4\nABC123\n' > letters
printf '1234\nABC12\n' > short
printf '1234\n' > one
expect_error 2 malformed pin_form $(issue "$other" letters)
expect_error 2 malformed password_form $(issue "$other" short)
expect_error 2 malformed pins_missing $(issue "$other" one)
expect_error 2 malformed pins_missing $(issue "$other" /dev/null)
[ "$(shomei --json certificate list --resident "$other")" = '{"certificates":[]}' ] || fail "a certificate was issued"
nothing_stored

proves "certificates are listed of a resident or of an office, newest first and a page at a time"
expect_error 2 malformed certificates_of_what shomei certificate list
expect_error 2 malformed certificates_of_what shomei certificate list --resident "$hero" --office "$office"
expect_error 2 malformed option_unfit shomei certificate list --resident "$hero" --count 1
expect_error 2 malformed number_form shomei certificate list --office "$office" --count 0
expect_error 1 not_found office_unknown shomei certificate list --office nowhere-1
serials() { shomei --json certificate list --office "$office" "$@" | jq -r '.certificates[].serial'; }
mapfile -t all < <(serials)
[ "${#all[@]}" -eq 2 ] && [ "$(serials --count 1)" = "${all[0]}" ] && [ "$(serials --after "${all[0]}")" = "${all[1]}" ] ||
  fail "not two certificates, the newest first" "${all[*]}"

proves "what the journal keeps for ever is a line that can be read, and nobody vouches for himself"
key=$(printf '%064d' 0)
block() { echo shomei bad-keys block --office "$office" --sha256 "$key"; }
for name in $'\xff' $'a\nb' 'x via CN=counter-1,O=Inagi'; do
  sentence='100 bytes' expect_error 2 malformed officer_name_form $(block) --cause found --officer "$name"
done
for text in $'\xff' $'a\nb'; do
  sentence='200 bytes' expect_error 2 malformed cause_form $(block) --cause "$text"
  sentence='200 bytes' expect_error 2 malformed ground_form \
    shomei journal erase --office "$office" --resident "$other" --ground "$text"
done
nothing_stored

proves "a file that is not what it should be is named"
shomei journal checkpoint --out kept > checkpoint
echo nothing > void
vkey=$(cat "$SHOMEI_HOME/public/checkpoint.vkey")
sentence='^shomei: void: ' expect_error 2 malformed checkpoint_form shomei journal compare kept void --key "$vkey"
sentence='^shomei: void: ' expect_error 2 malformed checkpoint_form shomei journal compare void kept --key "$vkey"
sentence='^shomei: void: ' expect_error 2 malformed receipt_form shomei journal prove --receipt void
shomei journal receipt --resident "$hero" --out receipt > made
sentence='^shomei: void: ' expect_error 2 malformed checkpoint_form shomei journal prove --receipt receipt --since void
sentence='^shomei: void: ' expect_error 2 malformed pem_form shomei bad-keys show --certificate void
head -c 300 /dev/zero | tr '\0' 1 > long
sentence='long has a line' expect_error 2 malformed secret_file_form $(issue "$other" long)
sentence='107 bytes' expect_error 2 malformed socket_path_form \
  shomei counter issue --office "$office" --resident "$other" --pins pins --authority "unix:/$(head -c 107 long)"
nothing_stored

proves "a certificate that came to nothing is not written, and the file stays"
serial=$(serial_of signature)
copy_home came_to_nothing
sqlite3 "$SHOMEI_HOME/store.sqlite" "UPDATE certificate SET state = 'written_off' WHERE hex(serial) = '$serial';
  DELETE FROM certificate_der WHERE number IN (SELECT number FROM certificate WHERE state = 'written_off')"
echo mine > mine.crt
sentence="$serial.*written_off" expect_error 1 not_found certificate_not_made \
  shomei certificate show --serial "$serial" --out mine.crt
[ "$(cat mine.crt)" = mine ] || fail "the file was overwritten"
expect 0 written_off shomei certificate show --serial "$serial"
export SHOMEI_HOME=$work/home

proves "a home of a newer version is left alone: its store, and its settings"
sqlite3 "$SHOMEI_HOME/store.sqlite" 'PRAGMA user_version' > version
sqlite3 "$SHOMEI_HOME/store.sqlite" 'PRAGMA user_version = 9999'
before=$(sha256sum < "$SHOMEI_HOME/store.sqlite")
sentence='newer' expect_error 1 refused home_newer shomei resident list
sentence='newer' expect_error 1 refused home_newer $(issue "$other" pins)
sentence='newer' expect_error 1 refused home_newer shomei serve
[ "$(sha256sum < "$SHOMEI_HOME/store.sqlite")" = "$before" ] || fail "the store has changed"
sqlite3 "$SHOMEI_HOME/store.sqlite" "PRAGMA user_version = $(cat version)"
cp "$SHOMEI_HOME/shomei.toml" settings
sed -i 's/^format = 1$/format = 9999/' "$SHOMEI_HOME/shomei.toml"
sentence='9999.*newer' expect_error 1 refused settings_newer shomei resident list
sentence='9999.*newer' expect_error 1 refused settings_newer $(issue "$other" pins)

proves "settings that cannot be read are named by file and line"
{ cat settings; echo 'colour = "red"'; } > "$SHOMEI_HOME/shomei.toml"
lines=$(wc -l < "$SHOMEI_HOME/shomei.toml")
sentence="shomei.toml:$lines: .*colour" expect_error 2 malformed setting_unknown shomei resident list
{ echo 'format ='; cat settings; } > "$SHOMEI_HOME/shomei.toml"
sentence='shomei.toml:1: ' expect_error 2 malformed settings_form shomei resident list
cp settings "$SHOMEI_HOME/shomei.toml"
nothing_stored

proves "a home that is not there says how to make one; one that is there is not made again"
sentence='init' expect_error 1 not_found home_missing shomei --home absent resident list
expect_error 1 not_found home_missing shomei --home absent serve
[ ! -e absent ] || fail "a home was made by asking for it"
sentence='is there already' expect_error 1 conflict home_exists shomei init
mkdir occupied
echo mine > occupied/file
expect_error 1 conflict home_exists shomei --home occupied init
[ "$(ls occupied)" = file ] || fail "init wrote into a folder of somebody else"
nothing_stored

proves "init refuses what it would pass over, and makes nothing then"
made=$work/made-here
for words in '--counter unix:/x --port 9000' '--counter unix:/x --empty' '--counter unix:/x --no-authorities' \
  '--counter unix:/x --settings settings' '--counter unix:/x --at 2030-01-01T00:00:00Z' '--settings settings --port 9000' \
  '--no-authorities --at 2030-01-01T00:00:00Z'; do
  option=${words##* --}
  sentence="--${option%% *} has no meaning" expect_error 2 malformed option_unfit shomei --home "$made" init $words
done
[ ! -e "$made" ] || fail "a home was made"

proves "a counter's home is sealed as others are, by a file or by what is left ready"
echo 'a long passphrase' > passphrase
sealed() { head -c 18 "$1/keys/home.key" | grep -qx 'SHOMEI-HOME-KEY 1'; }
shomei --home by-file init --counter unix:/run/acts.sock --passphrase-file passphrase > said
sealed by-file || fail "its key is bare"
SHOMEI_PASSPHRASE_FILE=$PWD/passphrase shomei --home left-ready init --counter unix:/run/acts.sock > said
sealed left-ready || fail "its key is bare"

proves "who cannot act because the store is being moved hears it at once"
exec {acts}> "$SHOMEI_HOME/store.sqlite.acts" {moves}> "$SHOMEI_HOME/move.lock"
flock "$acts" && flock "$moves"
sentence='moving the store' expect_error 1 conflict move_under_way $(issue "$other" pins)
expect_error 1 conflict move_under_way shomei serve

proves "and a service that waits for a repair hears Ctrl-C and SIGTERM"
flock -u "$moves"
catches_term() { (($(sed -n 's/^SigCgt:\s*/0x/p' "/proc/$1/status") >> 14 & 1)); }
for signal in INT TERM; do
  "$SHOMEI" serve > waited 2>&1 &
  waits=$!
  await 10 "its handler of signals" catches_term "$waits"
  sleep 0.5
  kill "-$signal" "$waits" || fail "it did not wait" "$(cat waited)"
  code=0
  wait "$waits" || code=$?
  [ "$code" -eq 3 ] && grep -q Interrupted waited || fail "exit $code at SIG$signal" "$(cat waited)"
done
exec {acts}>&- {moves}>&-
rm "$SHOMEI_HOME/move.lock"
nothing_stored
