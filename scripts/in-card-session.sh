#!/usr/bin/env bash
# Runs a command where ./start left the card in its reader.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=${SHOMEI_HOME:-$here/../shomei-home}
pid=$(cat "$home/run/card.pid" 2> /dev/null || true)
if [ -z "$pid" ] || ! kill -0 "$pid" 2> /dev/null; then
  echo "No card is in a reader: run ./start first." >&2
  exit 3
fi
[ $# -gt 0 ] || { echo "usage: ./dev card COMMAND..." >&2; exit 2; }
enter=(-m -n)
[ "$(id -u)" -eq 0 ] || enter=(-U --preserve-credentials -m -n)
export OPENSC_CONF=${OPENSC_CONF:-/run/pcscd/session/opensc.conf}
# A session in the machine's own place needs no entering (scripts/with-card.sh says when).
[ "$(readlink "/proc/$pid/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ] || exec "$@"
exec nsenter -t "$pid" "${enter[@]}" --wd="$PWD" "$@"
