#!/bin/sh
# pages.sh ESBUILD WEB OUT: makes of each page WEB/NAME.html what the binary serves, so that a first visit asks for a
# handful of files instead of fifty: NAME.js with the modules it uses in one, NAME.css with its styles but the base
# in one, and NAME.html that names these; likewise of a page with a room of its own, WEB/lib/NAME/NAME.html. Nothing
# else changes; with --web DIR the sources are served as they are.
set -eu
esbuild=$1 web=$2 out=$(cd "$3" && pwd)
cd "$web"
"$esbuild" --bundle --minify --format=esm --charset=utf8 --log-level=warning --outdir="$out" ./*.js
"$esbuild" --minify --log-level=warning --outdir="$out" css/base.css
for page in *.html lib/*/*.html; do
    name=$(basename "$page" .html)
    case $page in
    lib/"$name"/*) "$esbuild" --bundle --minify --format=esm --charset=utf8 --log-level=warning --outfile="$out/$name.js" \
        "${page%.html}.js" ;;
    lib/*) continue ;;
    esac
    styles=$(sed -n 's|^<link rel="stylesheet" href="/\(css/[a-z]*\.css\)">$|\1|p' "$page" | grep -v '^css/base.css$')
    # shellcheck disable=SC2086 # one word a file
    cat $styles | "$esbuild" --minify --loader=css --log-level=warning >"$out/$name.css"
    sed -e '/^<link rel="stylesheet"/{/base\.css/!d;}' \
        -e "s|^<link rel=\"stylesheet\" href=\"/css/base.css\">|&\\n<link rel=\"stylesheet\" href=\"/$name.css\">|" \
        "$page" >"$out/$name.html"
done
