#!/usr/bin/env bash
# The memory of the program, which holds PINs and keys, stays its own: no core file, and no other process of the same user looks
# into it; and what it may still do itself, it does.
. "$(dirname "$0")/shell.sh"

# Root may look everywhere: as root, all of it is done by nobody, with a copy of the program that nobody can reach.
as_user=()
if [ "$(id -u)" -eq 0 ]; then
  as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  chmod 711 "$work"
fi
cp "$SHOMEI" "$work/shomei"
chmod 755 "$work/shomei"

proves "while it waits for a PIN there is no room for a core file, and its part of /proc is root's"
mkfifo "$work/pins"
exec 8<> "$work/pins"
"${as_user[@]}" "$work/shomei" card change-pin --kind signature --pin - <&8 > /dev/null 2>&1 &
waiting=$!
await 20 "the limit of the program" grep -qE '^Max core file size +0 +0 ' "/proc/$waiting/limits"
if grep -qa __asan_init "$SHOMEI"; then
  echo "skipped: a build with AddressSanitizer traces itself, and stays open to its user"
else
  owned_by_root() { [ "$(stat -c %u "/proc/$waiting/environ")" -eq 0 ]; }
  is_program() { [ "$(cat "/proc/$waiting/comm")" = shomei ]; }
  await 20 "the program" is_program
  await 20 "its memory to be closed" owned_by_root
fi
kill "$waiting"
wait "$waiting" 2> /dev/null || true

proves "it still reads what a shell passes by descriptor"
change='"$0" card change-pin --kind signature --pin <(echo ABC123) --new-pin <(head -c 300 /dev/zero)'
run "${as_user[@]}" bash -c "$change" "$work/shomei"
[ "$code" -eq 2 ] && grep -q 'more than 256 bytes' <<< "$said" || fail "exit $code" "$said"
