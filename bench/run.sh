#!/usr/bin/env bash
# Every figure of the authority in one go, each beside its peer or raw rate; `./dev bench` runs it. bench/README.md says what
# it takes and leaves.
#   --large N      also at N stored certificates     --only A,B  some of: sqlite postgres p384 http find
#   --runs N       of each figure (default 3)        --trial     one short run of each: its figures say nothing
set -euo pipefail
cd "$(dirname "$0")/.."
large=0 runs=3 only=sqlite,postgres,p384,http,find trial=
while [ $# -gt 0 ]; do
  case $1 in
    --large) large=$2; shift ;;
    --only) only=$2; shift ;;
    --runs) runs=$2; shift ;;
    --trial) trial=yes runs=1 ;;
    *) echo "bench/run.sh: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
shomei=$(realpath "${SHOMEI:-build/release/bin/shomei}")
mkdir -p "${BENCH_DIR:-build/bench}"
results=$(realpath "${BENCH_DIR:-build/bench}")/results.jsonl
stored=10000 requests=20000 rounds=5 raw_ms=2000 seconds=20 questions=5000
[ -z "$trial" ] || { stored=200 requests=400 rounds=2 raw_ms=100 seconds=2 questions=50; }

# shellcheck source=bench/homes.sh
. bench/homes.sh
# shellcheck source=bench/postgres.sh
. bench/postgres.sh
# shellcheck source=bench/cfssl.sh
. bench/cfssl.sh

wants() { [[ ",$only," == *",$1,"* ]]; }
say() { echo "== $*" >&2; }
# Homes, database and peer stand in a folder of this run, and it alone is removed.
bench=$(mktemp -d "$(dirname "$results")/run.XXXXXX")
clean_up() { stop_cfssl; stop_postgres; rm -rf "$bench"; }
trap clean_up EXIT

# record FIGURE STORE STORED: a line of results from a document on stdin.
record() {
  jq -c --arg figure "$1" --arg store "$2" --argjson stored "$3" '{figure: $figure, store: $store, stored: $stored, found: .}' >> "$results"
}

# A figure that was not reached is a line of the table and no reason to stop; what does not run at all is.
measured() {
  local code=0
  "$shomei" --json "$@" || code=$?
  [ $code -le 1 ]
}

# issue FIGURE STORE STORED HOME [OPTION...]
issue() {
  local figure=$1 store=$2 stored=$3 home=$4
  shift 4
  measured --home "$home" bench issue --requests $requests --rounds $rounds --raw-ms $raw_ms "$@" |
    record "$figure" "$store" "$stored"
}

machine() {
  jq -nc --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg cores "$(nproc)" \
    --arg memory_kib "$(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)" --arg kernel "$(uname -r)" \
    --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg program "$("$shomei" --version 2> /dev/null || git describe --always)" \
    --arg commit "$(git describe --always --dirty)" --arg at "$(date -Is)" --arg trial "$trial" \
    --arg requests $requests --arg rounds $rounds --arg runs "$runs" \
    '{machine: ($ARGS.named)}' > "$results"
}

# small FIGURE STORE AUTHORITY_KEY SUBJECT_KEY: a fresh home for each run, so that each is at that size.
small() {
  local run url home=$bench/home
  for run in $(seq "$runs"); do
    say "$1, $2, run $run of $runs"
    url=
    [ "$2" = sqlite ] || url=$(new_database "bench$run")
    make_home "$home" "$3" "$4" "$url"
    "$shomei" --home "$home" bench fill --certificates $stored > /dev/null
    [ "$2" = sqlite ] || checkpoint_postgres
    if [ "$1" = find ]; then
      measured --home "$home" bench find --questions $questions | record find "$2" $stored
    else
      issue "$1" "$2" $stored "$home" --threads 64
    fi
    rm -rf "$home"
    [ "$2" = sqlite ] || drop_database "bench$run"
  done
}

# The peer and this, in turns.
over_http() {
  local run home=$bench/home
  start_cfssl
  for run in $(seq "$runs"); do
    say "over http beside cfssl, run $run of $runs"
    ask_cfssl $seconds | record cfssl none 0
    make_home "$home" rsa-2048 rsa-2048
    "$shomei" --home "$home" bench fill --certificates $stored > /dev/null
    issue http sqlite $stored "$home" --over http --threads 8
    issue http-64 sqlite $stored "$home" --over http --threads 64
    rm -rf "$home"
  done
  stop_cfssl
}

# One home, filled once: each run adds its certificates to the millions that are there.
large_store() {
  local run url= home=$bench/home bytes
  say "$1: filling with $large certificates"
  [ "$1" = sqlite ] || url=$(new_database large)
  make_home "$home" ec-p256 rsa-2048 "$url"
  "$shomei" --home "$home" --json bench fill --certificates "$large" --without-persons | record fill "$1" "$large"
  next_generation "$home" rsa-2048
  if [ "$1" != sqlite ]; then
    checkpoint_postgres
    bytes=$(postgres_bytes large)
    jq -nc --argjson bytes "$bytes" '{store_bytes: $bytes}' | record size "$1" "$large"
  fi
  for run in $(seq "$runs"); do
    say "$1 at $large, run $run of $runs"
    issue large "$1" "$large" "$home" --threads 64
  done
  measured --home "$home" bench find --questions $questions | record find "$1" "$large"
  rm -rf "$home"
  [ "$1" = sqlite ] || drop_database large
}

[ -x "$shomei" ] || { echo "build it first: ./dev build release" >&2; exit 3; }
scripts/install.sh bench/packages.txt
machine
! wants postgres || start_postgres
! wants sqlite || small issue sqlite rsa-2048 rsa-2048
! wants postgres || small issue postgres rsa-2048 rsa-2048
! wants p384 || small p384-authority sqlite ec-p384 rsa-2048
! wants p384 || small p384-both sqlite ec-p384 ec-p384
! wants find || small find sqlite ec-p256 rsa-2048
! wants http || over_http
if [ "$large" -gt 0 ]; then
  ! wants sqlite || large_store sqlite
  ! wants postgres || large_store postgres
fi
bench/table.py "$results"
