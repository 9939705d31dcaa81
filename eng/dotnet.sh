# shellcheck shell=bash
# The .NET SDK and the published host. Sourced.
# shellcheck source=eng/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

PUBLISHED=$ROOT/artifacts/publish
AGENT_BINARY=$PUBLISHED/ecs-agent

ensure_sdk() {
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\)\..*/\1/p' "$ROOT/global.json")
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q "^$wanted\." && return
  die "$EXIT_SETUP" "the .NET SDK $wanted is not installed: apt-get install dotnet-sdk-$wanted.0 where the distribution has it,
  else https://learn.microsoft.com/dotnet/core/install/linux"
}

# Native compilation links with clang and zlib.
ensure_native_toolchain() {
  has_native_toolchain && return
  if has_apt && is_root; then install_packages clang zlib1g-dev && return; fi
  return 1
}

has_native_toolchain() {
  command -v clang >/dev/null && echo '#include <zlib.h>' | clang -E - >/dev/null 2>&1
}

runtime_identifier() {
  case $(uname -m) in
    x86_64) echo linux-x64 ;;
    aarch64 | arm64) echo linux-arm64 ;;
    *) die "$EXIT_SETUP" "no build for $(uname -m): linux-x64 and linux-arm64 are known" ;;
  esac
}

# Publishes the host when a source is newer than the last time. Folders count too, so that a removed file does.
ensure_published() {
  local stamp=$PUBLISHED/.published
  if [[ -x $AGENT_BINARY && -e $stamp ]] &&
    [[ -z $(find "$ROOT"/src "$ROOT"/eng/compat "$ROOT"/Directory.*.props "$ROOT"/global.json -newer "$stamp" -print -quit) ]]; then
    return
  fi
  ensure_sdk
  local native=(-p:PublishAot=true)
  if ! ensure_native_toolchain; then
    say "no clang and zlib1g-dev here: building for the .NET runtime instead of a native executable"
    native=(-p:PublishAot=false --self-contained false)
  fi
  say "building (the first time takes a minute or two)"
  local started
  started=$(mktemp)
  logged publish publish_host "${native[@]}" || { rm -f "$started"; exit "$EXIT_SETUP"; }
  touch -r "$started" "$stamp"
  rm -f "$started"
}

publish_host() {
  dotnet publish "$ROOT/src/Ecs.Agent.Host" -c Release -r "$(runtime_identifier)" -o "$PUBLISHED" --nologo "$@"
}
