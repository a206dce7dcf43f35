#!/usr/bin/env bash
# The status tier as an operator has it: it starts from a snapshot, follows the acts of other processes, says how fresh it is,
# comes back from kill -9, and answers whom it shall.
. "$(dirname "$0")/serving.sh"

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")"/{pins,signature.crt,user_authentication.crt} .
metric() { curl -sf "$metrics/metrics" | sed -n "s/^$1 //p"; }
fresh() { curl -sf "$status/freshness" | jq -e "$1" > /dev/null; }

proves "the first start makes the responders' certificates; then the status tier alone starts from a snapshot"
start_services
stop_services
shomei snapshot write > wrote
shomei --json snapshot show "$SHOMEI_HOME/public/status.snapshot" | jq -e '.certificates == 2' > said || fail "not two certificates" "$(cat said)"
start_services --only status
[ "$(metric shomei_snapshot_used)" = 1.000000 ] || fail "the snapshot was not used" "$(cat serve.log)"
both_say good signature signature.crt

proves "a revocation by another process shows at the next question, and the service says how soon"
move_house
openssl_says revoked signature signature.crt
await 10 "the probe's answer" fresh '.revocation_answered.count == 1'
fresh '.revocation_shown.count == 1 and .revocation_shown.max_ms < 5000 and .entries_behind == 0 and .trusted and .probes >= 1' ||
  fail "not fresh" "$(curl -s "$status/freshness")"
[ "$(metric shomei_revocation_shown_seconds_count)" = 1 ] || fail "the metrics say otherwise"

proves "killed, it starts and answers within a second"
kill -KILL "$serve"
wait "$serve" 2> /dev/null || true
begun=${EPOCHREALTIME//[!0-9]/}
start_services --only status
openssl_says revoked signature signature.crt
took=$(((${EPOCHREALTIME//[!0-9]/} - begun) / 1000))
[ "$took" -lt "${SHOMEI_START_MS:-5000}" ] || fail "it took $took ms"
stop_services

proves "a snapshot that was cut, bent or made by another key is not used, and the answers are right all the same"
snapshot=$SHOMEI_HOME/public/status.snapshot
cp "$snapshot" whole
refused_snapshot() {  # CODE
  start_services --only status
  [ "$(metric shomei_snapshot_used)" = 0.000000 ] || fail "it was used: $1"
  grep -q 'The status snapshot\|checkpoint' serve.log || fail "nothing is said of it: $1" "$(cat serve.log)"
  openssl_says revoked signature signature.crt
  openssl_says good user_authentication user_authentication.crt
  stop_services
}
head -c $(($(stat -c %s whole) - 1)) whole > "$snapshot"
refused_snapshot "cut"
python3 -c 'import sys; b = bytearray(open("whole", "rb").read()); b[len(b) // 2] ^= 1; sys.stdout.buffer.write(b)' > "$snapshot"
refused_snapshot "bent"
home=$SHOMEI_HOME
export SHOMEI_HOME=$work/other
shomei init --port 0 --empty > made
shomei snapshot write > wrote
cp "$SHOMEI_HOME/public/status.snapshot" "$home/public/status.snapshot"
export SHOMEI_HOME=$home
refused_snapshot "of another home"
rm "$snapshot"

proves "the revocation filter knows both certificates, and its delta what came after it"
shomei filter write > wrote
expect 1 'revoked_or_held' shomei filter check --filter "$SHOMEI_HOME/public/revocation.filter" --certificate signature.crt \
  --issuer "$(authority_of signature)" --key "$SHOMEI_HOME/public/checkpoint.vkey"
expect 0 'good' shomei filter check --filter "$SHOMEI_HOME/public/revocation.filter" --certificate user_authentication.crt \
  --issuer "$(authority_of user_authentication)"
shomei counter revoke --office "$office" --serial "$(serial_of user_authentication)" --ground lost > revoked
shomei filter delta > wrote
expect 1 'revoked_or_held' shomei filter check --filter "$SHOMEI_HOME/public/revocation.filter" \
  --delta "$SHOMEI_HOME/public/revocation.filter-delta" --certificate user_authentication.crt --issuer "$(authority_of user_authentication)"

proves "registered verifiers alone are answered, by token or by certificate, and are counted"
token=$(shomei --json verifier token --name bank.example)
secret=$(jq -r .token <<< "$token")
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=client CA' -keyout ca.key -out ca.crt 2> /dev/null
openssl req -newkey rsa:2048 -nodes -subj '/CN=shop.example' -keyout client.key -out client.csr 2> /dev/null
openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -set_serial 7 -days 2 -out client.crt 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=127.0.0.1' -addext 'subjectAltName=IP:127.0.0.1' -keyout server.key -out server.crt 2> /dev/null
cp server.key server.crt ca.crt "$SHOMEI_HOME"
sed -i -e 's/^access = "open"/access = "registered"/' -e 's/^tls = ""/tls = "127.0.0.1:0"\ntls_certificate = "server.crt"\ntls_key = "server.key"\ntls_clients = "ca.crt"/' \
  "$SHOMEI_HOME/shomei.toml"
cat >> "$SHOMEI_HOME/shomei.toml" <<END
[[verifier]]
name = "bank.example"
token_sha256 = "$(jq -r .token_sha256 <<< "$token")"
[[verifier]]
name = "shop.example"
certificate_sha256 = "$(openssl x509 -in client.crt -outform DER | sha256sum | cut -d' ' -f1)"
END
start_services
tls=$(jq -r .status_tls serve.json)
openssl ocsp -no_nonce -issuer "$(authority_of signature)" -cert signature.crt -reqout request.der > /dev/null 2>&1
answered() { curl -s -o answer -w '%{http_code}' -H 'Content-Type: application/ocsp-request' --data-binary @request.der "$@"; }
[ "$(answered "$status/ocsp")" = 401 ] || fail "a stranger was answered"
[ "$(answered -H "Authorization: Bearer $secret" "$status/ocsp")" = 200 ] || fail "the token was not taken"
[ "$(answered --cacert server.crt --cert client.crt --key client.key "$tls/ocsp")" = 200 ] || fail "the certificate was not taken" "$(cat serve.log)"
openssl_says revoked signature signature.crt -header "Authorization=Bearer $secret"
[ "$(curl -s -o answer -w '%{http_code}' "$status/crl/signature-1.crl")" = 401 ] || fail "a stranger got the list"
await 10 "the probe, which has a token of its own" fresh '.probes >= 1 and .probes_failed == 0'
curl -sf "$metrics/metrics" | grep -q '^shomei_verifier_questions_total{verifier="bank.example",answer="admitted"} 2$' || fail "it was not counted"
stop_services
shomei --json journal show --count 1000 | jq -e '[.entries[] | select(.operator.act == "verifier_counts")] | length == 1' > said ||
  fail "the counts are not in the journal"
expect 0 '^The journal holds' shomei journal verify
expect 0 '^Nothing crossed' shomei journal check
