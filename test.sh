#!/usr/bin/env bash
# Checks everything: format, build, native executable, tests. Ends with `N passed, N failed`; exit code 0 when nothing failed.
#   ./test.sh           all of it
#   ./test.sh --fast    without the native executable, Docker and the end-to-end tests
#   ./test.sh --kill-matrix   with all points of the kill matrix instead of a selection: a few minutes more
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/eng/docker.sh"
. "$here/eng/images.sh"
. "$here/eng/registry.sh"
. "$here/eng/dotnet.sh"
cd "$here"

RESULTS=$ROOT/artifacts/test-results

# In seconds, for each project: a guard, not a measure.
TIME_LIMIT=1200

# Those that need Docker come last, since they say least about where a mistake is.
ON_DOCKER=(Ecs.Agent.KillMatrix.Tests Ecs.Agent.EndToEnd.Tests)

fast=
for option in "$@"; do
  case $option in
    --fast) fast=yes ;;
    --kill-matrix) export ECS_KILL_AT=all ;;
    -h | --help)
      sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *)
      say "unknown option $option; see ./test.sh --help"
      exit 64
      ;;
  esac
done

passed=0 failed=0

# check NAME COMMAND…: a check that is not a test counts as one.
check() {
  local name=$1
  shift
  local from=$SECONDS
  if logged "$name" "$@"; then
    passed=$((passed + 1))
    printf '%-36s ok (%d s)\n' "$name" $((SECONDS - from))
  else
    failed=$((failed + 1))
    printf '%-36s FAILED (%d s)\n' "$name" $((SECONDS - from))
    return 1
  fi
}

finish() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0)) || exit 1
  exit 0
}

build() { dotnet build EcsAgent.sln -c Release --nologo -v quiet; }

format() { dotnet format EcsAgent.sln --verify-no-changes --no-restore --severity warn; }

# Warnings are errors in every project of ours. Of others' assemblies only MediatR's are known and answered for (see Ecs.Agent.Host.csproj).
publish_native() {
  publish_host -p:PublishAot=true || return
  if grep -E ' warning (IL|NETSDK)' "$(log_file native)" | grep -v '/mediatr/'; then return 1; fi
  "$AGENT_BINARY" version && touch "$PUBLISHED/.published"
}

ensure_aws_cli() {
  command -v aws >/dev/null && return
  if has_apt && is_root; then install_packages awscli && return; fi
  die "$EXIT_SETUP" "the end-to-end tests need the AWS CLI. As root: apt-get install -y awscli"
}

# attribute NAME: the sum of that attribute over the assemblies of an xunit result file on stdin.
attribute() { grep -o '<assembly [^>]*' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }

# run_tests PROJECT: a line of totals from the result file. No file means that the run itself broke.
run_tests() {
  local project=$1 result=$RESULTS/$1.xml log status=0 from=$SECONDS
  log=$(log_file "$project")
  rm -f "$result"
  # Started in the background of a script, this would ignore SIGINT, and with it every program under test.
  env --default-signal=INT,QUIT timeout --kill-after=30 "$TIME_LIMIT" "artifacts/bin/$project/release/$project" -noColor -xml "$result" >"$log" 2>&1 </dev/null || status=$?
  if [[ ! -s $result ]]; then
    failed=$((failed + 1))
    tail -n 25 "$log"
    printf '%-36s FAILED: ended with exit code %d and no results; its output: %s\n' "$project" "$status" "$log"
    return
  fi
  local total good bad skipped
  total=$(attribute total <"$result")
  good=$(attribute passed <"$result")
  bad=$(($(attribute failed <"$result") + $(attribute errors <"$result")))
  skipped=$((total - good - $(attribute failed <"$result")))
  # A run that says that it failed and counts no failure must not pass.
  if ((status != 0 && bad == 0)); then bad=1; fi
  passed=$((passed + good)) failed=$((failed + bad))
  ((bad == 0)) || cat "$log"
  printf '%-36s %d passed, %d failed, %d skipped (%d s)\n' "$project" "$good" "$bad" "$skipped" $((SECONDS - from))
}

ensure_sdk
if [[ -z $fast ]]; then
  ensure_native_toolchain || die "$EXIT_SETUP" "the native executable needs clang and zlib1g-dev. As root: apt-get install -y clang zlib1g-dev"
  ensure_engine
  ensure_images
  ensure_registry
  ensure_aws_cli
fi

rm -rf "$RESULTS"
mkdir -p "$RESULTS"

check build build || finish
check format format || true
export ECS_AGENT_TEST_IMAGE=$SAMPLE_IMAGE ECS_AGENT_BINARY=$AGENT_BINARY
if [[ -z $fast ]]; then check native publish_native || finish; fi

for folder in tests/*.Tests; do
  project=$(basename "$folder")
  [[ " ${ON_DOCKER[*]} " == *" $project "* ]] || run_tests "$project"
done
if [[ -z $fast ]]; then
  for project in "${ON_DOCKER[@]}"; do run_tests "$project"; done
fi
finish
