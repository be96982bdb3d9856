#!/usr/bin/env bash
# What the browser tests need: Debian's Chromium, a font with Chinese signs
# (without one every sign is a box) and the npm packages of e2e/.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

missing=()
have "${JIANGHAI_CHROMIUM:-/usr/bin/chromium}" || missing+=(chromium)
[ -n "$(fc-list :lang=zh family 2>/dev/null || true)" ] || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
npm_install e2e
