# Sourced by ./start and ./test: installs what is missing, saying what. Debian 12 packages.
# need PACKAGE... ; a package counts as present when dpkg knows it or its command is there.
have_package() {
    case $1 in
    nodejs) command -v node >/dev/null && return 0 ;;
    npm) command -v npm >/dev/null && return 0 ;;
    esac
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

need() {
    local missing=() p
    for p in "$@"; do have_package "$p" || missing+=("$p"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing: ${missing[*]}"
    local sudo=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "Run this as root once, or install: ${missing[*]}" >&2; return 1; }
        sudo=(sudo)
    fi
    local log; log=$(mktemp)
    "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq >"$log" 2>&1 || true
    if ! "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
        --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        tail -20 "$log" >&2
        echo "The packages could not be installed." >&2
        return 1
    fi
    rm -f "$log"
}

build_packages=(gcc libc6-dev meson ninja-build pkg-config libmicrohttpd-dev libsqlite3-dev libcjson-dev libxml2-dev
    libcurl4-openssl-dev libutf8proc-dev libarchive-dev libuchardet-dev libseccomp-dev libxlsxwriter-dev nettle-dev zlib1g-dev esbuild)
test_packages=(check clang clang-format clang-tidy python3 git nodejs npm chromium fonts-dejavu-core
    poppler-utils sqlite3 libxml2-utils postgresql-15)
