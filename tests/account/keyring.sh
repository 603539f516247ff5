#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# keyring.sh none|locked|open HOME COMMAND...: runs the command in a session of its own with no key store, with a
# real one that is locked, or with one that is open.
set -eu
kind=$1 home=$2
shift 2
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
mkdir -p -m 700 "$XDG_RUNTIME_DIR"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS || :
command -v gnome-keyring-daemon >/dev/null || { echo "missing=gnome-keyring-daemon" >&2; exit 77; }
case $kind in
    none)
        # Without service files nothing is started on demand.
        export XDG_DATA_DIRS="$home/nothing"
        exec dbus-run-session -- "$@" ;;
    locked) exec dbus-run-session -- sh -c 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"' sh "$@" ;;
    open) exec dbus-run-session -- sh -c 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"' sh "$@" ;;
esac
