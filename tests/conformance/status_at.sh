#!/usr/bin/env bash
# What a certificate's state was at an instant: asked in the home, checked anywhere, by this program and by one that shares no
# code with it; and what --at means.
. "$(dirname "$0")/shell.sh"

copy_home home
cd "$work"
key=$(cat "$SHOMEI_HOME/public/checkpoint.vkey")
serial=$(serial_of signature)
outsider() { env -u SHOMEI_HOME "$SHOMEI" "$@"; }
other() { python3 "$source_root/tests/conformance/check_status_at.py" "$@"; }
at() { shomei --json certificate status --serial "$serial" --at "$1"; }

# A second in which it was valid, and one after its end, each with a whole second between it and what happened.
sleep 1.1
valid=$(date -u +%FT%TZ)
sleep 1.1
shomei resident event --resident "$hero" --event moved --value 神奈川県横浜市中区本町１丁目 --municipality 14104 \
  --office "$office" > event
sleep 1.1
over=$(date -u +%FT%TZ)
sleep 1.1

proves "the state at an instant, by what is recorded now and by what was recorded then"
at "$valid" > valid.json
jq -e '.good and .known_now.state == "valid" and .known_then.state == "valid"' valid.json > answer || fail "$(cat valid.json)"
at "$over" > over.json
jq -e '(.good | not) and .known_now.state == "revoked" and .known_now.reason == "affiliationChanged" and
  .known_then.state == "revoked"' over.json > answer || fail "$(cat over.json)"
jq -e '[.changes[].change] == ["issued", "revoked"]' valid.json > answer || fail "$(cat valid.json)"
at 2020-01-01T00:00:00Z | jq -e '.known_now == {state: "unknown"}' > answer || fail "before its issue"
shomei --lang ja certificate status --serial "$serial" --at "$valid" | grep -q '時点で有効でした' || fail "no Japanese"

proves "without --at the command says what it always said"
shomei --json certificate status --serial "$serial" |
  jq -e 'keys == ["authority", "expired", "kind", "not_after", "reason", "revoked_at", "serial", "state"]' > answer ||
  fail "another document"
expect_error 2 malformed option_needs shomei certificate status --serial "$serial" --signed
expect_error 2 malformed option_unfit shomei certificate status --serial "$serial" --authority signature-1 --kind signature --at "$valid"
expect_error 1 not_found authority_unknown shomei certificate status --serial "$serial" --authority signature-9 --at "$valid"

proves "an instant to come moves the clock of a demo home, and is refused in every other"
at 2031-06-01T00:00:00+09:00 | jq -e '.known_now.expired and .produced_at >= "2031-06-01T00:00:00+09:00"' > answer ||
  fail "the clock stood"
sed -i 's/^demo = true/demo = false/' "$SHOMEI_HOME/shomei.toml"
expect_error 1 refused instant_to_come shomei certificate status --serial "$serial" --at 2031-06-01T00:00:00+09:00
at "$valid" | jq -e .good > answer || fail "an instant that is over is asked about in every home"

proves "a statement holds for whoever has the verifier key, and for a program that shares no code"
for file in valid.json over.json; do
  outsider --json certificate check-status --file "$file" --key "$key" | jq -e '.holds and (.signed | not)' > answer || fail "$file"
  other "$file" "$key" > said || fail "$(cat said)"
done

proves "a signed one too, and says who signed"
rm -f "$SHOMEI_HOME"/public/*-responder.crt
expect_error 1 refused responder_not_certified shomei certificate status --serial "$serial" --at "$over" --signed
"$SHOMEI" serve --json > serve.json 2> serve.log < /dev/null &
serve=$!
await 20 "the services" grep -q '}$' serve.json
kill "$serve" && wait "$serve" || fail "$(cat serve.log)"
shomei --json certificate status --serial "$serial" --at "$over" --signed --out signed.json |
  jq -e '.signed and (.good | not) and .file == "signed.json"' > answer || fail "$(cat answer)"
authority=$(authority_of signature)
outsider --json certificate check-status --file signed.json --key "$key" --authority-certificate "$authority" |
  jq -e '.holds and .signed and .signer_certificate' > answer || fail "$(cat answer)"
other signed.json "$key" --authority-certificate "$authority" > said || fail "$(cat said)"

proves "what was bent holds for neither"
expect_error 1 refused status_at_wrong shomei certificate check-status --file signed.json --key "$key" \
  --authority-certificate "$(authority_of user_authentication)"
refused=0
for n in 20 1000 3000 -60 -20; do
  python3 - "$n" <<'END'
import sys
text = bytearray(open("signed.json", "rb").read())
text[int(sys.argv[1])] ^= 1
open("bent.json", "wb").write(text)
END
  if outsider certificate check-status --file bent.json --key "$key" > said 2>&1; then fail "bent at $n" "$(cat said)"; fi
  if other bent.json "$key" > said; then fail "bent at $n, and the other program takes it" "$(cat said)"; fi
  refused=$((refused + 1))
done
[ "$refused" -eq 5 ] || fail "$refused"
sed 's/"state":"revoked"/"state":"valid"/' over.json > lie.json
expect_error 2 malformed status_at_form shomei certificate check-status --file lie.json --key "$key"
if other lie.json "$key" > said; then fail "the other program takes a lie" "$(cat said)"; fi
