#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

# vpcd has two slots: the card is in the first, and what programs say to the second is relayed to it.
proves "a card is relayed into a second reader, where OpenSC reads and signs with it"
touch dialogue && chmod 644 dialogue
setpriv --pdeathsig KILL "$SHOMEI" card trace --reader 'Virtual PCD 00 00' --into 127.0.0.1:35964 --out dialogue \
  > trace.out 2> trace.err < /dev/null &
tracing=$!
trap 'kill $tracing 2> /dev/null || true; leave_work' EXIT
second_shows() { opensc-tool --list-readers 2> /dev/null | grep -qE '^1 +Yes '; }
await 10 "the card in the second reader" second_shows
pkcs15-tool --reader 'Virtual PCD 00 01' --read-certificate 2 --verify-pin --auth-id 2 --pin "$password" --output s.pem
openssl x509 -in s.pem -outform DER -out s.der
openssl x509 -in signature.crt -outform DER -out signature.der
same_bytes s.der signature.der
kill -TERM $tracing
wait $tracing

proves "the trace has the dialogue, and neither the password nor the certificate; only its owner may read it"
head -1 dialogue | grep -q '^# shomei card trace 1$' || fail "no heading" "$(head -3 dialogue)"
grep -q '^> 00200080\[pin\]$' dialogue || fail "no VERIFY in the trace" "$(head -40 dialogue)"
! grep -qi "$(printf %s "$password" | od -An -tx1 | tr -d ' ')" dialogue || fail "the password is in the trace"
[ "$(stat -c %a dialogue)" = 600 ] || fail "others may read the trace"
xxd -p -c 10000 signature.der | cut -c 401-464 > part
! tr -d '\n' < dialogue | grep -qi "$(cat part)" || fail "the certificate is in the trace"

proves "played to the same card with its PINs it is answered the same"
printf '%s\n' "$pin" "$password" > both
expect 0 '"difference":null' "$SHOMEI" --json card replay dialogue --pin both

second_is_empty() { opensc-tool --list-readers 2> /dev/null | grep -qE '^1 +No '; }
await 10 "the second reader empty" second_is_empty

proves "a trace for which there is no room is an error, and not half a trace that looks whole"
(trap '' XFSZ && ulimit -f 1 && exec setpriv --pdeathsig KILL "$SHOMEI" card trace --reader 'Virtual PCD 00 00' \
  --into 127.0.0.1:35964 --out short) > trace.out 2> trace.err < /dev/null &
tracing=$!
await 10 "the card in the second reader" second_shows
pkcs15-tool --reader 'Virtual PCD 00 01' --read-certificate 2 --verify-pin --auth-id 2 --pin "$password" > out 2>&1 || true
kill -TERM $tracing
wait $tracing && fail "an incomplete trace was called whole" "$(ls -l short; tail -3 out)"
grep -q 'lacks what was said last' trace.err || fail "why" "$(cat trace.err)"
