#!/usr/bin/env bash
# A PostgreSQL cluster for one test run, in a folder of its own:
#   postgres.sh install       the binaries, when they are missing
#   postgres.sh start DIR     makes and starts it, prints its URL
#   postgres.sh stop DIR      stops it and removes DIR
# DIR must be empty or absent. Nothing survives, so nothing is written for keeps.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

# Debian keeps the server's binaries off PATH, in a folder for each version.
newest_binaries() {
  printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1 | xargs dirname
}

install_postgres() {
  [ -x "$(newest_binaries)/initdb" ] && return
  # Debian would make and start a cluster of its own, which nobody asked for.
  local setting=/etc/postgresql-common/createcluster.d/jianghai-tests.conf
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "${setting%/*}"
    echo 'create_main_cluster = false' >"$setting"
  fi
  install_packages postgresql
  rm -f "$setting"
}

# The server refuses to run as root; then it runs as the user that Debian made for it.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups "$@"
  else
    "$@"
  fi
}

start() {
  local dir=$1 bin port
  bin=$(newest_binaries)
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  mkdir -p "$dir"
  [ "$(id -u)" != 0 ] || chown postgres "$dir"
  cd "$dir"
  # ICU collation where it exists: it sorts unlike bytes, so a query that
  # forgot COLLATE "C" gives another order than SQLite does, and shows.
  local locale=(--locale=C.UTF-8)
  if "$bin/initdb" --help | grep icu-locale >/dev/null; then
    locale+=(--locale-provider=icu --icu-locale=und)
  fi
  unprivileged "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust \
    --encoding=UTF8 "${locale[@]}" --no-sync >"$dir/initdb.log" 2>&1 ||
    fail "initdb: $(tail -n 3 "$dir/initdb.log")"
  cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
  unprivileged "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" \
    --wait --timeout=60 start >"$dir/start.log" 2>&1 ||
    fail "PostgreSQL did not start: $(tail -n 3 "$dir/server.log")"
  say "postgres://postgres@127.0.0.1:$port/postgres"
}

stop() {
  local dir=$1
  if [ -f "$dir/data/postmaster.pid" ]; then
    (cd "$dir" && unprivileged "$(newest_binaries)/pg_ctl" --pgdata="$dir/data" \
      --mode=immediate --wait stop >/dev/null)
  fi
  rm -rf "$dir"
}

case ${1:-} in
  install) install_postgres ;;
  start) start "${2:?}" ;;
  stop) stop "${2:?}" ;;
  *) fail "usage: postgres.sh install | start DIR | stop DIR" ;;
esac
