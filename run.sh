#!/usr/bin/env bash
# Runs an ECS task definition on this machine's Docker.
#   ./run.sh                                          examples/hello.json
#   ./run.sh path/to/task-definition.json [OPTION…]   options of `ecs-agent local run`
# Brings what is missing: an engine, the image of the examples, the build. Exit codes: README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/eng/docker.sh"
. "$here/eng/images.sh"
. "$here/eng/dotnet.sh"

(($# > 0)) || set -- "$here/examples/hello.json"

ensure_published
case " $* " in
  *' --help '* | *' -h '* | *' -? '*) ;;
  *)
    ensure_engine
    ensure_images
    ;;
esac

# The agent takes this terminal's signals and its exit code is ours.
exec "$AGENT_BINARY" local run "$@"
