#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

python3 "$source_root/tests/conformance/card/dialogue.py" "$SHOMEI" "$pin" "$password"
