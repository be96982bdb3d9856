#!/usr/bin/env bash
# The inner loop: what a change breaks first, in seconds once compiled.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

scripts/tools.sh rust
say "[1/3] fmt"
cargo fmt --all --check
say "[2/3] clippy"
cargo clippy "${host_crates[@]}" --all-targets -- -D warnings
cargo clippy -p web --target wasm32-unknown-unknown -- -D warnings
say "[3/3] unit tests"
export JIANGHAI_TEST_ENGINE=sqlite
cargo test "${host_crates[@]}" --lib --bins
cargo test -p web
