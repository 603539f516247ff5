#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts the Workers runtime into a folder, for tst_exportedhosts and tst_pushedworker: install-workerd.sh DIR
# Its npm package holds one program; no install scripts are run. Prints the program's path.
set -eu
directory=${1:?usage: install-workerd.sh DIR}
program=$directory/node_modules/@cloudflare/workerd-linux-64/bin/workerd
if [ ! -x "$program" ]; then
    mkdir -p "$directory"
    printf '{"private":true}\n' > "$directory/package.json"
    npm install --prefix "$directory" --no-audit --no-fund --ignore-scripts --silent \
        workerd@1.20261117.1 >&2
fi
"$program" --version >&2
echo "$program"
