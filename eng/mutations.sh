#!/usr/bin/env bash
# Shows that the simulation finds bugs: plants one defect at a time and prints the seed that catches it.
#   eng/mutations.sh                all defects of eng/mutations
#   eng/mutations.sh NAME…          only those whose file name contains NAME
#   eng/mutations.sh --markdown     as the table in docs/simulation.md
# Works in a copy of the tree. Exit code 1 when a defect survives ECS_SIMULATION_SEEDS seeds (default 15000).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/dotnet.sh"
ensure_sdk

PROJECT=Ecs.Agent.Simulation.Tests
TEST="*.Engine_UnderRandomScenarios_KeepsItsLaws"
export ECS_SIMULATION_SEEDS=${ECS_SIMULATION_SEEDS:-15000}
unset ECS_SIMULATION_REPLAY ECS_SIMULATION_HOURS

markdown= names=()
for argument in "$@"; do
  case $argument in
    --markdown) markdown=yes ;;
    *) names+=("$argument") ;;
  esac
done

wanted() {
  local name
  ((${#names[@]} > 0)) || return 0
  for name in "${names[@]}"; do [[ $1 == *"$name"* ]] && return 0; done
  return 1
}

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$ROOT" && git ls-files -z --cached --others --exclude-standard -- . ':!docs' ':!examples' | xargs -0 cp --parents -t "$copy" 2>/dev/null) || true
cd "$copy"

build() { dotnet build "tests/$PROJECT" -c Release --nologo -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false -p:GenerateDocumentationFile=false; }

# simulate: what the simulation says; its exit code.
simulate() { timeout --kill-after=10 600 "artifacts/bin/$PROJECT/release/$PROJECT" -noColor -method "$TEST" </dev/null 2>&1; }

show() {
  if [[ -n $markdown ]]; then printf '| %s | %s | %s |\n' "$@"; else printf '%-34s %-8s %s\n' "$@"; fi
}

survivors=0
if [[ -n $markdown ]]; then printf '| Defect | Seed | Law that it breaks |\n|---|---|---|\n'; fi
for patch in eng/mutations/*.patch; do
  name=$(basename "$patch" .patch)
  wanted "$name" || continue
  patch -p1 --quiet <"$patch" || die "$EXIT_SETUP" "$patch does not apply any more"
  logged mutation build || die "$EXIT_SETUP" "$name does not build: a defect that cannot be made is none"
  if output=$(simulate); then
    show "$name" - SURVIVES
    survivors=$((survivors + 1))
  else
    finding=$(grep -m 1 -oE 'seed [0-9]+: .*' <<<"$output" || true)
    if [[ -z $finding ]]; then
      show "$name" - "the run broke: $(tail -n 3 <<<"$output" | tr '\n' ' ')"
      survivors=$((survivors + 1))
    else
      show "$name" "$(grep -oE '^seed [0-9]+' <<<"$finding" | tr -dc 0-9)" "$(cut -d: -f2- <<<"${finding:0:140}" | sed 's/^ //')"
    fi
  fi
  patch -p1 --quiet --reverse <"$patch"
done
((survivors == 0)) || exit 1
