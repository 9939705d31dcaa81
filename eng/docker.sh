#!/usr/bin/env bash
# Finds a Docker engine, or installs and starts one from the distribution's packages.
#   source eng/docker.sh && ensure_engine    exports DOCKER_HOST
#   eng/docker.sh                            prints it
# An engine that this starts keeps everything under ${XDG_STATE_HOME:-/var/lib}/ecs-agent-local and is found again by the next call.
# shellcheck source=eng/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

ensure_engine() {
  command -v docker >/dev/null || with_lock docker install_docker || exit $?

  if [[ -n ${DOCKER_HOST:-} ]]; then
    engine_answers "$DOCKER_HOST" || die "$EXIT_NO_DOCKER" \
      "Docker does not answer at DOCKER_HOST=$DOCKER_HOST: $(engine_error "$DOCKER_HOST"). Without DOCKER_HOST an engine of this machine is used."
    export DOCKER_HOST
    return
  fi

  local host
  for host in "$(default_engine)" "$(own_engine)"; do
    if engine_answers "$host"; then
      export DOCKER_HOST=$host
      return
    fi
  done

  is_root || die "$EXIT_NO_DOCKER" "Docker does not answer at $(default_engine): $(engine_error "$(default_engine)")
  As root, start it (systemctl start docker) and let this user in (usermod -aG docker $(id -un), then log in again),
  or name another engine in DOCKER_HOST."
  with_lock docker start_engine || exit $?
  DOCKER_HOST=$(own_engine)
  export DOCKER_HOST
}

# The endpoint of the docker command's current context: the system's socket, Docker Desktop's, …
default_engine() {
  local host
  host=$(env -u DOCKER_HOST docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || host=
  printf '%s' "${host:-unix:///var/run/docker.sock}"
}

own_engine() { printf 'unix://%s/docker.sock' "$(engine_dir)"; }

# A socket's path may be 107 bytes long, and containerd puts its own below this folder.
engine_dir() {
  local state=${XDG_STATE_HOME:-/var/lib}
  ((${#state} <= 50)) || state=/var/lib
  printf '%s/ecs-agent-local' "$state"
}

engine_answers() { DOCKER_HOST=$1 timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

engine_error() {
  DOCKER_HOST=$1 timeout 20 docker version --format '{{.Server.Version}}' 2>&1 >/dev/null | tail -n 1
}

install_docker() {
  if command -v docker >/dev/null && command -v dockerd >/dev/null; then return; fi
  has_apt || die "$EXIT_NO_DOCKER" "Docker is not installed, and this machine has no apt-get. Install Docker Engine, then run this again."
  is_root || die "$EXIT_NO_DOCKER" "Docker is not installed. As root, run
  apt-get install -y docker.io iptables
  usermod -aG docker $(id -un)
  then log in again, and run this again."
  install_packages docker.io iptables || return "$EXIT_NO_DOCKER"
  # Newer releases have the command in a package of its own.
  command -v docker >/dev/null || install_packages docker-cli || return "$EXIT_NO_DOCKER"
}

start_engine() {
  install_docker || return
  # Whoever held the lock before may have started it, and so may the package's own service.
  engine_answers "$(default_engine)" && return
  engine_answers "$(own_engine)" && return
  command -v iptables >/dev/null || install_packages iptables || return "$EXIT_NO_DOCKER"
  if grep -qs Y /sys/module/apparmor/parameters/enabled && ! command -v apparmor_parser >/dev/null; then
    install_packages apparmor || return "$EXIT_NO_DOCKER"
  fi
  ensure_cgroups

  local log pid
  log=$(engine_dir)/dockerd.log
  if pid=$(running_engine); then
    wait_for_engine "$pid" && return
    die "$EXIT_NO_DOCKER" "the Docker engine with process id $pid runs and does not answer; what it said: $log"
  fi
  say "starting a Docker engine in $(engine_dir)"
  try_engine && return
  if grep -qi iptables "$log" && legacy_iptables_first && try_engine; then return; fi
  if grep -qiE 'storage|graphdriver|overlay' "$log" && try_engine --storage-driver vfs; then return; fi
  tail -n 25 "$log" >&2
  die "$EXIT_NO_DOCKER" "the Docker engine does not start; all it said: $log"
}

# The process id of an engine of ours that has not ended.
running_engine() {
  local pid
  pid=$(cat "$(engine_dir)/docker.pid" 2>/dev/null) && [[ $(cat "/proc/$pid/comm" 2>/dev/null) == dockerd ]] && echo "$pid"
}

# Starts dockerd apart from this terminal, so that Ctrl-C is not for it.
try_engine() {
  local dir pid
  dir=$(engine_dir)
  mkdir -p "$dir"
  rm -f "$dir/docker.pid" "$dir/docker.sock"
  setsid dockerd --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/docker.pid" -H "unix://$dir/docker.sock" "$@" \
    >"$dir/dockerd.log" 2>&1 </dev/null 9>&- &
  pid=$!
  wait_for_engine "$pid" && return
  kill "$pid" 2>/dev/null
  return 1
}

# wait_for_engine PID: until it answers; fails when it has ended, or has not answered within 90 seconds.
wait_for_engine() {
  local host deadline=$((SECONDS + 90))
  host=$(own_engine)
  while ((SECONDS < deadline)); do
    if [[ -S ${host#unix://} ]] && engine_answers "$host"; then return 0; fi
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# Kernels without nf_tables need the old tables; dockerd takes the first iptables of its PATH.
legacy_iptables_first() {
  local legacy dir
  legacy=$(command -v iptables-legacy) || return 1
  dir=$(engine_dir)/legacy-iptables
  mkdir -p "$dir"
  ln -sf "$legacy" "$dir/iptables"
  ln -sf "$(dirname "$legacy")/ip6tables-legacy" "$dir/ip6tables"
  PATH=$dir:$PATH
}

# A machine whose init did not mount the control groups (a bare container, a minimal VM).
ensure_cgroups() {
  grep -qE '^[^ ]+ [^ ]+ cgroup2? ' /proc/mounts && return
  say "mounting the control groups"
  if mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null; then
    grep -qw memory /sys/fs/cgroup/cgroup.controllers && return
    umount /sys/fs/cgroup
  fi
  command -v cgroupfs-mount >/dev/null || install_packages cgroupfs-mount || return "$EXIT_NO_DOCKER"
  logged cgroupfs-mount cgroupfs-mount
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  ensure_engine
  echo "$DOCKER_HOST"
fi
