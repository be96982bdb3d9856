#!/usr/bin/env bash
# Builds the two halves of the web app into web/dist, unless what lies there was built from what
# lies here. trunk itself would need a minute to find that out.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

# The stamp is as old as the start of the last build and holds the time of its
# result, so that an edit during a build counts, and so does a `trunk build` by hand.
stamp=target/web.stamp
result() { stat -c %y web/dist/index.html web/dist/desk/index.html 2>/dev/null; }
up_to_date() {
  [ -s "$stamp" ] && [ "$(result)" = "$(cat "$stamp")" ] || return
  # Folders count too: a deleted file makes its folder newer.
  [ -z "$(find web Cargo.toml Cargo.lock rust-toolchain.toml api/schema.graphql \
    \( -path web/dist -o -path web/node_modules \) -prune -o \
    ! -path web -newer "$stamp" -print -quit)" ]
}

if up_to_date; then
  say "web/dist is up to date"
  exit
fi
mkdir -p target
touch "$stamp.start"
# trunk runs offline, so that it never downloads a tool behind our back; the
# crates have to be there before.
cargo fetch --locked --quiet
# trunk takes NO_COLOR for an option of its own and stops at NO_COLOR=1.
for half in Trunk.toml Trunk.desk.toml; do
  (cd web && env -u NO_COLOR trunk --config "$half" build --release --offline)
done
result >"$stamp"
touch -r "$stamp.start" "$stamp"
