#!/usr/bin/env bash
# Holds the API against its description with Schemathesis:
#   fuzz.sh PROGRAM SCHEMATHESIS
# Once as a stranger, whose ids name nothing, and once as the owner of a session
# with a file and a model. The same seed sends the same requests.
set -euo pipefail
program=$1 schemathesis=$2
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
"$program" serve --addr 127.0.0.1:0 2>"$dir/log" &
server=$!
trap 'kill $server; wait $server 2>/dev/null || true; rm -rf "$dir"' EXIT
url=""
until url=$(grep -o 'http://localhost:[0-9]*' "$dir/log"); do
  kill -0 $server || { cat "$dir/log" >&2; exit 1; }
  sleep 0.1
done

test_as() { # a name, and what differs
  echo "== as $1"
  "$schemathesis" --config-file "$dir/$1.toml" run "$url/openapi.json" --phases coverage --checks all --seed 1 \
    --rate-limit auto --continue-on-failure --no-shrink --warnings off "${@:2}"
}

: >"$dir/stranger.toml"
test_as stranger

# What suits the file is for the file to say, with 422 and not by a schema, and a
# model goes when the file is read another way.
gunzip -c "$here/../../internal/sample/titanic.csv.gz" >"$dir/titanic.csv"
session=$(curl -sf -F "file=@$dir/titanic.csv" "$url/api/upload" | sed 's/.*"session_id":"\([^"]*\)".*/\1/')
run=$(curl -sf "$url/api/training/$session" -H 'Content-Type: application/json' \
  -d '{"algorithm": "decision_tree", "target_column": "survived"}' | sed 's/.*"run_id":"\([^"]*\)".*/\1/')
cat >"$dir/owner.toml" <<TOML
[parameters]
"path.session_id" = "$session"
"path.run_id" = "$run"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", 404, 409, 422, 429]
TOML
test_as owner --exclude-method DELETE
