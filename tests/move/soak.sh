#!/usr/bin/env bash
# Moves that are killed at many moments, and the time and memory of copies: ./dev soak runs it. SOAK_KILLS: how many are killed;
# SOAK_CERTIFICATES: the larger store. BUILD: where the optimised program is built (build/release).
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build/release}
cmake --build "$build" --target shomei make_store move_store_test
export SHOMEI=$(realpath "$build/bin/shomei")
seed=${SOAK_SEED:-$RANDOM}
echo "kills, seed $seed"
SHOMEI_MOVE_KILLS=${SOAK_KILLS:-100} SHOMEI_MOVE_SEED=$seed "$build/bin/move_store_test" --gtest_filter='*KilledAtAnyMoment*'
exec python3 tests/move/measure.py "$SHOMEI" "$(realpath "$build/bin/make_store")" "${SOAK_CERTIFICATES:-200000}"
