#!/usr/bin/env bash
# A home that may not be read or written to: one sentence, one document, exit 3, and nothing stored.
. "$(dirname "$0")/shell.sh"

# Root may read everything; without these two capabilities it is as others are.
unprivileged=()
[ "$(id -u)" -ne 0 ] || unprivileged=(setpriv --bounding-set=-dac_override,-dac_read_search)
# A container may keep root from giving its rights up: ctest counts it as skipped, and says so.
"${unprivileged[@]}" true || exit 77

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")/pins" .
shomei_program=$SHOMEI
export SHOMEI=$work/unprivileged
printf '#!/bin/sh\nexec %s "$@"\n' "${unprivileged[*]} $shomei_program" > "$SHOMEI"
chmod +x "$SHOMEI"
stored_before=$(stored)
issue() { echo shomei counter issue --office "$office" --resident "$1" --pins pins; }

proves "a home without the right to it is named"
chmod 000 "$SHOMEI_HOME"
sentence='Permission denied' expect_error 3 unavailable file_unreadable shomei resident list
sentence='Permission denied' expect_error 3 unavailable file_unreadable $(issue j8x5p2hk)
chmod 700 "$SHOMEI_HOME"
chmod 000 "$SHOMEI_HOME/keys"
sentence='keys/.*Permission denied' expect_error 3 unavailable file_unreadable $(issue j8x5p2hk)
chmod 700 "$SHOMEI_HOME/keys"
chmod 500 "$SHOMEI_HOME/cards"
sentence='cards/.*Permission denied' expect_error 3 unavailable file_write_failed $(issue l6n3c9fb)
chmod 700 "$SHOMEI_HOME/cards"
[ "$(stored)" = "$stored_before" ] || fail "something was stored"
