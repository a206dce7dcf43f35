#!/usr/bin/env bash
# An issue on a disk with no room, and with 48 KiB more at each attempt, until it passes: whatever it was doing when the
# room ran out, it says so in one sentence, and with room again the journal holds and the act is done or can be done.
if [ "${1:-}" != inside ]; then
  user=''
  [ "$(id -u)" -eq 0 ] || user=-Ur
  # A container may forbid namespaces, and a small disk cannot be had without: ctest counts it as skipped, and says so.
  unshare $user -m true || exit 77
  exec unshare $user -m bash "$0" inside
fi
. "$(dirname "$0")/shell.sh"

disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o size=8m tmpfs "$disk"
trap 'umount "$disk"; leave_work' EXIT
export SHOMEI_HOME=$disk/home
pins=$(dirname "$MADE_HOME")/pins
other=j8x5p2hk

issue() { "$SHOMEI" counter issue --office "$office" --resident "$other" --kind user_authentication --pins "$pins"; }
fill_but() { head -c $((($(df -k --output=avail "$disk" | tail -1) - $1) * 1024)) /dev/zero > "$disk/filler"; }
# Fails when the journal does not hold.
entries() { "$SHOMEI" --json journal verify | jq -e .entries; }
# What the register says of the certificate: valid and delivered, or not.
delivered() {
  "$SHOMEI" --json certificate list --resident "$other" |
    jq -e '[.certificates[] | select(.state == "valid" and .delivered) | .kind] == ["user_authentication"]'
}

proves "an issue without room is one sentence and exit 3; with room again the journal holds and the certificate comes"
untouched=0 interrupted=0 passed=''
before=$(SHOMEI_HOME=$MADE_HOME entries)
for ((free = 0; free < 1024; free += 48)); do
  rm -rf "$SHOMEI_HOME"
  cp -a "$MADE_HOME" "$SHOMEI_HOME"
  fill_but "$free"
  run issue
  rm "$disk/filler"
  if [ "$code" -eq 0 ]; then
    passed=$free
    break
  fi
  [ "$code" -eq 3 ] || fail "exit $code with $free KiB" "$said"
  [ "$(wc -l <<< "$said")" -eq 1 ] && grep -q 'make room' <<< "$said" || fail "with $free KiB" "$said"
  after=$(entries)
  if [ "$after" -eq "$before" ]; then untouched=$((untouched + 1)); else interrupted=$((interrupted + 1)); fi
  # The act may have come so far that bringing it to its end is all that is left: then it is there already.
  run issue
  [ "$code" -eq 0 ] || [ "$code" -eq 1 ] || fail "exit $code with room again" "$said"
  delivered > /dev/null ||
    fail "after $free KiB the certificate did not come" "$said" "$(shomei certificate list --resident $other)"
  expect 0 '^The journal holds' shomei journal verify
done
[ -n "$passed" ] || fail "1 MiB was not enough"
echo "$untouched times nothing was begun, $interrupted times an act was interrupted and brought to its end;" \
  "$passed KiB are enough"
[ "$untouched" -gt 0 ] && [ "$interrupted" -gt 0 ] || fail "the room ran out at one kind of place only"

proves "the last one's --json refusal is a document"
rm -rf "$SHOMEI_HOME"
cp -a "$MADE_HOME" "$SHOMEI_HOME"
fill_but 0
sentence=full expect_error 3 unavailable store_full shomei counter issue --office "$office" --resident "$other" --pins "$pins"
