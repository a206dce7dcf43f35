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

proves "nothing is made up in a home that is no demo"
sed -i 's/^demo = true/demo = false/' "$SHOMEI_HOME/shomei.toml"
expect_error 1 refused drill_too_few shomei drill revoke --issuer user_authentication-1 --count 40 --out earnest
