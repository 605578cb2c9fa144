#!/usr/bin/env bash
# clang-tidy over every C file of the program, two at a time; silent when there is nothing to say.
# tidy.sh BUILD_FOLDER (made by clang, for its compile commands)
set -u
cd "$(dirname "$0")/../.."
git ls-files 'server/*.c' | grep -v -E 'assets/embed.c|lang/model/' | xargs -P 2 -n 6 clang-tidy -p "$1" --quiet 2>/dev/null | grep -E 'warning|error' && exit 1
exit 0
