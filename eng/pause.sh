#!/bin/sh
# Assembles the program of the pause image for both architectures from its source. What comes out is in the repository, so that a build needs
# no assembler; a test compares the two. Needs clang, which assembles for either, and readelf.
set -eu
cd "$(dirname "$0")/../src/Ecs.Agent.Infrastructure/Docker/Pause"
object="$(mktemp)"
trap 'rm -f "$object"' EXIT
for architecture in x86_64 aarch64; do
    clang -c --target="$architecture-linux-gnu" -o "$object" "pause.$architecture.s"
    readelf -SW "$object" | sed -n 's/^ *\[ *[0-9]*\] \.text *PROGBITS *[0-9a-f]* \([0-9a-f]*\) \([0-9a-f]*\) .*/\1 \2/p' | {
        read -r offset size
        tail -c "+$((0x$offset + 1))" "$object" | head -c "$((0x$size))" > "pause.$architecture"
    }
    echo "pause.$architecture: $(wc -c < "pause.$architecture") bytes"
done
