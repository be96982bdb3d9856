#!/usr/bin/env bash
# How answers change from 60,000 people to a million and from 8,000 organizations to 80,000, on PostgreSQL and SQLite.
# Writes the table into bench/README.md. Options go to bench/harness/growth.mjs.
# shellcheck source=scripts/bench-prelude.sh
. "$(dirname "$0")/bench-prelude.sh"

have sqlite3 || install_packages sqlite3
build
start_postgres
node bench/harness/growth.mjs --url "$url" --programs "$programs" --work "$dir" --report bench/README.md "$@"
