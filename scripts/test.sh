#!/usr/bin/env bash
# Everything that must hold, stage after stage. Stops at the first stage that
# fails. Always ends with a table of times and the line `N passed, N failed`.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"
# A stage's exit status is read, not caught: under `if` or `||` bash would ignore
# `set -e` inside of the stage. So only the stages themselves stop at an error.
set +e
exec </dev/null

# A machine that compiles once gains nothing from incremental compilation.
[ "${CI:-}" != true ] || export CARGO_INCREMENTAL=0

logs=target/test
rm -rf "$logs" && mkdir -p "$logs" || exit
browser_report=e2e/playwright-report/report.json
rm -f "$browser_report"
postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/jianghai-postgres.XXXXXX")
s3_dir=$(mktemp -d "${TMPDIR:-/tmp}/jianghai-s3.XXXXXX")
table=()

# stage NAME COMMAND…
stage() {
  local name=$1 began=$SECONDS status seconds
  shift
  printf '\n=== %s\n' "$name"
  (set -e; "$@") 2>&1 | tee "$logs/${name// /-}.log"
  status=${PIPESTATUS[0]}
  seconds=$((SECONDS - began))
  table+=("$(printf '%-28s %3d:%02d  %s' "$name" $((seconds / 60)) $((seconds % 60)) \
    "$([ "$status" = 0 ] && echo ok || echo FAILED)")")
  [ "$status" = 0 ] || exit 1
}

# Adds up what cargo ("test result: ok. 5 passed; 0 failed; …") and Playwright report.
count() {
  cat "$logs"/*.log | awk '/^test result: / { passed += $4; failed += $6 } END { print passed + 0, failed + 0 }'
  if [ -f "$browser_report" ]; then
    # shellcheck disable=SC2016 # a template of JavaScript
    node -p 'const { stats } = JSON.parse(fs.readFileSync(0)); `${stats.expected + stats.flaky} ${stats.unexpected}`' <"$browser_report"
  fi
}

# Names every browser test that failed, if only at its first try, with what it complained of.
complaints() {
  [ -f "$browser_report" ] || return 0
  # shellcheck disable=SC2016 # a template of JavaScript
  node -e '
    const walk = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(walk)];
    const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, "");
    for (const spec of JSON.parse(fs.readFileSync(0)).suites.flatMap(walk))
      for (const { status, projectName, results } of spec.tests.filter(({ status }) => ["unexpected", "flaky"].includes(status))) {
        console.log(`${status === "flaky" ? "passed at the second try" : "failed"}: ${projectName} ${spec.file}:${spec.line} ${spec.title}`);
        for (const { message } of results[0].errors) console.log(plain(message).split("\n").slice(0, 12).map((line) => `    ${line}`).join("\n"));
      }
  ' <"$browser_report"
}

finish() {
  local status=$? passed failed
  trap - EXIT
  scripts/postgres.sh stop "$postgres_dir"
  scripts/s3.sh stop "$s3_dir"
  printf '\n%-28s %6s\n' stage 'm:ss'
  printf '%s\n' "${table[@]}"
  printf '%-28s %3d:%02d\n\n' total $((SECONDS / 60)) $((SECONDS % 60))
  complaints
  read -r passed failed < <(count | awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }')
  # A stage that failed without a failed test (fmt, clippy, a build) counts as one.
  [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
  printf '%d passed, %d failed\n' "$passed" "$failed" | tee "$logs/summary"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Asks for all that is missing before the first minute of compiling.
tools() {
  scripts/tools.sh
  scripts/browser.sh
  scripts/postgres.sh install
  scripts/s3.sh install
}
web() {
  scripts/web.sh
  web/size.sh
}
lint() {
  cargo clippy --locked "${host_crates[@]}" --all-targets -- -D warnings
  cargo clippy --locked -p web --target wasm32-unknown-unknown -- -D warnings
}
docs() {
  export RUSTDOCFLAGS='-D warnings'
  cargo doc --locked --no-deps "${host_crates[@]}"
  cargo doc --locked --no-deps -p web --target wasm32-unknown-unknown
}
fmt() {
  cargo fmt --all --check
  cargo fmt --manifest-path oracle/Cargo.toml --check
}
# A workspace of its own; see its Cargo.toml.
oracle() { cargo test --locked --manifest-path oracle/Cargo.toml --target-dir target/oracle; }
compile() { cargo test --locked --no-run "${host_crates[@]}"; }
unit() {
  export JIANGHAI_TEST_ENGINE=sqlite
  cargo test --locked --no-fail-fast "${host_crates[@]}" --lib --bins
  cargo test --locked --no-fail-fast "${host_crates[@]}" --doc
}
web_unit() { cargo test --locked --no-fail-fast -p web; }
# Both engines run the same binary, which `compile` has built.
integration() { cargo test --locked "${host_crates[@]}" --test it; }
on_sqlite() {
  export JIANGHAI_TEST_ENGINE=sqlite
  integration
}
on_postgres() {
  export JIANGHAI_TEST_ENGINE=postgres
  JIANGHAI_TEST_POSTGRES_URL=$(scripts/postgres.sh start "$postgres_dir")
  export JIANGHAI_TEST_POSTGRES_URL
  integration
}
# What the other tests do in a folder, in a bucket over HTTP.
in_a_bucket() {
  export JIANGHAI_TEST_ENGINE=sqlite
  JIANGHAI_TEST_S3_ENDPOINT=$(scripts/s3.sh start "$s3_dir")
  export JIANGHAI_TEST_S3_ENDPOINT
  cargo test --locked "${host_crates[@]}" --test it recovery::bucket -- --ignored
}
# The binary as it ships, without the feature `testing`, in the fast profile.
browser() {
  cargo build --locked --workspace --exclude web
  cd e2e
  node_modules/.bin/playwright test
}

stage 'tools' tools
stage 'fmt' fmt
stage 'web build and size' web
stage 'clippy' lint
stage 'docs' docs
stage 'compile tests' compile
stage 'unit tests' unit
stage 'unit tests of the web app' web_unit
stage 'rights against Cedar' oracle
stage 'integration on SQLite' on_sqlite
stage 'integration on PostgreSQL' on_postgres
stage 'integration with a bucket' in_a_bucket
stage 'browser tests' browser
