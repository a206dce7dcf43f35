#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

# For information: what one command costs a client, through pcscd and vpcd. scriptor answers a line with three.
proves "a thousand commands in one session are answered; what one costs is printed and not judged"
{ echo 00A4040C0AD392F000260100000001; for _ in $(seq 1000); do echo 00A4020C02000A; done; } > many
head -2 many > few
started=${EPOCHREALTIME//[!0-9]/}
input=few expect 0 '^< 90 00' scriptor -r 'Virtual PCD 00 00'
between=${EPOCHREALTIME//[!0-9]/}
input=many expect 0 '^< 90 00' scriptor -r 'Virtual PCD 00 00'
ended=${EPOCHREALTIME//[!0-9]/}
[ "$(grep -c '^< 90 00' <<< "$said")" -eq 1001 ] || fail "not every command was answered" "$(tail -3 <<< "$said")"
echo "SELECT through pcscd and vpcd: $(((ended - between - (between - started)) / 999)) us on average of 1000, scriptor included"
