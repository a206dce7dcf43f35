#!/usr/bin/env bash
# docs/lints.md is what the code makes of it: check_lints_page.sh PROGRAM TOP. Shows the first lines that differ. And every
# lint's file is in the list.
set -uo pipefail
if ! diff -u "$2/docs/lints.md" <("$1") | head -n 40; then
  echo "docs/lints.md is stale: ./dev lints-page" >&2
  exit 1
fi
for file in "$2"/src/authority/lints/*.cc; do
  grep -q 'constinit const Lint ' "$file" || continue
  grep -qF "lints/$(basename "$file"))" "$2/docs/lints.md" || { echo "$file is not in the list of lints" >&2; exit 1; }
done
