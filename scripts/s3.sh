#!/usr/bin/env bash
# An S3-compatible server for one test run, with a bucket `jianghai` and the keys S3RVER/S3RVER; it checks signatures:
#   s3.sh install       the server, when it is missing
#   s3.sh start DIR     starts it over DIR, prints its address
#   s3.sh stop DIR      stops it and removes DIR
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

version=3.7.1
home=$tools_dir/s3rver-$version

install_server() {
  [ -x "$home/node_modules/.bin/s3rver" ] && return
  say "installing the S3 server of the tests"
  npm install --prefix "$home" --no-audit --no-fund --loglevel=error "s3rver@$version" >/dev/null
}

start() {
  local dir=$1 address
  mkdir -p "$dir/data"
  # In the background and apart from this shell; the first line of its log is its address.
  node scripts/s3.cjs "$home/node_modules/s3rver" "$dir/data" >"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 100); do
    address=$(grep -o '^http://.*' "$dir/log") && break
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || fail "the S3 server did not start: $(tail -n 3 "$dir/log")"
    sleep 0.1
  done
  say "${address:?the S3 server did not say its address}"
}

stop() {
  local dir=$1
  [ ! -f "$dir/pid" ] || kill "$(cat "$dir/pid")" 2>/dev/null || true
  rm -rf "$dir"
}

case ${1:-} in
  install) install_server ;;
  start) start "${2:?}" ;;
  stop) stop "${2:?}" ;;
  *) fail "usage: s3.sh install | start DIR | stop DIR" ;;
esac
