# shellcheck shell=bash
# What every script here begins with: the root as working directory, the tools
# on PATH and a few verbs. Sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Command line tools that cargo installs for this project live apart from
# ~/.cargo/bin, so that they never replace the versions of another project.
tools_dir=${JIANGHAI_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/jianghai/tools}
export PATH="$tools_dir/bin:$PATH"

# The one selection of crates for the host. Always the same one: another
# selection unifies other features and compiles the dependencies again.
# shellcheck disable=SC2034 # used by the scripts that source this
host_crates=(--workspace --exclude web --features api/testing)

say() { printf '%s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# install_packages PACKAGE…: by apt when root, else one line that says how.
install_packages() {
  if [ "$(id -u)" != 0 ] || ! have apt-get; then
    fail "missing packages; install them with: sudo apt-get install $*"
  fi
  say "installing $* with apt"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

# npm_install DIR: what its lock file names, when that is not there yet.
npm_install() {
  # npm writes this file last; older than the lock means that the lock moved on.
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "installing the npm packages of $1/"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$1" --no-audit --no-fund
}
