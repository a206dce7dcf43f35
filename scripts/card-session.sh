#!/usr/bin/env bash
# A card that stays in its reader: `card-session.sh start RESIDENT` leaves a session of with-card.sh in the background until
# the process in run/card.pid is killed. scripts/in-card-session.sh runs commands beside it. A session whose reader shows no
# card after a minute is ended, with exit code 3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
run=$SHOMEI_HOME/run

[ "${1:-}" = start ] && [ $# -eq 2 ] || {
  echo "usage: card-session.sh start RESIDENT" >&2
  exit 2
}
rm -f "$run/card.pid"
# with-card.sh says why it gives up, and does so within the minute: 20 s for the machine's only place, 30 s for the reader.
export SHOMEI_SESSION_WAIT=${SHOMEI_SESSION_WAIT:-20}
# The held command starts when the reader shows the card; its end ends the session.
setsid nohup "$here/with-card.sh" --home "$SHOMEI_HOME" --resident "$2" -- \
  bash -c 'echo $$ > "$1/card.pid"; exec -a shomei-card-session sleep infinity' hold "$run" > "$run/card.log" 2>&1 < /dev/null &
session=$!
for _ in $(seq 600); do
  [ -s "$run/card.pid" ] && exit 0
  kill -0 "$session" 2> /dev/null || break
  sleep 0.1
done
# setsid gave the session a process group of its own, with all that it started.
there() { kill -0 -- -"$session" 2> /dev/null; }
kill -- -"$session" 2> /dev/null || true
for _ in $(seq 50); do
  there || break
  sleep 0.1
done
! there || kill -KILL -- -"$session"
rm -f "$run/card.pid"
cat "$run/card.log" >&2
exit 3
