#!/usr/bin/env bash
# From a fresh clone to a running system with demonstration data. The second
# time nothing is rebuilt and it serves at once.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

say "[1/5] tools"
scripts/tools.sh
say "[2/5] web app"
scripts/web.sh
say "[3/5] api"
cargo build --release --locked -p api
say "[4/5] database and demonstration data"
# Where they lie and where it listens: jianghai.toml or JIANGHAI_… variables,
# by default data/jianghai.db and 127.0.0.1:8080.
target/release/jianghai migrate
target/release/jianghai demo --if-empty
say "[5/5] serving, Ctrl-C stops"
# In place of this shell, so that Ctrl-C reaches the server and nobody else.
exec target/release/jianghai serve
