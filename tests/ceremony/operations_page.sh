#!/usr/bin/env bash
# Runs the section "From two empty tokens to a running authority" of docs/operations.md as it stands there, on two tokens of
# SoftHSM and a PostgreSQL server of its own; the ports alone are others, because several tests run at once. $SHOMEI is the
# program.
set -euo pipefail

[ -e /usr/lib/softhsm/libsofthsm2.so ] || { echo "no SoftHSM, which scripts/packages.txt has" >&2; exit 1; }
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ -n "${SERVER_PORT:-}" ] || exec python3 "$source_root/tests/postgres/with_server.py" bash "$0"
export SHOMEI_SOURCE=$source_root
work=$(mktemp -d)
leave() {
  code=$?
  if [ "$code" -ne 0 ]; then tail -n 30 "$work/said" "$work"/run/serve.log >&2 || true; fi
  rm -rf "$work"
}
trap leave EXIT

mkdir "$work/bin" "$work/tokens" "$work/run"
ln -s "$SHOMEI" "$work/bin/shomei"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" > "$work/softhsm2.conf"
export SOFTHSM2_CONF=$work/softhsm2.conf PATH=$work/bin:$PATH
# SoftHSM leaks the name of an Edwards curve at each signature; the leaks of the program itself are looked for elsewhere.
export ASAN_OPTIONS=detect_leaks=0
unset SHOMEI_HOME SHOMEI_PASSPHRASE_FILE CREDENTIALS_DIRECTORY

# Three free ports in a row: status, authority, metrics.
port=$(python3 - <<'END'
import random, socket
while True:
    first = random.randrange(20000, 32000)
    try:
        for offset in range(3):
            with socket.socket() as s:
                s.bind(("127.0.0.1", first + offset))
    except OSError:
        continue
    print(first)
    break
END
)
{
  echo "set -euo pipefail"
  echo "trap 'kill \$(jobs -p) 2> /dev/null || true' EXIT"
  echo "cd '$work/run'"
  sed -n '/^## From two empty tokens/,/^## Keys from day/p' "$source_root/docs/operations.md" |
    sed -n '/^```sh$/,/^```$/{/^```/!p}'
} > "$work/page.sh"
[ "$(wc -l < "$work/page.sh")" -gt 80 ] || { echo "the page has lost its commands" >&2; exit 1; }
sed -i -e "s/--no-authorities$/& --port $port/;t" -e "s/8440/$port/g; s/8441/$((port + 1))/g; s/127.0.0.1:5432/127.0.0.1:$SERVER_PORT/" \
  "$work/page.sh"

LC_ALL=C.UTF-8 timeout 200 bash "$work/page.sh" > "$work/said" 2>&1
for kind in signature user_authentication; do
  grep -q "^$kind.crt: OK" "$work/said"
done
[ "$(grep -c '^second.crt: OK' "$work/said")" -eq 3 ]
[ "$(grep -c '^signature.crt: OK' "$work/said")" -eq 2 ]
[ "$(grep -c '^The journal holds' "$work/said")" -eq 3 ]

# No secret has leaked into what was said or written.
for secret in root-pin status-pin passphrase store-password auditor-password; do
  ! grep -rqF -- "$(cat "$work/run/secrets/$secret")" "$work/said" "$work/run/serve.log" "$work/run/transcript.txt.json"
done
# The transcript's signature, by openssl: the text before the last blank line, under the key of the journal.
python3 "$source_root/tests/ceremony/open_note.py" "$work/run/transcript.txt" "$work/run/authority/public/checkpoint.vkey"
echo "the page does what it says"
