#!/bin/sh
# Prints the files below the given folder that are to be embedded, as paths relative to it.
cd "$1" || exit 1
shift
find . -type f "$@" ! -name '*.md' | sed 's|^\./||' | sort
