#!/usr/bin/env bash
# Crash points by the hundred, with the optimised program: ./dev soak runs it. SOAK_POINTS: how many in each mode.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --build build/release --target shomei forgetful journal_writer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shomei=$PWD/build/release/bin/shomei
layer=$(find "$PWD/build/release" -name 'libforgetful.so' | head -1)
printf '1234\nABC123\n' > "$work/pins"
"$shomei" --home "$work/demo" init --port 0
tests/crash/crash_points.py --layer "$layer" --home "$work/demo" --points "${SOAK_POINTS:-300}" \
  --command "$shomei --home {home} counter issue --office inagi-city-hall --resident q7k2m9xa --pins $work/pins" \
  --check "$PWD/tests/crash/issue_check.py $shomei {home} {log} q7k2m9xa $work/pins"
"$PWD/build/release/bin/journal_writer" prepare "$work/empty"
tests/crash/crash_points.py --layer "$layer" --home "$work/empty" --points "${SOAK_POINTS:-300}" \
  --command "$PWD/build/release/bin/journal_writer write {home} 8" \
  --check "$PWD/build/release/bin/journal_writer check {home} {log}"
tests/crash/mass_points.sh "$shomei" "$layer" "$work/mass" "${SOAK_POINTS:-300}"
