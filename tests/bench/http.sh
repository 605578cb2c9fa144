#!/usr/bin/env bash
# Loads the server with wrk beside nginx serving the same bytes: a page, and the comparison of the
# sample story. By hand, not in CI. Needs wrk and nginx (Debian packages wrk, nginx-light).
#   tests/bench/http.sh [SECONDS]          rates are for comparing within one run only
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-5}
command -v wrk >/dev/null && command -v nginx >/dev/null || { echo "apt-get install wrk nginx-light" >&2; exit 2; }
dir=$(mktemp -d)
trap 'kill $server $nginx 2>/dev/null || true; rm -rf "$dir"' EXIT
build/synoptic demo --port 0 >"$dir/address" &
server=$!
for _ in $(seq 50); do grep -q http "$dir/address" && break; sleep 0.1; done
base=$(grep -oE 'http://[^ ]+' "$dir/address")
story=$(curl -s "$base/api/v1/stories" | grep -oE '"id":[0-9]+' | head -1 | cut -d: -f2)
mkdir "$dir/www"
curl -s "$base/css/base.css" -o "$dir/www/base.css" || true
curl -s "$base/api/v1/stories/$story/comparison" -o "$dir/www/comparison.json"
port=$((20000 + RANDOM % 20000))
cat >"$dir/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $dir/nginx.pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; root $dir/www; server { listen 127.0.0.1:$port; } }
CONF
nginx -c "$dir/nginx.conf" 2>/dev/null &
nginx=$!
sleep 0.5
load() { # NAME URL
    for c in 1 16 127 128 129 256; do
        printf '%-28s %4d connections  %s\n' "$1" "$c" "$(wrk -t1 -c"$c" -d"${seconds}s" --latency "$2" |
            awk '/Requests\/sec/ { r = $2 } / 50%/ { m = $2 } / 99%/ { t = $2 } /Socket errors|Non-2xx/ { e = $0 } END { print r " requests/s, p50 " m ", p99 " t " " e }')"
    done
}
load "synoptic page" "$base/"
load "synoptic comparison" "$base/api/v1/stories/$story/comparison"
load "nginx same comparison" "http://127.0.0.1:$port/comparison.json"
