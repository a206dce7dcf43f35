#!/usr/bin/env bash
# The authority under load and under every fault, by the hundred, with the optimised program: ./dev soak runs it.
# SOAK_POINTS: how many in each mode; SOAK_SEED: which.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --build build/release --target shomei issue_load forgetful bent_module
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
load=$PWD/build/release/bin/issue_load
library() { find "$PWD/build/release" -name "$1" | head -1; }
points=${SOAK_POINTS:-300} seed=${SOAK_SEED:-$RANDOM}
"$load" prepare "$work/made" 40
tests/crash/crash_points.py --layer "$(library libforgetful.so)" --home "$work/made/home" --points "$points" --seed "$seed" \
  --command "$load run {home} $work/made/requests --seed {point}" \
  --check "$load check {home} $work/made/requests {log}"
tests/faults/fault_points.py --program "$load" --bent "$(library libbent_module.so)" --requests "$work/made/requests" \
  --points "$points" --seed "$seed" --verify "$PWD/build/release/bin/shomei" \
  --modes eio_sync,eio_sync_on,eio_write,eio_write_on,eio_read,eio_truncate,enospc_write_on,disk,clock,token
tests/faults/postgres_points.py --program "$load" --requests "$work/made/requests" --points "$points" --seed "$seed"
