#!/usr/bin/env bash
# The drills: on a copy of the home, which stays as it is; signed reports that say what happened.
. "$(dirname "$0")/shell.sh"
copy_home home
cd "$work"
before=$(stored)

proves "the revocation of an authority is rehearsed with nodes that follow, and the home stays as it was"
expect 0 '^Certificates revoked / .*: 40$' shomei drill revoke --issuer user_authentication-1 --count 40 --nodes 2 --counters 3 --minutes 20 \
  --out revoke
[ "$(stored)" = "$before" ] || fail "the drill changed the home"
[ -z "$(find "$work" -maxdepth 1 -name 'home.drill.*')" ] || fail "the copy is still there"
jq -e '.revoked == 40 and (.nodes | length == 2 and all(.last_is_revoked and .lag_ms.parts > 0)) and .reason == "keyCompromise" and
  .residents_to_notify == 40 and (.counters.hours | . > 13.3 and . < 13.4) and (.lists | length >= 2 and all(.bytes > 200)) and
  .seconds.last_status_answer >= .seconds.revoking' revoke.json > /dev/null || fail "the report" "$(cat revoke.json)"

expect_error 1 not_found authority_unknown shomei drill revoke --issuer signature-9 --count 40 --out slip

proves "its report is signed: a changed page or document is found"
expect 0 '^shomei drill report v1' shomei drill check revoke
cp revoke.txt bent.txt
sed 's/"revoked":40/"revoked":41/' revoke.json > bent.json
expect_error 1 refused drill_report_differs shomei drill check bent
sed 's/: 40$/: 41/' revoke.txt > bent.txt
cp revoke.json bent.json
expect_error 1 refused checkpoint_unsigned shomei drill check bent
expect_error 1 conflict file_exists shomei drill revoke --issuer user_authentication-1 --count 1 --out revoke

proves "a new generation and the way back are rehearsed"
expect 0 'ok +what_the_new_one_issued_ends' shomei drill generation --kind signature --issues 2 --out generation
jq -e '.holds and .old == "signature-1" and .new == "signature-2" and (.steps | length == 7)' generation.json > /dev/null ||
  fail "the report" "$(cat generation.json)"
[ "$(stored)" = "$before" ] || fail "the drill changed the home"

copies() { find "$work" -maxdepth 1 -name 'home.drill.*'; }
another() { copies | grep -vxF -- "$1"; }
# begun NAME ARGUMENTS...: a drill in the background, of which the copy is there; its process is $drill.
begun() {
  local known
  known=$(copies)
  "$SHOMEI" drill "${@:2}" --out "$1" > "$1.said" 2>&1 &
  drill=$!
  await 20 "a copy of the home" another "$known"
}
ended() {
  code=0
  wait "$drill" || code=$?
}

proves "a drill that is interrupted, also by a terminal that is closed, takes its copy away and says so"
interrupted() {  # SIGNAL SECONDS ARGUMENTS...
  begun slip "${@:3}"
  sleep "$2"
  kill "-$1" "$drill"
  ended
  [ "$code" -eq 3 ] && grep -q '^shomei: Interrupted' slip.said || fail "exit $code at SIG$1 of: ${*:3}" "$(cat slip.said)"
  [ -z "$(copies)" ] || fail "SIG$1 left a copy with the keys" "$(copies)"
  [ ! -e slip.json ] || fail "a report of what was interrupted"
}
interrupted HUP 0.5 revoke --issuer user_authentication-1 --count 4000
interrupted INT 0.5 generation --issues 100
[ "$(stored)" = "$before" ] || fail "the drill changed the home"

second_ceremony > second.toml
expect 0 'ceremony is complete' shomei ceremony second.toml --transcript transcript.txt

proves "what a kill leaves is named by doctor and deleted by the next drill"
begun killed revoke --issuer user_authentication-1 --count 20000
left=$(copies)
kill -KILL "$drill"
ended
expect 1 "$left looks like a copy of the home" shomei doctor
SHOMEI_LANG=ja expect 1 "$left は、中断された訓練が残したホームの複製" shomei doctor
mkdir home.drill.notes1 home.drill.notes
trap '' HUP  # as nohup does
begun lives revoke --issuer user_authentication-1 --count 100 --nodes 1
trap - HUP
kill -STOP "$drill"
lives=$drill
grep -q "^shomei: a drill was killed and had left $left: deleted$" lives.said || fail "not a word of it" "$(cat lives.said)"
[ ! -e "$left" ] || fail "the next drill did not delete it"
grep -q "^shomei: $work/home.drill.notes1 looks like a copy of the home" lives.said || fail "not a word of a folder without a lock" "$(cat lives.said)"
rmdir home.drill.notes1 home.drill.notes || fail "a folder without a lock was deleted"

proves "a generation that issues no more is filled up under its own name; the copy of a drill that lives stays where it is"
alive=$(copies)
shomei --json doctor > doctor.json || true
jq -e '[.checks[] | select(.what | contains("drill"))] == []' doctor.json > /dev/null || fail "doctor names what is in use" "$(cat doctor.json)"
expect 0 '^Certificates asked for / .*: 12$' shomei drill revoke --issuer signature-1 --count 12 --out old
jq -e '.asked == 12 and .revoked == 12 and .made_up == 22 and ([.lists[].list] | index("signature-1"))' old.json > /dev/null ||
  fail "the old generation" "$(cat old.json)"
[ "$(copies)" = "$alive" ] || fail "a drill took the copy of another" "$said"

proves "who lets a drill outlive the terminal is obeyed"
kill -HUP "$lives"
kill -CONT "$lives"
drill=$lives
ended
[ "$code" -eq 0 ] && [ -z "$(copies)" ] || fail "exit $code of the one that stood still" "$(cat lives.said)"

proves "nothing is made up in a home that is no demo"
sed -i 's/^demo = true/demo = false/' "$SHOMEI_HOME/shomei.toml"
expect_error 1 refused drill_too_few shomei drill revoke --issuer user_authentication-1 --count 40 --out earnest
