#!/usr/bin/env bash
# The long versions of the tests, on both engines. Every stage is timed and run even when another one failed; the last
# line is a summary. What failed prints how to draw the same cases again.
#   soak.sh [SHARE]     SHARE percent of each stage, 100 where nothing is said
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"
set +e
exec </dev/null

share=${1:-100}
logs=target/soak
rm -rf "$logs" && mkdir -p "$logs" || exit
dir=$(mktemp -d "${TMPDIR:-/tmp}/jianghai-soak.XXXXXX")
table=()
failed=0
export RUST_BACKTRACE=0

# part N: so many times N as the share says, at least 1.
part() { echo $((($1 * share + 99) / 100)); }

# stage NAME COMMAND…
stage() {
  local name=$1 began=$SECONDS status seconds
  shift
  printf '\n=== %s\n' "$name"
  (set -e; "$@") 2>&1 | tee "$logs/${name// /-}.log"
  status=${PIPESTATUS[0]}
  seconds=$((SECONDS - began))
  [ "$status" = 0 ] || failed=$((failed + 1))
  table+=("$(printf '%-36s %3d:%02d  %s' "$name" $((seconds / 60)) $((seconds % 60)) \
    "$([ "$status" = 0 ] && echo ok || echo FAILED)")")
}

finish() {
  trap - EXIT
  scripts/postgres.sh stop "$dir/postgres"
  rm -rf "$dir"
  printf '\n%-36s %6s\n' stage 'm:ss'
  printf '%s\n' "${table[@]}"
  printf '%d stages, %d failed, %d:%02d\n' "${#table[@]}" "$failed" $((SECONDS / 60)) $((SECONDS % 60)) |
    tee "$logs/summary"
  [ "$failed" = 0 ] || exit 1
}
trap finish EXIT
trap 'exit 130' INT TERM

# tests TIMES NAME…: the named tests with so many times the usual cases.
tests() {
  local times=$1
  shift
  JIANGHAI_SOAK=$times cargo test --locked "${host_crates[@]}" --test it -- --show-output "$@"
}
# kills TIMES: workers and servers die in mid-job and in mid-upload, again and again.
kills() {
  for _ in $(seq "$1"); do
    cargo test --quiet --locked "${host_crates[@]}" --test it killed || return
  done
}
# scale URL TIMES: that many times the people, the check, and all duties worked out anew.
scale() {
  export JIANGHAI_DATABASE_URL=$1 JIANGHAI_SECRETS=$dir/${1%%:*}.secrets.toml JIANGHAI_LOG=warn
  if [ "${1%%:*}" = postgres ]; then
    JIANGHAI_DATA_SECRET=$(openssl rand -hex 32) JIANGHAI_TOKEN_KEY=$(openssl rand -hex 32)
    export JIANGHAI_DATA_SECRET JIANGHAI_TOKEN_KEY
    unset JIANGHAI_SECRETS
  fi
  target/release/jianghai migrate
  time target/release/jianghai demo --scale "$2"
  time target/release/jianghai check
  time scripts/recompute.sh
}

on() {
  JIANGHAI_TEST_ENGINE=$1
  [ "$1" = sqlite ] || JIANGHAI_TEST_POSTGRES_URL=$postgres
  export JIANGHAI_TEST_ENGINE JIANGHAI_TEST_POSTGRES_URL
  shift
  "$@"
}

scripts/postgres.sh install
postgres=$(scripts/postgres.sh start "$dir/postgres") || exit
stage 'compile' cargo test --locked --no-run "${host_crates[@]}"
stage 'rights against Cedar' env JIANGHAI_SOAK="$(part 50)" cargo test --locked --manifest-path oracle/Cargo.toml --target-dir target/oracle
stage 'compile in release' cargo build --release --locked -p api
for engine in sqlite postgres; do
  stage "moves on $engine" on "$engine" tests "$(part 50)" laws::tree
  stage "wrong requests on $engine" on "$engine" tests "$(part 100)" laws::fuzz
  # 60 operations are the usual number: 100,000 of them.
  stage "random walk on $engine" on "$engine" tests "$(part 1667)" laws::random
  stage "kills on $engine" on "$engine" kills "$(part 20)"
done
stage 'scale on sqlite' scale "sqlite://$dir/scale.db" "$(part 20)"
stage 'scale on postgres' scale "$postgres" "$(part 20)"
