# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# To be sourced: the watcher outside of a bed that is in a network of its own.

# watch WAY SCRIPT FOLDER WORDS...: runs the script in namespaces of its own (unshare WAY; none where it is
# empty) until that ends, this is terminated or the parent is gone; everything inside is gone afterwards. The
# script writes its process as seen from outside into FOLDER/inside.pid.
watch() {
    watched_way=$1
    watched_folder=$3
    local parent=$PPID
    shift
    if [ -n "$watched_way" ]; then
        unshare "$watched_way" --kill-child bash "$@" &
    else
        bash "$@" &
    fi
    watched_child=$!
    # SIGKILL to unshare ends all of its process namespace; without one the script must tidy up.
    end_watched() {
        kill -$([ -n "$watched_way" ] && echo KILL || echo TERM) $watched_child 2>/dev/null || true
        wait $watched_child 2>/dev/null
        local left=60 # unshare is gone before its namespace is
        while [ $((left--)) -gt 0 ] && kill -0 "$(cat "$watched_folder/inside.pid")" 2>/dev/null; do
            sleep 0.05
        done
    }
    trap end_watched EXIT
    trap 'exit 0' INT TERM
    while kill -0 "$parent" 2>/dev/null && kill -0 "$watched_child" 2>/dev/null; do
        sleep 0.5 &
        wait $! || true
    done
    exit 0
}
