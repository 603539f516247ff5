#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/fuzz/run.sh SECONDS: builds the fuzz targets (preset asan) and gives each so long, starting from
# the texts of the vectors. A crash leaves its input in build/asan/fuzz/crashes and fails.
set -eu
seconds=${1:?how many seconds for each target?}
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
build=$root/build/asan
work=$build/fuzz
cmake -S "$root" --preset asan >/dev/null
cmake --build "$build" --parallel --target fuzz
python3 "$root/tests/fuzz/seeds.py" "$root/tests/data" "$work/seeds"
mkdir -p "$work/crashes"
for target in "$build"/tests/fuzz/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    name=$(basename "$target")
    mkdir -p "$work/corpus/$name" "$work/seeds/$name"
    echo "$name"
    "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=0 \
        -verbosity=0 -artifact_prefix="$work/crashes/$name-" "$work/corpus/$name" "$work/seeds/$name"
done
