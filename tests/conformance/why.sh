#!/usr/bin/env bash
# Why: the rules' answer from a facts file without a home, for a resident of a home, and from the journal, where every
# decision is decided again, bit for bit.
. "$(dirname "$0")/shell.sh"

cd "$work"
export SHOMEI_HOME=$work/nowhere

proves "a facts file needs no home: granted is exit 0, refused is exit 1 with the answer on stdout"
echo '{"resident":{"born":"1990-01-02","status":"japanese"},"card":{"valid_until":"2034-05-05"},"proofs":["pin"]}' > facts
shomei why --act issue --kind signature --facts facts --on 2026-11-22 --json > granted
jq -e '.decision == "granted" and .not_after == "2031-01-02" and .renewable_from == "2030-10-02" and .fee_yen == 0' \
  granted > /dev/null || fail "$(cat granted)"
rc=0
shomei why --act issue --kind signature --facts - --on 2004-11-22 --json < facts > refused || rc=$?
[ "$rc" -eq 1 ] && jq -e '.decision == "refused" and (has("fee_yen") | not)' refused > /dev/null || fail "$rc: $(cat refused)"
shomei why --act issue --kind signature --facts facts --on 2026-11-22 --lang ja | grep -q '5回目の誕生日 2031-01-02' ||
  fail "no Japanese"

proves "what cannot be read names the member: exit 2"
bad() { # bad CODE MEMBER FACTS
  echo "$3" > bad.json
  sentence="$2" expect_error 2 malformed "$1" shomei why --act issue --kind signature --facts bad.json
}
bad member_unknown resident.shoe_size '{"resident":{"born":"1990-01-02","shoe_size":42}}'
bad member_day resident.born '{"resident":{"born":"2026-02-30"}}'
bad value_unknown 'proofs\[0\]' '{"proofs":["smile"]}'
bad member_type card.kind '{"card":{"kind":3}}'
bad json_form bad.json '{"resident":'
expect_error 2 malformed question_unclear shomei why --act issue --kind signature
expect_error 2 malformed act_needed shomei why --facts facts
expect_error 2 malformed kind_needed shomei why --act issue --facts facts

proves "for a resident: what the counter would be told"
copy_home home
rc=0
shomei why --resident "$hero" --act issue --kind signature --office "$office" --json > again || rc=$?
[ "$rc" -eq 1 ] || fail "exit code $rc"
jq -e '[.rules[] | select(.outcome == "refuse") | .id] == ["one_certificate_of_a_kind"]' again > /dev/null || fail "$(cat again)"
# The home was made by the machine's clock: the window of renewal is reckoned from the certificate that it holds.
last_day=$(shomei --json certificate list --resident "$hero" | jq -er '.certificates[] | select(.kind == "signature") | .last_day')
month_before=$(date -d "$last_day - 30 days" +%F)
shomei why --resident "$hero" --act renew --kind signature --on "$month_before" --json |
  jq -e '.decision == "granted" and .ends[0].reason == "superseded"' > /dev/null || fail "no renewal in the window"

proves "an event is asked about before it is recorded, and asking changes nothing"
home_says() { shomei --json resident show --resident "$hero" && shomei --json journal verify; }
home_says > before
day=$(TZ=Asia/Tokyo date -d '+30 days' +%F)
shomei why --resident "$hero" --act event --event moved_abroad --value "$day" --json |
  jq -e --arg day "$day" '.decision == "granted" and (.ends | map(.kind) == ["signature", "user_authentication"]) and
    (.ends | all(.from == $day + "T00:00:00+09:00"))' > /dev/null || fail "no departure"
shomei why --resident "$hero" --act event --event move_out --value "$day" --abroad --continued-use --json |
  jq -e '.ends | map(.kind) == ["signature"]' > /dev/null || fail "no continued use"
home_says > after
same_bytes before after

proves "options that do not fit are not passed over: exit 2"
expect_error 2 malformed option_unfit_source shomei why --act revoke --facts facts --ground lost
expect_error 2 malformed option_unfit_source shomei why --act event --facts facts --event moved
expect_error 2 malformed option_unfit_source shomei why --act issue --kind signature --facts facts --office "$office"
expect_error 2 malformed option_unfit_source shomei why --journal 1 --on 2026-11-22
today=$(TZ=Asia/Tokyo date +%F)
event() { expect_error 2 malformed option_unfit shomei resident event --resident "$hero" --office "$office" --event "$@"; }
event died --value "$today" --abroad
event renamed --value 見本　春子 --municipality 14104
event move_out --value "$day" --continued-use
event card_returned --value "$today"
home_says > after
same_bytes before after

proves "every decision in the journal is decided again, bit for bit: issues, a refusal, an event, a revocation"
printf '1234\nABC123\n' > pins
expect_error 1 refused certificate_held_already shomei counter issue --office "$office" --resident "$hero" --pins pins
shomei resident event --resident "$hero" --event renamed --value 見本　春子 --office "$office" > /dev/null
shomei counter revoke --office "$office" --serial "$(serial_of user_authentication)" --ground stolen > /dev/null
decided=0  # two issues, the refusal that is asked for twice, an event, a revocation
for sequence in $(shomei --json journal show --person | jq '.entries[] | select(.person.decision) | .sequence'); do
  shomei why --journal "$sequence" > replay || [ "$(shomei --json why --journal "$sequence" | jq -r .decision)" = refused ] ||
    fail "entry $sequence: $(cat replay)"
  grep -q 'bit for bit' replay || fail "entry $sequence: $(cat replay)"
  decided=$((decided + 1))
done
[ "$decided" -eq 6 ] || fail "$decided decisions"
shomei --json journal show --person | jq -e '[.entries[] | select(.operator.act == "revoke") | .person.decision | fromjson |
  .ends[0].reason] == ["keyCompromise"]' > /dev/null || fail "another reason"
expect_error 1 not_found entry_without_decision shomei why --journal 0
expect_error 1 not_found entry_unknown shomei why --journal 999999

proves "what an operator set is recorded with the decision, and a later change of the settings does not reach it"
sed -i 's/^reason_of_death = .*/reason_of_death = "affiliationChanged"/' "$SHOMEI_HOME/shomei.toml"
shomei resident event --resident "$hero" --event died --value "$(TZ=Asia/Tokyo date +%F)" --office "$office" > /dev/null
last=$(($(shomei --json journal verify | jq .entries) - 1))
sed -i 's/^reason_of_death = .*/reason_of_death = "cessationOfOperation"/' "$SHOMEI_HOME/shomei.toml"
shomei why --journal "$last" | grep -q 'bit for bit' || fail "the settings of then are lost"
