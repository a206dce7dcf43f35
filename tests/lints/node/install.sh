#!/usr/bin/env bash
# install.sh FOLDER: puts the pinned modules of package-lock.json into FOLDER, with the script that uses them. Does nothing, in a
# moment, when they are there. Exits 77 when there is no node or npm on this machine, or the registry does not answer.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
for command in node npm; do
  command -v "$command" > /dev/null || { echo "no $command here: what needs the modules of node is not asked" >&2; exit 77; }
done
mkdir -p "$folder"
exec 9> "$folder/lock"  # several tests want them, and may begin together
flock 9
cp "$here"/read_certificates.mjs "$here"/package.json "$folder"
if cmp -s "$here/package-lock.json" "$folder/installed-lock.json"; then exit 0; fi
cp "$here/package-lock.json" "$folder"
cd "$folder"
if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > npm.log 2>&1; then
  cat npm.log >&2
  # A module that is not the pinned one is a failure; a registry out of reach is not.
  grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network' npm.log && exit 77
  exit 1
fi
cp package-lock.json installed-lock.json
