#!/usr/bin/env bash
# Every figure of the card in one go, each beside its peer or raw rate; `./dev bench card` runs it. bench/README.md says what it
# takes and leaves.
#   --only A,B  some of: reader one-core chips issue
#   --runs N    of each figure (default 5)     --json   one document, and no table
#   --trial     one short run of each: its figures say nothing
set -euo pipefail
cd "$(dirname "$0")/.."
only=reader,one-core,chips,issue runs=5 json='' trial=
while [ $# -gt 0 ]; do
  case $1 in
    --only) only=$2; shift ;;
    --runs) runs=$2; shift ;;
    --json) json=--json ;;
    --trial) trial=yes runs=1 ;;
    *) echo "bench/card.sh: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
commands=2000 lines=5000 speed=2 chips=1000 cards=20
[ -z "$trial" ] || { commands=100 lines=1000 speed=1 chips=50 cards=2; }
shomei=$(realpath "${SHOMEI:-build/release/bin/shomei}")
mkdir -p "${BENCH_DIR:-build/bench}"
results=$(realpath "${BENCH_DIR:-build/bench}")/card.jsonl
resident=q7k2m9xa

wants() { [[ ",$only," == *",$1,"* ]]; }
say() { echo "== $*" >&2; }
record() { jq -c --arg figure "$1" '{figure: $figure, found: .}' >> "$results"; }

# Microseconds of one SELECT by scriptor: many in one session without those of a session of one.
ask_scriptor() {
  local reader='Virtual PCD 00 00' began between ended
  { echo 00A4040C0AD392F000260100000001; for _ in $(seq "$lines"); do echo 00A4020C02000A; done; } > "$bench/many"
  head -2 "$bench/many" > "$bench/few"
  began=${EPOCHREALTIME//[!0-9]/}
  scriptor -r "$reader" "$bench/few" > /dev/null 2>&1
  between=${EPOCHREALTIME//[!0-9]/}
  scriptor -r "$reader" "$bench/many" > "$bench/said" 2> /dev/null
  ended=${EPOCHREALTIME//[!0-9]/}
  [ "$(grep -c '^< 90 00' "$bench/said")" -eq $((lines + 1)) ] || { tail -3 "$bench/said" >&2; return 4; }
  jq -nc --argjson us $((ended - between - between + began)) --argjson lines $((lines - 1)) '{us: ($us / $lines)}'
}

ask_openssl() {
  openssl speed -seconds "$speed" rsa2048 2> /dev/null | awk '/^rsa 2048/ { print "{\"signatures_per_second\": " $6 "}" }'
}

# Where the card is in its reader: this, scriptor, and what openssl signs by itself, in turns.
in_reader() {
  local run figure=$1
  for run in $(seq "$runs"); do
    say "$figure, run $run of $runs"
    "$shomei" --json bench card --pin "$bench/pin" --commands "$commands" | record "$figure"
    ask_scriptor | record "$figure-scriptor"
    ask_openssl | record "$figure-openssl"
  done
}
# Called again by with-card.sh, in the session where the reader is.
if [ -n "${CARD_BENCH:-}" ]; then
  bench=$CARD_BENCH runs=$CARD_RUNS
  in_reader "$CARD_FIGURE"
  exit
fi

[ -x "$shomei" ] || { echo "build it first: ./dev build release" >&2; exit 3; }
scripts/install.sh
# shellcheck source=bench/homes.sh
. bench/homes.sh
bench=$(mktemp -d "$(dirname "$results")/run.XXXXXX")
trap 'rm -rf "$bench"' EXIT

through_reader() {  # FIGURE [TASKSET...]
  local figure=$1
  shift
  CARD_BENCH=$bench CARD_RUNS=$runs CARD_FIGURE=$figure SHOMEI=$shomei \
    "$@" scripts/with-card.sh --home "$bench/home" --resident $resident -- bench/card.sh ${trial:+--trial}
}

machine() {
  jq -nc --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg cores "$(nproc)" --arg kernel "$(uname -r)" \
    --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg commit "$(git describe --always --dirty)" --arg at "$(date -Is)" \
    --arg runs "$runs" --arg trial "$trial" '{machine: $ARGS.named}' > "$results"
}

machine
if wants reader || wants one-core; then
  "$shomei" --home "$bench/home" init > /dev/null
  printf '1234\nABC123\n' | "$shomei" --home "$bench/home" counter issue --office inagi-city-hall --resident $resident --pins - > /dev/null
  (umask 077; echo 1234 > "$bench/pin")
fi
! wants reader || through_reader reader
! wants one-core || through_reader one-core taskset -c 0
if wants chips; then
  for run in $(seq "$runs"); do
    say "$chips cards in one process, run $run of $runs"
    "$shomei" --json bench chips --chips "$chips" | record chips
  done
fi
if wants issue; then
  make_home "$bench/issuing" rsa-2048 rsa-2048
  for run in $(seq "$runs"); do
    say "cards issued whole, run $run of $runs"
    "$shomei" --home "$bench/issuing" --json bench card-issue --cards "$cards" | record issue
  done
fi
python3 bench/card_table.py $json "$results"
