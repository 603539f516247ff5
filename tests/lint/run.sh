#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# All lints; each prints what it found. tests/lint/run.sh [--no-format]
set -u
cd "$(dirname "$0")/../.."
bad=0
python3 tests/lint/walls.py || bad=1
python3 tests/lint/words.py || bad=1
python3 tests/lint/banned.py || bad=1
python3 tests/lint/strings.py || bad=1
if [ "${1:-}" != --no-format ]; then
    git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror || bad=1
fi
[ $bad = 0 ] && echo "lints: clean"
exit $bad
