#!/usr/bin/env bash
# Measures the agent against the raw Docker API: ./bench/run.sh [TASKS] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/eng/docker.sh"
. "$here/eng/images.sh"
. "$here/eng/dotnet.sh"
cd "$here"

ensure_published
ensure_engine
ensure_images
dotnet build bench/Ecs.Agent.Bench -c Release --nologo -v quiet
export ECS_AGENT_TEST_IMAGE=$SAMPLE_IMAGE
concurrency=$(nproc)
((concurrency >= 2)) || concurrency=2
for mode in local-up run; do
  artifacts/bin/Ecs.Agent.Bench/release/Ecs.Agent.Bench "$AGENT_BINARY" "${1:-50}" "${2:-3}" "$concurrency" "$mode"
done
