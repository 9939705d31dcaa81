#!/usr/bin/env bash
# Measures the agent against the raw Docker API, and the engine by itself.
#   bench/run.sh                          all of it
#   bench/run.sh burst [TASKS] [ROUNDS]   a burst of tasks; 50 and 3
#   bench/run.sh latency [ROUNDS]         how fast it acts on what happens to containers; 10
#   bench/run.sh engine                   what the engine costs without Docker
#   bench/run.sh checkpoints [BURST] [RECOVERED] [ROUNDS]
#                                         what saving costs and how fast it starts again; 100, 500 and 3
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/eng/docker.sh"
. "$here/eng/images.sh"
. "$here/eng/dotnet.sh"
cd "$here"

bench() { artifacts/bin/Ecs.Agent.Bench/release/Ecs.Agent.Bench "$@"; }

burst() {
  local mode concurrency
  concurrency=$(nproc)
  ((concurrency >= 2)) || concurrency=2
  for mode in local-up run; do bench burst "$AGENT_BINARY" "${1:-50}" "${2:-3}" "$concurrency" "$mode"; done
}

latency() { bench latency "$AGENT_BINARY" "${1:-10}"; }

checkpoints() { bench checkpoints "${1:-100}" "${2:-500}" "${3:-3}"; }

what=${1:-all}
shift || true
case $what in
  all | burst | latency | checkpoints)
    ensure_published
    ensure_engine
    ensure_images
    export ECS_AGENT_TEST_IMAGE=$SAMPLE_IMAGE
    ;;
  engine) ensure_sdk ;;
  *)
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 64
    ;;
esac
dotnet build bench/Ecs.Agent.Bench -c Release --nologo -v quiet
case $what in
  all) burst && latency && bench engine && checkpoints ;;
  burst) burst "$@" ;;
  latency) latency "$@" ;;
  engine) bench engine ;;
  checkpoints) checkpoints "$@" ;;
esac
