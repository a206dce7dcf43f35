#!/usr/bin/env bash
# The journal before outsiders: exported and served, read by shomei without a home, by the Python verifier and by Go's client
# of transparency logs; then bent, rolled back and forked.
. "$(dirname "$0")/../services/running.sh"

here=$source_root/tests/conformance/journal
key=$(cat "$SHOMEI_HOME/public/checkpoint.vkey")
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/go GOFLAGS=-p=1
outsider() { env -u SHOMEI_HOME "$SHOMEI" --json "$@"; }
python() { python3 "$here/../verify_journal.py" "$@"; }

proves "exported tiles hold for three clients that share no code"
shomei journal export --out log > exported
cp log/checkpoint older
# Enough for full tiles and a second level.
python3 - > people <<'END'
import json
for i in range(600):
    print(json.dumps({"name": f"見本　{i}", "address": "東京都稲城市東長沼2111", "gender": "female", "born": "1990-01-02",
                      "status": "japanese", "municipality": "13225"}, ensure_ascii=False))
END
shomei resident import people > imported
shomei journal export --out log > exported
[ -f log/tile/0/001 ] && [ -f log/tile/1/000.p/2 ] || fail "no full tiles" "$(find log -type f)"
[ ! -e log/tile/0/000.p ] || fail "a partial tile stayed behind its full one"
outsider journal verify --tiles log --key "$key" --since older > held
jq -e '.holds and .entries > 600 and .tiles >= 4' held > /dev/null || fail "$(cat held)"
python log "$key" --since older
go build -o log_client "$here/log_client.go"
./log_client log "$key" older

proves "what is served is what is exported, and is verified over HTTP"
for base in "$authority" "$status"; do
  curl -fsS "$base/checkpoint" | cmp - log/checkpoint
  curl -fsS "$base/tile/0/000" | cmp - log/tile/0/000
  curl -fsS "$base/tile/entries/001" | cmp - log/tile/entries/001
  outsider journal verify --tiles "$base" --key "$key" --since older | jq -e .holds > /dev/null
done
python "$authority" "$key"
curl -sSI "$status/tile/0/000" | grep -qi '^cache-control: public, max-age=31536000, immutable' || fail "no caching"
curl -sSI "$status/checkpoint" | grep -qi '^cache-control: no-cache' || fail "a checkpoint is kept"
[ "$(curl -s -o problem -w '%{http_code}' "$status/tile/0/009")" = 404 ] || fail "$(cat problem)"
outsider journal compare older log/checkpoint --key "$key" --tiles "$authority" | jq -e .consistent > /dev/null

proves "a second export writes what is new, and keeps the rest"
shomei --json journal export --out log | jq -e '.written == 1 and .kept > 6' > /dev/null || fail "not resumed"

proves "every change is found by all three"
bent() {  # FILE OFFSET
  rm -rf bent && cp -r log bent
  python3 - "bent/$1" "$2" <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[int(sys.argv[2])] ^= 1
open(sys.argv[1], "wb").write(data)
END
  expect 1 . outsider journal verify --tiles bent --key "$key"
  expect 1 . python bent "$key"
}
bent tile/0/001 4000
expect 1 leaf_wrong outsider journal verify --tiles bent --key "$key"
expect 1 . ./log_client bent "$key"
bent tile/1/000.p/2 3
expect 1 . ./log_client bent "$key"
bent tile/entries/000 777
expect 1 . ./log_client bent "$key"
bent checkpoint 30
expect 1 . ./log_client bent "$key"

proves "a rollback and a fork are found, and the fork is proven"
kill "$serve" && wait "$serve" || true  # nothing else writes into either history
cp -a "$SHOMEI_HOME" fork
moves_to() {  # HOME ADDRESS
  SHOMEI_HOME=$1 shomei resident event --resident "$hero" --event moved --value "$2" --municipality 14104 \
    --office "$office" > /dev/null
}
moves_to "$SHOMEI_HOME" 神奈川県横浜市中区本町１丁目
moves_to fork 神奈川県横浜市中区本町９丁目
shomei journal checkpoint --out one > /dev/null
SHOMEI_HOME=fork shomei journal checkpoint --out two > /dev/null
expect 1 'FORK IS PROVEN' shomei journal compare one two --key "$key" --out proof
jq -e '.fork.older and .fork.newer and .fork.path == []' proof > /dev/null || fail "no proof"
moves_to fork 神奈川県横浜市中区本町７丁目
SHOMEI_HOME=fork shomei journal checkpoint --out three > /dev/null
SHOMEI_HOME=fork shomei journal export --out forked > /dev/null
expect 2 'different sizes' shomei journal compare one three --key "$key"
expect 1 'FORK IS PROVEN' shomei journal compare one three --key "$key" --tiles forked --out proof
jq -e '.fork.path | length > 1' proof > /dev/null || fail "no path"
expect 0 'of one journal' shomei journal compare two three --key "$key" --tiles forked
expect 1 forked outsider journal verify --tiles forked --key "$key" --since one
expect 1 'rolled back' outsider journal verify --tiles log --key "$key" --since one
expect 1 export_of_another shomei --json journal export --out forked
