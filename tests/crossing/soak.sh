#!/usr/bin/env bash
# A hundred thousand acts by 64 workers at two processes over PostgreSQL, and as many as fit over SQLite, with the optimised
# program: ./dev soak runs it. SOAK_ACTS: how many; SOAK_SEED: which. Figures: docs/measurements.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build/release}
cmake --build "$build" --target shomei
acts=${SOAK_ACTS:-100000} seed=${SOAK_SEED:-$RANDOM}
python3 tests/crossing/fuzz.py "$build/bin/shomei" --acts "$acts" --workers 64 --seed "$seed"
python3 tests/crossing/fuzz.py "$build/bin/shomei" --acts "$((acts / 10))" --workers 64 --engine sqlite --seed "$seed"
