#!/usr/bin/env bash
# A home that cannot be written to is read: on a read-only mount, on a disk without room, and while another writes.
if [ "${1:-}" != inside ]; then
  user=''
  [ "$(id -u)" -eq 0 ] || user=-Ur
  # A container may forbid namespaces, and nothing can be mounted without: ctest counts it as skipped, and says so.
  unshare $user -m true || exit 77
  exec unshare $user -m bash "$0" inside
fi
. "$(dirname "$0")/shell.sh"

all_reads_work() {
  expect 0 '^The journal holds' shomei journal verify
  expect 0 'signature' shomei certificate list --resident "$hero"
  expect 0 "$hero" shomei resident list
}

proves "a copy of a home on a read-only mount is verified and listed, and nothing can be written to it"
copy_home original
mkdir "$work/mount"
mount --bind "$SHOMEI_HOME" "$work/mount"
mount -o remount,bind,ro "$work/mount"
trap 'umount "$work/mount"; leave_work' EXIT
export SHOMEI_HOME=$work/mount
[ ! -e "$SHOMEI_HOME/store.sqlite-wal" ] || fail "the copy has a log"
all_reads_work
expect 3 '.' shomei counter issue --office "$office" --resident j8x5p2hk --pins "$(dirname "$MADE_HOME")/pins"
umount "$work/mount"

proves "a home on a full disk is verified and listed"
mount -t tmpfs -o size=8m tmpfs "$work/mount"
cp -a "$MADE_HOME" "$work/mount/home"
export SHOMEI_HOME=$work/mount/home
head -c 8M /dev/zero > "$work/mount/filler" 2> /dev/null || true
all_reads_work

proves "no reader waits for a writer"
copy_home busy
mkfifo "$work/statements"
sqlite3 "$SHOMEI_HOME/store.sqlite" < "$work/statements" > "$work/answer" &
exec 3> "$work/statements"
echo 'BEGIN IMMEDIATE; SELECT 1;' >&3
await 10 "the other's lock" grep -q 1 "$work/answer"
started=$SECONDS
all_reads_work
[ $((SECONDS - started)) -lt 8 ] || fail "reading took $((SECONDS - started)) seconds"
exec 3>&-
wait
