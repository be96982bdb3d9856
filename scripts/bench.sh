#!/usr/bin/env bash
# This API beside the floor, PostGraphile and Directus: the same data, the same questions, equal answers, measured in
# turn. Writes the table into bench/README.md. Options go to bench/harness/core.mjs.
# shellcheck source=scripts/bench-prelude.sh
. "$(dirname "$0")/bench-prelude.sh"

say "installing the peers in $peers"
for peer in postgraphile directus; do
  mkdir -p "$peers/$peer"
  cp -u bench/peers/$peer/* "$peers/$peer/"
  npm_install "$peers/$peer" >"$peers/$peer.log" 2>&1 || fail "npm: $(tail -n 5 "$peers/$peer.log")"
done

build
start_postgres
say "loading 8,000 organizations and 60,000 people"
"$programs/jianghai" migrate
"$programs/jianghai" demo >/dev/null
psql "$url" -qX -v ON_ERROR_STOP=1 -f bench/sql/peer.sql
psql "$url" -qX -c 'VACUUM ANALYZE'
# Directus writes its own tables beside ours and cannot read a table whose key has two columns.
psql "$url" -qX -c 'CREATE DATABASE bench_directus TEMPLATE postgres'
psql "${url%/*}/bench_directus" -qX -v ON_ERROR_STOP=1 -f bench/sql/directus.sql

node bench/harness/core.mjs --url "$url" --programs "$programs" --peers "$peers" --work "$dir" \
  --report bench/README.md "$@"
