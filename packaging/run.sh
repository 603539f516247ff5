#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and runs:
#   packaging/run.sh [--yes]                    the window
#   packaging/run.sh [--yes] check example.com  the command line (any command of mta-sts)
# --yes installs missing packages without asking. Further words go to the program.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/packages.sh"
ask=ask
if [ "${1:-}" = --yes ]; then ask=yes; shift; fi
{
    install_packages $ask $build_packages
    cmake -S "$root" --preset release >/dev/null
    cmake --build "$root/build/release" --parallel
} >&2
case ${1:-} in
    '' | -*) exec "$root/build/release/ui/mta-sts-assistant" "$@" ;;
    *) exec "$root/build/release/src/cli/mta-sts" "$@" ;;
esac
