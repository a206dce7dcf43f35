#!/usr/bin/env bash
# The properties of the rules on other lives than ./test has, and more of them: ./dev soak runs it. SOAK_LIVES: how many of
# each property; SHOMEI_LIVES_SEED: which.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --build build/release --target lives_test
export SHOMEI_LIVES=${SOAK_LIVES:-10000000} SHOMEI_LIVES_SEED=${SHOMEI_LIVES_SEED:-$RANDOM$RANDOM}
echo "seed $SHOMEI_LIVES_SEED"
build/release/bin/lives_test --gtest_brief=1
