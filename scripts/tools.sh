#!/usr/bin/env bash
# Installs what a build needs and the machine lacks; does nothing otherwise.
# `tools.sh rust` stops after the Rust toolchain.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

trunk_version=0.21.14

have cc || install_packages build-essential
have rustup || fail "rustup is missing; install it from https://rustup.rs or with: sudo apt-get install rustup"

# Asked for by name: rustup may be told not to install toolchains by itself.
channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
sysroot=$(rustup run "$channel" rustc --print sysroot 2>/dev/null || true)
if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] ||
  [ ! -x "$sysroot/bin/cargo-clippy" ] || [ ! -x "$sysroot/bin/rustfmt" ]; then
  say "installing Rust $channel with clippy, rustfmt and the wasm32 target"
  rustup toolchain install "$channel" --profile minimal \
    --component clippy --component rustfmt --target wasm32-unknown-unknown
fi
[ "${1:-}" = rust ] && exit

if ! have npm || ! node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'; then
  fail "Node.js 20 or newer with npm is needed; found: $(node --version 2>/dev/null || echo none)"
fi

# install_tool COMMAND VERSION CARGO-ARGUMENT…
install_tool() {
  local command=$1 version=$2
  shift 2
  [ "$("$command" --version 2>/dev/null || true)" = "$command $version" ] && return
  say "installing $command $version into $tools_dir (some minutes, once)"
  # They run for seconds, so compile time is all that counts.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --root "$tools_dir" --version "$version" "$@"
}
install_tool trunk "$trunk_version" --locked trunk
# Must be the very version that the app links. Without --locked: its lock file
# names a version of a crate that was withdrawn.
bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
install_tool wasm-bindgen "$bindgen_version" wasm-bindgen-cli

npm_install web
