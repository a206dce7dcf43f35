#!/usr/bin/env bash
# A mass revocation under load, whole: the plan, the act to the journal and the store, the status node beside it, the revocation
# lists, and issuing meanwhile beside itself before. `./dev bench mass` runs it.
#   --certificates N   that end (default 1000000)     --limit S   seconds for all of it (default 60)
#   --trial            short: its figures say nothing
# One line of JSON a run in build/bench/mass.jsonl, and a table on stdout. Exit code 1 when a limit was not kept.
set -euo pipefail
cd "$(dirname "$0")/.."
certificates=1000000 limit=60 requests=400 trial=
while [ $# -gt 0 ]; do
  case $1 in
    --certificates) certificates=$2; shift ;;
    --limit) limit=$2; shift ;;
    --trial) trial=yes certificates=20000 requests=60 ;;
    *) echo "bench/mass.sh: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
shomei=$(realpath "${SHOMEI:-build/release/bin/shomei}")
mkdir -p "${BENCH_DIR:-build/bench}"
results=$(realpath "${BENCH_DIR:-build/bench}")/mass.jsonl
# shellcheck source=bench/homes.sh
. bench/homes.sh
bench=$(mktemp -d "$(dirname "$results")/run.XXXXXX")
pids=()
clean_up() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2> /dev/null || true
  rm -rf "$bench"
}
trap clean_up EXIT
say() { echo "== $*" >&2; }
home=$bench/home
office=inagi-city-hall

# issue FILE: certificates by four that ask at the same time, few enough that it is waiting and no queue; what each took comes behind
# the others in FILE.
issue() {
  "$shomei" --home "$home" --json bench issue --requests $requests --threads 4 --rounds 1 --raw-ms 100 --latencies "$bench/some" \
    > /dev/null 2>&1
  cat "$bench/some" >> "$1"
}
# share FILE P: of all in FILE, what P of a hundred did not exceed
share() { sort -g "$1" | awk -v p="$2" '{ all[NR] = $1 } END { at = int(NR * p / 100 + 0.999999); print all[at < 1 ? 1 : at] }'; }
behind() { curl -s "$status/freshness" | jq .entries_behind; }
seconds_since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN { printf "%.3f", to - from }'; }

say "a home with $certificates certificates"
make_home "$home" ec-p256 ec-p256
sed -i -E 's/^(status|authority|metrics) = "127.0.0.1:[0-9]+"/\1 = "127.0.0.1:0"/; s/^acts = .*/acts = ""/' "$home/shomei.toml"
"$shomei" --home "$home" bench fill --certificates "$certificates" --without-persons > /dev/null
"$shomei" --home "$home" --json serve --only status > "$bench/serve.json" 2> "$bench/serve.log" &
pids+=($!)
for _ in $(seq 600); do [ -s "$bench/serve.json" ] && break; sleep 0.1; done
status=$(jq -r .status "$bench/serve.json")

say "issuing alone"
for _ in 1 2 3 4; do issue "$bench/quiet"; done
say "the plan"
begun=$(date +%s.%N)
order=$("$shomei" --home "$home" --json mass plan revoke --query '{"kinds":["signature","user_authentication"]}' --reason keyCompromise \
  --office $office 2> /dev/null | jq -r .order)
plan=$(seconds_since "$begun")
say "the act, with issuing beside it"
begun=$(date +%s.%N)
"$shomei" --home "$home" --json mass run "$order" > "$bench/report" 2> /dev/null &
running=$!
pids+=("$running")
lag=0
while kill -0 $running 2> /dev/null; do
  issue "$bench/meanwhile"
  now=$(behind)
  [ "${now:-0}" -le "$lag" ] || lag=$now
done
wait $running
all=$(jq -n --argjson s "$(seconds_since "$begun")" '$s')
while [ "$(behind)" != 0 ]; do sleep 0.05; done
quiet=$(share "$bench/quiet" 99) during=$(share "$bench/meanwhile" 99)
jq -c --argjson certificates "$certificates" --argjson plan "$plan" --argjson all "$all" --argjson shown "$(seconds_since "$begun")" \
  --argjson quiet "$quiet" --argjson during "$during" --argjson longest "$(share "$bench/meanwhile" 100)" \
  --argjson issues "$(wc -l < "$bench/meanwhile")" --argjson quiet_issues "$(wc -l < "$bench/quiet")" --argjson lag "$lag" --argjson limit "$limit" --arg trial "$trial" \
  --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg commit "$(git describe --always --dirty)" --arg at "$(date -Is)" \
  '{at: $at, commit: $commit, load: $load, trial: $trial, certificates: $certificates, done: .done, parts: .parts, plan_seconds: $plan,
    carried_out_seconds: (.worked_ms / 1000), with_lists_seconds: $all, shown_by_node_seconds: $shown, entries_behind_max: $lag,
    lists: (.lists | length), issues_quiet: $quiet_issues, issue_p99_quiet_ms: $quiet, issues_meanwhile: $issues,
    issue_p99_meanwhile_ms: $during, issue_longest_meanwhile_ms: $longest, ratio: ($during / $quiet),
    met: (([$all, $shown] | all(. <= $limit)) and $during <= 5 * $quiet)}' "$bench/report" | tee -a "$results" | jq .
"$shomei" --home "$home" --json journal verify | jq -e .holds > /dev/null
jq -es 'last.met' "$results" > /dev/null
