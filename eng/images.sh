#!/usr/bin/env bash
# Makes the image of the examples and tests, ecs-agent/sample:latest: busybox and nothing else. No registry has it, so none is asked;
# it comes from the distribution's busybox-static, or from busybox:latest where there is no such package.
#   source eng/images.sh && ensure_images    needs DOCKER_HOST
# shellcheck source=eng/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

SAMPLE_IMAGE=ecs-agent/sample:latest

ensure_images() {
  docker image inspect "$SAMPLE_IMAGE" >/dev/null 2>&1 || with_lock images make_sample_image || exit $?
}

make_sample_image() {
  docker image inspect "$SAMPLE_IMAGE" >/dev/null 2>&1 && return
  say "making the image $SAMPLE_IMAGE"
  local work status=0
  work=$(mktemp -d)
  if find_busybox "$work"; then
    import_busybox "$work" || status=$?
  else
    logged image docker pull busybox:latest && docker tag busybox:latest "$SAMPLE_IMAGE" || status=$?
  fi
  rm -rf "$work"
  ((status == 0)) || die "$EXIT_SETUP" "the sample image cannot be made; install busybox-static, or let Docker reach a registry"
}

# find_busybox WORK: leaves a static busybox at WORK/busybox.
find_busybox() {
  local installed
  installed=$(command -v busybox) && is_static "$installed" && cp -L "$installed" "$1/busybox" && return
  has_apt || return 1
  if is_root; then apt_knows busybox-static || logged_quietly apt-update apt-get -q update; fi
  # Unpacked, not installed: a system that has the dynamic busybox keeps it.
  (cd "$1" && logged_quietly busybox apt-get -q download busybox-static && dpkg-deb -x busybox-static_*.deb unpacked) || return 1
  cp "$1"/unpacked/bin/busybox "$1/busybox" 2>/dev/null || cp "$1"/unpacked/usr/bin/busybox "$1/busybox"
}

is_static() { ! ldd "$1" >/dev/null 2>&1; }

import_busybox() {
  local root=$1/root applet
  mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,var/www}
  chmod 1777 "$root/tmp"
  install -m 755 "$1/busybox" "$root/bin/busybox"
  for applet in $("$1/busybox" --list); do
    [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
  done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  tar -C "$root" --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$1/image.tar" .
  logged image docker import --change 'CMD ["/bin/sh"]' --change 'ENV PATH=/bin' "$1/image.tar" "$SAMPLE_IMAGE"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  ensure_images
fi
