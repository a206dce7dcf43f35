#!/usr/bin/env bash
# A home on three PostgreSQL servers under Patroni, whose leader is killed, switched and cut off: ./dev soak runs it. It needs
# packages that nothing else needs, and says which. Figures: docs/measurements.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build/release}
cmake --build "$build" --target shomei
exec python3 tests/postgres/failover.py "$build/bin/shomei" "$@"
