#!/usr/bin/env bash
# What idle subscribers cost the release build on this machine. Figures that were measured are in api/README.md.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

cargo build --release --locked -p api -p bench
dir=$(mktemp -d "${TMPDIR:-/tmp}/jianghai-bench.XXXXXX")
server=
finish() {
  trap - EXIT
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server"; } || true
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

connections=${1:-5000}
# Two ends of each connection, in two processes, and some to spare.
ulimit -n $((connections + 1000)) || fail "this shell may not have $connections open files; see ulimit -Hn"
export JIANGHAI_DATABASE_URL=sqlite://$dir/jianghai.db JIANGHAI_LISTEN=127.0.0.1:0 JIANGHAI_LOG=warn
export JIANGHAI_FREE_FORM=everyone
export JIANGHAI_LIMITS_SOCKETS_PER_ACCOUNT=$((connections + 1)) JIANGHAI_LIMITS_COST_PER_MINUTE=1000000000
target/release/jianghai migrate >/dev/null
target/release/jianghai demo --organizations 50
: >"$dir/log"
target/release/jianghai serve >>"$dir/log" &
server=$!
until address=$(grep -o 'http://.*' "$dir/log"); do
  kill -0 "$server" || fail "the server did not start"
  sleep 0.2
done
target/release/idle_sockets "${address#http://}" "$server" admin jianghai-demo-2026 "$connections"
