#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "a blocked PIN answers 6984 as the real card does, which OpenSC reports as CKR_GENERAL_ERROR"
for _ in 1 2 3; do expect not0 'CKR_PIN_INCORRECT' login 0 9999; done
expect not0 'CKR_GENERAL_ERROR' login 0 "$pin"

proves "the raw dialogue: a blocked PIN says 63C0 to the empty VERIFY, and 6984 to the right PIN"
printf '%s\n' '00A4040C0AD392F000260100000001' 00A4020C020018 00200080 002000800431323334 > apdus
input=apdus expect 0 '^< 69 84' scriptor -r 'Virtual PCD 00 00'
[ "$(grep -c '^< 90 00' <<< "$said")" -eq 2 ] || fail "the selections were not accepted" "$said"
grep -q '^< 63 C0' <<< "$said" || fail "no 63C0" "$said"

proves "shomei says in one sentence that it is blocked"
expect 1 'blocked' "$SHOMEI" card sign --kind user_authentication --in letter --out no.sig --pin pin
[ ! -e no.sig ] || fail "a signature was written"
