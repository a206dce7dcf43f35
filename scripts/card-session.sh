#!/usr/bin/env bash
# A card that stays in its reader: `card-session.sh start RESIDENT` leaves a session of with-card.sh in the background until
# the process in run/card.pid is killed. scripts/in-card-session.sh runs commands beside it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
run=$SHOMEI_HOME/run

[ "${1:-}" = start ] && [ $# -eq 2 ] || {
  echo "usage: card-session.sh start RESIDENT" >&2
  exit 2
}
rm -f "$run/card.pid"
# The held command starts when the reader shows the card; its end ends the session.
setsid nohup "$here/with-card.sh" --home "$SHOMEI_HOME" --resident "$2" -- \
  bash -c 'echo $$ > "$1/card.pid"; exec -a shomei-card-session sleep infinity' hold "$run" > "$run/card.log" 2>&1 < /dev/null &
for _ in $(seq 200); do
  [ -s "$run/card.pid" ] && exit 0
  kill -0 $! 2> /dev/null || break
  sleep 0.1
done
cat "$run/card.log" >&2
exit 3
