#!/usr/bin/env bash
# Released steps of the schema are frozen: from the first tag on, every schema/*.sql that a tag holds
# stands in schema.sha256 beside this script, and must be as it was then. Prints what breaks that.
#   schema.sh            checks (part of rules.sh)
#   schema.sh --freeze   notes the present steps: run it before a version is tagged
set -u
cd "$(dirname "$0")/../.."
list=tests/check/schema.sha256
if [ "${1:-}" = --freeze ]; then
    sha256sum schema/*.sql >"$list"
    exit
fi
grep -v '^#' "$list" | sha256sum --check --quiet 2>&1 | grep -v 'WARNING\|no properly formatted'
newest=$(git describe --tags --abbrev=0 2>/dev/null) || exit 0
for step in $(git ls-tree --name-only "$newest" schema/ | grep '\.sql$'); do
    grep -q "  $step\$" "$list" || echo "$step: released as $newest, but not in $list (schema.sh --freeze)"
done
