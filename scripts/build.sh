#!/usr/bin/env bash
# Both halves in release. The web app first: the api takes it into its binary.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

say "[1/3] tools"
scripts/tools.sh
say "[2/3] web app"
scripts/web.sh
say "[3/3] api"
cargo build --release --locked -p api
say "built target/release/jianghai"
