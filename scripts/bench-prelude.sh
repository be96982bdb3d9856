# shellcheck shell=bash
# What the benchmarks share: their tools, the release build, a PostgreSQL and a folder that end with the script.
# Sourced, never run.
# shellcheck source=scripts/prelude.sh
. "$(dirname "${BASH_SOURCE[0]}")/prelude.sh"

oha_version=1.16.0
programs=$(realpath -m "${CARGO_TARGET_DIR:-target}/release")
# shellcheck disable=SC2034 # used by the scripts that source this
peers=$(realpath -m "$tools_dir/../bench")
dir=$(mktemp -d "${TMPDIR:-/tmp}/jianghai-bench.XXXXXX")
# The server of the database runs as another user.
chmod 755 "$dir"
export JIANGHAI_LOG=warn

finish() {
  trap - EXIT
  scripts/postgres.sh stop "$dir/postgres" || true
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

scripts/tools.sh rust
scripts/postgres.sh install
have wrk || install_packages wrk
case $(oha --version 2>/dev/null) in
  *" $oha_version") ;;
  *)
    say "installing oha $oha_version"
    CARGO_PROFILE_RELEASE_LTO=off cargo install --quiet --locked oha --version $oha_version --root "$tools_dir"
    ;;
esac

build() {
  say "building the release"
  cargo build --quiet --release --locked -p api -p bench
}

# start_postgres: a cluster of its own, whose address is in `url`, with keys for the API.
start_postgres() {
  url=$(scripts/postgres.sh start "$dir/postgres")
  export JIANGHAI_DATABASE_URL=$url
  JIANGHAI_DATA_SECRET=$(openssl rand -hex 32)
  JIANGHAI_TOKEN_KEY=$(openssl rand -hex 32)
  export JIANGHAI_DATA_SECRET JIANGHAI_TOKEN_KEY
}
