# What the conformance scripts share; sourced by them. The environment names $SHOMEI (the program) and $MADE_HOME (the
# home that make_home.sh made, which is copied and never changed).
set -euo pipefail

source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hero=q7k2m9xa
office=inagi-city-hall
pin=1234
password=ABC123
kinds='signature user_authentication'

work=$(mktemp -d)
leave_work() { rm -rf "$work"; }
trap leave_work EXIT

# copy_home NAME: a home of this test's own, at $work/NAME; commands use it until the next copy.
copy_home() {
  cp -a "$MADE_HOME" "$work/$1"
  export SHOMEI_HOME=$work/$1
}

shomei() { "$SHOMEI" "$@"; }

fail() {
  echo "FAILED: $1" >&2
  shift
  [ $# -eq 0 ] || printf '  | %s\n' "$@" >&2
  exit 1
}

proves() { echo "proves: $1"; }

# run COMMAND...: its output, both streams, goes to $said and its exit code to $code.
run() {
  code=0
  said=$("$@" 2>&1 < "${input:-/dev/null}") || code=$?
}

# expect CODE PATTERN COMMAND...: CODE is a number, or "not0"; a line of the output must match PATTERN (extended).
expect() {
  local wanted=$1 pattern=$2
  shift 2
  run "$@"
  case $wanted in
    not0) [ "$code" -ne 0 ] || fail "exit 0, and something else was due, from: $*" "$said" ;;
    *) [ "$code" -eq "$wanted" ] || fail "exit $code instead of $wanted from: $*" "$said" ;;
  esac
  grep -qE -- "$pattern" <<< "$said" || fail "no line matches \"$pattern\" from: $*" "$said"
}

# expect_error CODE FAULT ERROR shomei COMMAND...: a refusal with --json: one sentence for people that matches $sentence, and
# one document on stdout. The first of each FAULT is asked for a second time without --json, and is the sentence alone.
declare -A told_people=()
expect_error() {
  local wanted=$1 fault=$2 error=$3
  shift 4
  code=0
  "$SHOMEI" --json "$@" > "$work/document" 2> "$work/people" < "${input:-/dev/null}" || code=$?
  said=$(cat "$work/people")
  [ "$code" -eq "$wanted" ] || fail "exit $code instead of $wanted from: --json $*" "$said"
  grep -qE -- "${sentence:-.}" <<< "$said" || fail "no line matches \"${sentence:-.}\" from: $*" "$said"
  [ "$(wc -l <<< "$said")" -le "${lines_max:-1}" ] || fail "more than one line from: $*" "$said"
  jq -es --arg fault "$fault" --arg error "$error" 'length == 1 and (.[0].error |
    .fault == $fault and .code == $error and has("rule") and (.parameters | type == "object") and (.says | length > 20))' \
    "$work/document" > /dev/null || fail "not the error document of $fault, $error, from: $*" "$(cat "$work/document")"
  [ -z "${told_people[$fault]:-}" ] || return 0
  told_people[$fault]=yes
  expect "$wanted" . shomei "$@"
  [ "$said" = "$(cat "$work/people")" ] || fail "another sentence without --json from: $*" "$said"
}

# All that the store of the home holds, as one line to compare.
stored() { sqlite3 "$SHOMEI_HOME/store.sqlite" .dump | sha256sum; }

same_bytes() { cmp "$1" "$2" || fail "$1 and $2 differ"; }

# await SECONDS WHAT COMMAND...: until the command succeeds.
await() {
  local end=$((${EPOCHREALTIME//[!0-9]/} + $1 * 1000000)) what=$2
  shift 2
  until "$@" > /dev/null 2>&1; do
    [ "${EPOCHREALTIME//[!0-9]/}" -lt "$end" ] || fail "in vain awaited: $what"
    sleep 0.05
  done
}

# The ceremony file of another generation of the signature authority.
second_ceremony() {
  cat <<END
ceremony_format = 1
title = "Second generation of the signature authority"
witnesses = ["First Witness"]
[[authority]]
kind = "signature"
generation = 2
key = "ec-p256"
place = "file"
years = 12
name = ["C=JP", "O=SHOMEI-DEMO", "OU=JPKI for digital signature", "OU=Japan Agency for Local Authority Information Systems"]
responder = { key = "ec-p256", place = "file" }
END
}

serial_of() {  # KIND [RESIDENT]
  shomei --json certificate list --resident "${2:-$hero}" |
    jq -er --arg kind "$1" '[.certificates[] | select(.kind == $kind)] | last | .serial'
}

authority_of() { echo "$SHOMEI_HOME/public/$1-1.crt"; }
