#!/usr/bin/env bash
# mass_points.sh SHOMEI LAYER HOME POINTS: makes the home with six certificates and an order for all of them, and kills `mass run`
# at so many points in each mode of crash_points.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shomei=$1 layer=$2 home=$3 points=$4
export ASAN_OPTIONS=detect_leaks=0
rm -rf "$home"
"$shomei" --home "$home" init --empty --port 0 > /dev/null
"$shomei" --home "$home" bench fill --certificates 6 --without-persons > /dev/null
order=$("$shomei" --home "$home" --json mass plan revoke --query '{"kinds":["signature","user_authentication"]}' \
  --office inagi-city-hall | jq -r .order)
"$here/crash_points.py" --layer "$layer" --home "$home" --points "$points" --jobs 1 \
  --command "$shomei --home {home} mass run $order --part 2" --check "$here/mass_check.py $shomei {home} $order 6"
