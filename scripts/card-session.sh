#!/usr/bin/env bash
# A card that stays in its reader: `card-session.sh start RESIDENT` makes a private place (mount and network namespaces)
# with a pcscd of its own, puts the card into a virtual reader there, and stays in the background until it is killed.
# scripts/in-card-session.sh runs commands in that place.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
run=$SHOMEI_HOME/run

case ${1:-} in
  start)
    user_namespace=()
    [ "$(id -u)" -eq 0 ] || user_namespace=(-Ur)
    rm -f "$run/card.json"
    setsid nohup unshare "${user_namespace[@]}" -mn "$here/card-session.sh" stay "$2" > "$run/card.log" 2>&1 < /dev/null &
    for _ in $(seq 100); do
      grep -q inserted "$run/card.json" 2> /dev/null && exit 0
      sleep 0.1
    done
    echo "card-session: the card did not come into its reader; see $run/card.log" >&2
    exit 1
    ;;
  stay)
    echo $$ > "$run/card.pid"
    mkdir -p /run/pcscd 2> /dev/null || mount -t tmpfs tmpfs /run
    mkdir -p /run/pcscd
    mount -t tmpfs -o mode=755 tmpfs /run/pcscd
    ip link set lo up
    trap 'kill $(jobs -p) 2> /dev/null' EXIT TERM INT
    pcscd --foreground &
    for _ in $(seq 100); do
      [ -S /run/pcscd/pcscd.comm ] && break
      sleep 0.05
    done
    "$SHOMEI" --json card insert --resident "$2" > "$run/card.json" &
    wait
    ;;
  *)
    echo "usage: card-session.sh start RESIDENT" >&2
    exit 2
    ;;
esac
