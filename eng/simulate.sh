#!/usr/bin/env bash
# Simulates for as long as it is given, seed after seed, and stops at the first that breaks a law.
#   eng/simulate.sh HOURS [FIRST_SEED]    0.5 is half an hour; the first seed is drawn by chance unless given
#   eng/simulate.sh --replay SEED         plays one seed and shows its whole trace
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/dotnet.sh"
ensure_sdk
cd "$ROOT"

PROJECT=Ecs.Agent.Simulation.Tests
case ${1:-} in
  --replay) export ECS_SIMULATION_REPLAY=${2:?the seed} ;;
  [0-9]*) export ECS_SIMULATION_HOURS=$1 ECS_SIMULATION_FIRST_SEED=${2:-$((RANDOM * 32768 + RANDOM))} ;;
  *)
    sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 64
    ;;
esac

logged simulation dotnet build "tests/$PROJECT" -c Release --nologo -v quiet
exec "artifacts/bin/$PROJECT/release/$PROJECT" -noColor -showLiveOutput -method "*.Engine_UnderRandomScenarios_KeepsItsLaws"
