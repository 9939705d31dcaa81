# shellcheck shell=bash
# What run.sh, test.sh and their parts share: one line per step on stderr, details in a log that is named when a step fails. Sourced.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOGS=$ROOT/artifacts/log

# As in README.md: no Docker engine to be had, and set-up failed for any other reason.
EXIT_NO_DOCKER=69
EXIT_SETUP=71

say() { printf 'ecs-agent: %s\n' "$*" >&2; }

die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# log_file NAME: the path of that step's log.
log_file() {
  mkdir -p "$LOGS"
  printf '%s/%s.log' "$LOGS" "$1"
}

# logged NAME COMMAND…: runs the command with its output in a log; on failure shows the log's end and where the rest is.
logged() {
  local log status=0
  log=$(log_file "$1")
  shift
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    tail -n 25 "$log" >&2
    say "failed: $* (exit code $status); all of its output: $log"
  fi
  return "$status"
}

is_root() { [[ $(id -u) -eq 0 ]]; }

has_apt() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

apt_knows() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# install_packages PACKAGE…: as root, from the distribution. Refreshes the package lists only where they do not do.
install_packages() {
  local package stale=
  for package in "$@"; do apt_knows "$package" || stale=yes; done
  say "installing $*"
  if [[ -n $stale ]] || ! logged_quietly apt-install apt_install "$@"; then
    logged apt-update apt-get -q update && logged apt-install apt_install "$@"
  fi
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@"
}

logged_quietly() {
  local log
  log=$(log_file "$1")
  shift
  "$@" >"$log" 2>&1 </dev/null
}

# with_lock NAME COMMAND…: two scripts at once must not both install or both start an engine.
with_lock() {
  local lock=${TMPDIR:-/tmp}/ecs-agent-local.$(id -u).$1.lock
  shift
  (
    flock 9
    "$@"
  ) 9>"$lock"
}
