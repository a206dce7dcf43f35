#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

proves "a card that is taken out ends its sessions with CKR_DEVICE_REMOVED, and another insertion does not revive them"
begin_application one
says one 'CKR_OK 0 1 2 3$' slots
says one 'CKR_OK 0 1$' slots present
says one CKR_OK open 0
says one CKR_OK login "$pin"
says one CKR_NO_EVENT wait
take_card_out TERM
says one CKR_DEVICE_REMOVED info
says one CKR_DEVICE_REMOVED init rsa
says one CKR_TOKEN_NOT_PRESENT token 0
says one CKR_TOKEN_NOT_PRESENT open 0
says one 'CKR_OK$' slots present
says one 'CKR_OK 0$' wait
says one 'CKR_OK 1$' wait
says one CKR_NO_EVENT wait
put_card_in
says one CKR_DEVICE_REMOVED info
says one CKR_OK close
says one 'CKR_OK 0$' wait
says one CKR_OK open 0
says one "CKR_OK state 0" info
says one CKR_OK login "$pin"
says one "CKR_OK state 1" info

proves "who waits hears of a card that comes"
begin_application two
take_card_out KILL
says two 'CKR_OK 0$' wait
says two 'CKR_OK 1$' wait
(
  sleep 0.3
  exec setpriv --pdeathsig KILL "$SHOMEI" card insert --resident "$hero" > "$CARD_SESSION/card.log" 2>&1 < /dev/null
) &
echo $! > "$CARD_SESSION/card.pid"
says two 'CKR_NO_EVENT' wait
says two 'CKR_OK 0$' wait block
says two 'CKR_OK serial' token 0

proves "a card that dies in the middle of a signature is an error of the device, and the module goes on"
say one close
says one CKR_OK open 0
says one CKR_OK login "$pin"
says one CKR_OK init sha256-rsa
kill -STOP "$(cat "$CARD_SESSION/card.pid")"
(
  sleep 0.3
  kill -KILL "$(cat "$CARD_SESSION/card.pid")"
) &
says one 'CKR_DEVICE_(REMOVED|ERROR)' sign hello
await 5 "the card out of the reader" reader_shows No
says one CKR_DEVICE_REMOVED info
put_card_in
say one close
says one CKR_OK open 0
says one CKR_OK login "$pin"
says one CKR_OK init sha256-rsa
says one 'CKR_OK [0-9a-f]{512}' sign hello

proves "when pcscd ends there are no tokens any more, and sessions say so"
service=$(tr -d '\0' < /run/pcscd/pcscd.pid)
kill -KILL "$service"
service_is_gone() { ! kill -0 "$service" 2> /dev/null || grep -q '^State:.*Z' "/proc/$service/status"; }
await 5 "pcscd gone" service_is_gone
says one CKR_DEVICE_REMOVED info
says one 'CKR_OK$' slots
says two CKR_TOKEN_NOT_PRESENT token 0
says two 'CKR_OK 0$' wait
for name in one two; do
  says $name CKR_OK finalize
  end_application $name
done
