#!/usr/bin/env bash
# Memory and time of verification must not grow with the journal: ./dev soak runs it. SOAK_ENTRIES: the larger journal.
# BUILD: where the optimised program is built (build/release).
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build/release}
cmake --build "$build" --target shomei make_journal
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shomei=$(realpath "$build/bin/shomei") maker=$(realpath "$build/bin/make_journal")

# peak COMMAND...: runs it, and leaves the peak of its memory in $mib and its time in $seconds.
peak() {
  python3 - "$@" > "$work/peak" <<'END'
import os, resource, subprocess, sys, time
begun = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=open(os.environ["SAID"], "wb"), check=False).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, round(time.monotonic() - begun, 1), code)
END
  read -r mib seconds code < "$work/peak"
  [ "$code" -eq 0 ] || { echo "exit $code from: $*"; cat "$SAID"; exit 1; }
}
export SAID=$work/said

for entries in 10000 "${SOAK_ENTRIES:-300000}"; do
  home=$work/$entries
  "$shomei" --home "$home" init --empty --port 0 > /dev/null
  rm -f "$home"/store.sqlite*
  key=$("$maker" "$home/store.sqlite" "$entries")
  echo "$key" > "$home/public/checkpoint.vkey"
  "$shomei" --home "$home" journal export --out "$home/log" > /dev/null
  for budget in 64 1; do
    for what in "" "--tiles $home/log"; do
      # shellcheck disable=SC2086
      peak "$shomei" --home "$home" --json journal verify --key "$key" --memory-mib "$budget" $what
      echo "$entries entries, budget $budget MiB${what:+, published}: peak $mib MiB, $seconds s"
      [ "$mib" -le $((budget + 32)) ] || { echo "more than the budget and 32 MiB"; exit 1; }
      jq -c . "$SAID" > "$work/report.$budget.${what:+published}"
    done
  done
  cmp "$work"/report.{64,1}.
  cmp "$work"/report.{64,1}.published
done
