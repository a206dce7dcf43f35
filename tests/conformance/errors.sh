#!/usr/bin/env bash
# Bad input at the command line: one sentence for people, one document for programs, the exit code of the design, and nothing
# stored.
. "$(dirname "$0")/shell.sh"

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")/pins" .
other=j8x5p2hk

entries() { shomei --json journal verify | jq -e .entries; }
residents() { shomei --json resident list | sha256sum; }
residents_before=$(residents)
entries_before=$(entries)
nothing_stored() {
  [ "$(residents)" = "$residents_before" ] || fail "the register has changed"
  [ "$(entries)" -eq "$entries_before" ] || fail "the journal has changed"
}
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

# Root may read everything; without these two capabilities it is as others are.
unprivileged=()
[ "$(id -u)" -ne 0 ] || unprivileged=(setpriv --bounding-set=-dac_override,-dac_read_search)
"${unprivileged[@]}" true 2> /dev/null || { echo "skipped: no way to go without root's rights"; exit 0; }
shomei_program=$SHOMEI
export SHOMEI=$work/unprivileged
printf '#!/bin/sh\nexec %s "$@"\n' "${unprivileged[*]} $shomei_program" > "$SHOMEI"
chmod +x "$SHOMEI"

proves "a home without the right to it is named: exit 3"
chmod 000 "$SHOMEI_HOME"
sentence='Permission denied' expect_error 3 unavailable file_unreadable shomei resident list
sentence='Permission denied' expect_error 3 unavailable file_unreadable $(issue "$other" pins)
chmod 700 "$SHOMEI_HOME"
chmod 000 "$SHOMEI_HOME/keys"
sentence='keys/.*Permission denied' expect_error 3 unavailable file_unreadable $(issue "$other" pins)
chmod 700 "$SHOMEI_HOME/keys"
chmod 500 "$SHOMEI_HOME/cards"
sentence='cards/.*Permission denied' expect_error 3 unavailable file_write_failed $(issue l6n3c9fb pins)
chmod 700 "$SHOMEI_HOME/cards"
nothing_stored
