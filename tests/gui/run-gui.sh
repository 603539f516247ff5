#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# run-gui.sh [--size 1280x800] COMMAND...
# Runs a command in an X server, D-Bus session, window manager and accessibility bus of its own, with
# empty settings. Whatever was started here is ended by its own process id.
set -eu
size=1280x800
if [ "$1" = --size ]; then size=$2; shift 2; fi

home=$(mktemp -d "${TMPDIR:-/tmp}/run-gui.XXXXXX")
export TMPDIR="$home" HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config"
export XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" XDG_DOCUMENTS_DIR="$home"
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME"

# The server chooses a free number by itself: runs side by side do not meet.
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset 3>"$home/display" 2>"$home/x.log" &
server=$!
tidy() {
    kill "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
    rm -rf "$home"
}
trap tidy EXIT INT TERM
turn=0
until [ -s "$home/display" ]; do
    turn=$((turn + 1))
    [ $turn -le 200 ] || { cat "$home/x.log" >&2; exit 1; }
    sleep 0.05
done
DISPLAY=:$(cat "$home/display")
export DISPLAY QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY || :
# Makes Qt show its tree without a running screen reader; MTASTS_UI_IDS adds the object names.
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 MTASTS_UI_IDS=1

# Without a window manager no window ever gets the keyboard.
dbus-run-session -- sh -c '
    openbox >/dev/null 2>&1 & manager=$!
    /usr/libexec/at-spi-bus-launcher >/dev/null 2>&1 & bus=$!
    result=0
    "$@" || result=$?
    kill "$manager" "$bus" 2>/dev/null
    exit $result
' sh "$@"
