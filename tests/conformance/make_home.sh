#!/usr/bin/env bash
# Makes the demo home that the conformance tests copy, with one citizen who has both certificates, and lays beside it what
# everyone needs: pins, signature.crt and user_authentication.crt as the authority keeps them.
. "$(dirname "$0")/shell.sh"

beside=$(dirname "$MADE_HOME")
rm -rf "$beside"
mkdir -p "$beside"
export SHOMEI_HOME=$MADE_HOME
printf '%s\n' "$pin" "$password" > "$beside/pins"
shomei init --port 0
shomei counter issue --office "$office" --resident "$hero" --pins "$beside/pins"
for kind in $kinds; do
  shomei certificate show --serial "$(serial_of "$kind")" --out "$beside/$kind.crt" > /dev/null
done
