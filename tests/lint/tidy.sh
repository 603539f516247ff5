#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the sources, or over the files given; needs a configured build/dev. Minutes for all.
set -eu
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- $(git ls-files 'src/*.cpp' 'ui/*.cpp')
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "${BUILD:-build/dev}"
