#!/usr/bin/env bash
# Works out all duties anew, as the organizer of the city asks for it: serves the release build over
# the database that JIANGHAI_DATABASE_URL names, starts the job, waits for its end and says what it says.
# shellcheck source=scripts/prelude.sh
. "$(dirname "$0")/prelude.sh"

log=$(mktemp)
JIANGHAI_FREE_FORM=everyone JIANGHAI_LISTEN=127.0.0.1:0 target/release/jianghai serve >"$log" &
server=$!
finish() {
  trap - EXIT
  { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -f "$log"
}
trap finish EXIT
trap 'exit 130' INT TERM

until address=$(grep -o 'http://.*' "$log"); do
  kill -0 "$server" 2>/dev/null || fail "the server did not start"
  sleep 0.2
done
post() {
  curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused "$address$1" \
    --header 'content-type: application/json' --header 'x-jianghai: 1' "${@:3}" --data "$2"
}
# answer EXPRESSION: what it makes of `data`, the JSON on standard input.
answer() { node -p "const data = JSON.parse(fs.readFileSync(0)); $1"; }
ask() { post /graphql "$1" --header "authorization: Bearer $token"; }
sign_in() { token=$(post /auth/sign-in '{"name":"organizer-city","password":"jianghai-demo-2026"}' | answer data.accessToken); }

sign_in
city=$(ask '{"query":"{ viewer { organizations { id } } }"}' | answer data.data.viewer.organizations[0].id)
began=$(date +%s)
document="mutation { obligationRecompute(input: { organization: \\\"$city\\\" }) { job { id } } }"
job=$(ask "{\"query\":\"$document\"}" | answer data.data.obligationRecompute.job.id)
document="{ node(id: \\\"$job\\\") { ... on Job { state result reason } } }"
while true; do
  sleep 1
  # A token lasts for some minutes.
  seen=$(ask "{\"query\":\"$document\"}") || { sign_in && continue; }
  case $(answer data.data.node.state <<<"$seen") in
    DONE) break ;;
    QUEUED | RUNNING) ;;
    *) fail "$seen" ;;
  esac
done
say "$(answer data.data.node.result <<<"$seen") It took $(($(date +%s) - began)) s."
