#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds, runs every test; the summary of ctest comes last.
#   tests/run.sh [--yes] [--preset dev] [ctest options]     such as: tests/run.sh -L fast
# Missing packages are asked about, unless --yes is given or there is no terminal to ask at.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/packages.sh"
ask=ask preset=dev
[ -t 0 ] || ask=yes
while :; do
    case ${1:-} in
        --yes) ask=yes; shift ;;
        --preset) preset=$2; shift 2 ;;
        *) break ;;
    esac
done
install_packages $ask $build_packages $test_packages
cmake -S "$root" --preset "$preset" >/dev/null
"$root/tests/real/install-workerd.sh" "$root/build/$preset/workerd"
cmake --build "$root/build/$preset" --parallel
cd "$root/build/$preset"
exec ctest --output-on-failure --parallel 2 "$@"
