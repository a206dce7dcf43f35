#!/usr/bin/env bash
# Mass acts other than revocation, from plan to report, beside running services: who is held, who is told what, and what becomes
# of an act that others stop, go on with, or end.
. "$(dirname "$0")/serving.sh"

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")"/{signature,user_authentication}.crt .
shomei bench fill --certificates 40 > filled
start_services

by=(--office "$office" --officer registrar)
planned() {  # ACT ARGUMENTS...: fixes an order and puts it into $order; the document is in plan.json
  "$SHOMEI" --json mass plan "$@" "${by[@]}" > plan.json || fail "no plan of: $*" "$(cat plan.json)"
  order=$(jq -er .order plan.json)
  list=$SHOMEI_HOME/mass/$order.list notices=$SHOMEI_HOME/mass/$order.notices
}
says() {  # FILE FILTER
  jq -e "$2" "$1" > /dev/null || fail "it does not say: $2" "$(cat "$1")"
}
tells_hero() {  # FILE FILTER: in one line
  jq -es --arg hero "$hero" "map(select(.resident == \$hero)) | length == 1 and (.[0] | $2)" "$1" > /dev/null ||
    fail "it does not tell the resident: $2" "$(cat "$1")"
}
certificates() { sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT count(*) FROM certificate WHERE $1"; }
entries_of() { sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT count(*) FROM journal WHERE act = '$1'"; }
holds() {
  expect 0 '^The journal holds' shomei journal verify
  expect 0 '^Nothing crossed' shomei journal check
}

proves "a plan of a suspension changes nothing; carried out it holds those of its list in parts, and nobody else"
planned suspend --query '{"kinds":["signature"]}' --cause 'the readers of a shop chain were bent'
says plan.json '.verb == "suspend" and .found.certificates == 21 and .found.by_kind == {"signature": 21} and .agreed'
openssl_says good signature signature.crt
expect 0 "$order  suspend  fixed  0 of 21" shomei mass show "$order"
"$SHOMEI" --json mass run "$order" --part 8 > run.json
says run.json '.stage == "done" and .done == 21 and .parts == 3 and .residents == 21 and .passed_over == {} and
  ([.lists[].name] | index("signature-1") and index("signature-1/13225"))'
"$SHOMEI" --json mass report "$order" > report.json
of_any_time() { jq -S 'del(.lists, .ended_at)' "$1"; }
[ "$(of_any_time run.json)" = "$(of_any_time report.json)" ] || fail "another report later" "$(cat run.json report.json)"
[ "$(certificates "state = 'suspended' AND kind = 'signature'")" = 21 ] || fail "not all are held"
[ "$(certificates "state != 'valid' AND kind != 'signature'")" = 0 ] || fail "others are held too"
openssl_says revoked signature signature.crt
grep -q 'Reason: certificateHold' <<< "$said" || fail "no hold" "$said"
openssl_says good user_authentication user_authentication.crt
shomei crl write --authority signature-1 --out held.crl > wrote
openssl crl -in held.crl -CAfile "$(authority_of signature)" -noout -text > held.txt 2> verified
[ "$(grep -c 'Certificate Hold' held.txt)" = 21 ] || fail "the list does not have all holds" "$(cat held.txt)"
tells_hero "$notices/13225.jsonl" '.what_to_do == "suspended_wait_for_word" and [.certificates[].kind] == ["signature"]'
holds

proves "the history of a resident has what happened to the own certificate among those of many, and to nobody else's"
serial=$(serial_of signature)
shomei --json journal show --resident "$hero" > history.json
says history.json "[.entries[] | select(.operator.act == \"mass_suspend\")] | length == 1 and (.[0].says |
  contains(\"$serial of signature-1 suspended\") and (split(\"suspended from\") | length == 2))"
other=$(awk -v hero="$hero" 'NR > 1 && $4 != hero {print $4; exit}' "$list")
shomei --json journal show --resident "$other" > history.json
says history.json "[.entries[] | select(.operator.act == \"mass_suspend\" and (.says | contains(\"$serial\")))] == []"

proves "a hold that the lists show is never taken back, and the counter says so: it stays held"
expect_error 1 refused hold_not_released shomei counter restore --office "$office" --serial "$serial"
openssl_says revoked signature signature.crt
[ "$(certificates "state = 'suspended'")" = 21 ] || fail "one was restored"
holds

proves "reissue and notify change no certificate, and write to each municipality whom to tell what"
states() { sqlite3 "$SHOMEI_HOME/store.sqlite" 'SELECT hex(serial), state, reason, revoked_at FROM certificate ORDER BY 1' | sha256sum; }
before=$(states)
planned reissue --query '{"municipalities":["13225"]}'
expect 0 "$order  reissue  done" shomei mass run "$order"
[ "$(ls "$notices")" = 13225.jsonl ] || fail "letters to other municipalities" "$(ls "$notices")"
sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT DISTINCT resident FROM certificate WHERE partition = '13225' ORDER BY 1" > concerned
jq -r .resident "$notices/13225.jsonl" | sort > told
same_bytes concerned told
tells_hero "$notices/13225.jsonl" '.what_to_do == "come_for_new_ones" and keys == ["certificates", "resident", "what_to_do"] and
  [.certificates[].kind] == ["signature", "user_authentication"]'
[ "$(stat -c %a "$notices/13225.jsonl")" = 600 ] || fail "others may read whom to tell"
printf '%s signature-1 # of the shop\n' "$serial" > serials
planned notify --certificates serials
expect 0 "$order  notify  done" shomei mass run "$order"
[ "$(cat "$notices"/*.jsonl | jq -rc '[.resident, .what_to_do, (.certificates | length)]')" = "[\"$hero\",\"read_the_notice\",1]" ] ||
  fail "others are told too" "$(cat "$notices"/*.jsonl)"
[ "$(states)" = "$before" ] || fail "a certificate changed"
openssl_says good user_authentication user_authentication.crt
shomei --json journal show --resident "$hero" > history.json
says history.json '[.entries[].operator.act | select(. != null and startswith("mass_"))] == ["mass_suspend", "mass_reissue", "mass_notify"]'

proves "a list that was altered is named, and hides nothing of what the others say"
cp "$list" kept
printf x >> "$list"
expect 1 "^$order .* is not the list that was fixed" shomei journal show --resident "$hero"
"$SHOMEI" --json journal show --resident "$hero" > history.json || true
says history.json "([.entries[].operator.act | select(. != null and startswith(\"mass_\"))] == [\"mass_suspend\", \"mass_reissue\"]) and
  ([.unread[] | [.order, .code]] == [[\"$order\", \"mass_list_altered\"]])"
cp kept "$list"

proves "another process stops one that runs behind the part at hand, and a third goes on to the end"
planned suspend --query '{"kinds":["user_authentication"]}'
"$SHOMEI" --json mass run "$order" --part 1 > stopped.json &
running=$!
until [ "$(entries_of "$order")" -gt 1 ]; do  # without a pause: it is soon through
  kill -0 "$running" || fail "it ended before its first part was seen" "$(cat stopped.json)"
done
kill -STOP "$running"  # so that it cannot be through before somebody says pause; and not while the store is its own
while ! sqlite3 "$SHOMEI_HOME/store.sqlite" 'BEGIN IMMEDIATE; ROLLBACK' 2> /dev/null; do
  kill -CONT "$running"
  sleep 0.005
  kill -STOP "$running" || fail "it ended before it was paused" "$(cat stopped.json)"
done
"$SHOMEI" mass pause "$order" > paused 2>&1 || { kill -CONT "$running"; fail "it was not paused" "$(cat paused)"; }
grep -q "^$order  suspend  begun" paused || fail "it does not say what was paused" "$(cat paused)"
kill -CONT "$running"
code=0
wait "$running" || code=$?
[ "$code" -eq 1 ] || fail "exit $code when it was stopped" "$(cat stopped.json)"
says stopped.json '.stage == "begun" and .done >= 1 and .done < 21 and .through == .done and .parts == .done'
[ "$(certificates "state = 'suspended' AND kind = 'user_authentication'")" = "$(jq .done stopped.json)" ] || fail "it did more than it says"
"$SHOMEI" --json mass resume "$order" > resumed.json
says resumed.json ".stage == \"done\" and .done == 21 and .parts > $(jq .parts stopped.json) and .passed_over == {}"
[ "$(certificates "state = 'suspended' AND kind = 'user_authentication'")" = 21 ] || fail "not all are held"
openssl_says revoked user_authentication user_authentication.crt
expect_error 1 refused mass_ended shomei mass resume "$order"

proves "an order that is ended does nothing from then on"
planned revoke --query '{"kinds":["user_authentication"]}'
expect 0 "$order  revoke  cancelled" shomei mass cancel "$order" "${by[@]}"
expect_error 1 refused mass_ended shomei mass run "$order"
[ "$(certificates "state = 'revoked'")" = 0 ] || fail "something was revoked"
[ "$(entries_of "$order")" = 2 ] || fail "not an intent and its end"
holds
stop_services
