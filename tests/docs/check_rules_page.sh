#!/usr/bin/env bash
# docs/rules.md is what the code makes of it: check_rules_page.sh PROGRAM TOP. Shows the first lines that differ.
set -uo pipefail
if ! diff -u "$2/docs/rules.md" <("$1" "$2") | head -n 40; then
  echo "docs/rules.md is stale: ./dev rules-page" >&2
  exit 1
fi
