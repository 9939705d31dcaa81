#!/usr/bin/env bash
# Finds the program docker-registry that tests of image pulls use, or takes it from the distribution's package without installing that:
# installed, it would start a registry of its own on port 5000.
#   source eng/registry.sh && ensure_registry    exports ECS_AGENT_TEST_REGISTRY
# shellcheck source=eng/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

ensure_registry() {
  local own=$ROOT/artifacts/registry/usr/bin/docker-registry
  if [[ -z ${ECS_AGENT_TEST_REGISTRY:-} ]]; then
    ECS_AGENT_TEST_REGISTRY=$(command -v docker-registry) || ECS_AGENT_TEST_REGISTRY=$own
  fi
  [[ -x $ECS_AGENT_TEST_REGISTRY ]] || with_lock registry unpack_registry "$own" ||
    die "$EXIT_SETUP" "tests of image pulls need docker-registry. As root: apt-get install -y docker-registry"
  export ECS_AGENT_TEST_REGISTRY
}

# unpack_registry PROGRAM
unpack_registry() {
  [[ -x $1 ]] && return
  has_apt || return 1
  if is_root; then apt_knows docker-registry || logged_quietly apt-update apt-get -q update; fi
  say "fetching docker-registry"
  local work
  work=$(mktemp -d)
  mkdir -p "$ROOT/artifacts/registry"
  (cd "$work" && logged_quietly registry apt-get -q download docker-registry && dpkg-deb -x docker-registry_*.deb "$ROOT/artifacts/registry")
  rm -rf "$work"
  [[ -x $1 ]]
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  ensure_registry
  echo "$ECS_AGENT_TEST_REGISTRY"
fi
