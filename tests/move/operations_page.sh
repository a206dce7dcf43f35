#!/usr/bin/env bash
# operations_page.sh FOLDER: runs the sections "Backup and restore" and "Moving a home to PostgreSQL" of docs/operations.md as they
# stand there, in a folder with a home "authority". $SHOMEI is the program, $STORE_URL an empty database.
set -euo pipefail

source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$1"
mkdir bin
ln -s "$SHOMEI" bin/shomei
export PATH=$PWD/bin:$PATH LC_ALL=C.UTF-8
unset SHOMEI_PASSPHRASE_FILE CREDENTIALS_DIRECTORY
{
  echo "set -euxo pipefail"
  sed -n '/^## Backup and restore/,/^## Checkpoints elsewhere/p' "$source_root/docs/operations.md" |
    sed -n '/^```sh$/,/^```$/{/^```/!p}'
} > page.sh
[ "$(wc -l < page.sh)" -gt 10 ] || { echo "the page has lost its commands" >&2; exit 1; }
if ! timeout 120 bash page.sh > said 2>&1; then
  tail -n 30 said >&2
  exit 1
fi
# The backup was proven when it was made and checked, the restored home and the moved one hold.
grep -q '^Made the backup backup-1, proven: ' said
grep -q '^The backup holds: ' said
grep -q '^Made the home restored of the backup, proven: ' said
[ "$(grep -c '^The journal holds: ' said)" -eq 3 ]
[ "$(grep -c '^The store is at ' said)" -eq 2 ]
# Both homes can act, each for itself.
for home in authority restored; do
  shomei --home "$home" resident add --line '{"name":"例示　一","address":"a","gender":"male","born":"1990-01-02","status":"japanese","municipality":"13225"}' > /dev/null
  shomei --home "$home" journal verify --since kept-checkpoint.txt > /dev/null
done
echo "the page does what it says"
