#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The benchmark: what the program takes, each figure against a yardstick measured in the same run.
# Linux, without root, everything on loopback; needs Knot, unbound, ldns, Xvfb.
#   run.sh [--quick] [one|many|plan|practice|window]    --quick: fewer repetitions, 1,000 domains instead of 10,000
#   one, many, plan, practice, window: only that part of the table
# Prints one table. Exits with 1 when a bound is passed over.
#
# The names: 10,000 domains of an unsigned zone below a signed top (DNSSEC is validated down to the
# proof that they are unsigned), two mail servers each; domains whose mail servers stand in a signed
# zone, so that every TLSA name is validated; domains that share 20 mail servers; and dead ones: one
# mail server takes connections and never greets, the other refuses them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BENCH_BUILD:-$root/build/bench}
many=10000 few=1000 times=9 jobs=128
if [ "${1:-}" = --quick ]; then many=1000 few=300 times=3; shift; fi
part=${1:-}
wants() { [ -z "$part" ] || [ "$part" = "$1" ]; }

# Linked as a release is: with another linker the window starts a tenth later or sooner.
configure=(-B "$build" -S "$root" -DASSISTANT_BENCH=ON -DASSISTANT_TESTS=ON -DMOLD_PROGRAM=)
[ -f "$build/build.ninja" ] || cmake --preset release "${configure[@]}" >&2
cmake "${configure[@]}" >/dev/null
ninja -C "$build" bench >&2

work=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
children=()
cleanup() {
    trap - EXIT INT TERM
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
over=0

start() { # start NAME COMMAND...: in the background, until it says "ready" into $work/NAME
    local name=$1 left=1200
    shift
    : > "$work/$name"
    "$@" > "$work/$name" &
    children+=($!)
    until grep -qx ready "$work/$name"; do
        left=$((left - 1))
        if [ "$left" = 0 ] || ! kill -0 $! 2>/dev/null; then echo "run.sh: $name did not start" >&2; exit 1; fi
        sleep 0.05
    done
}
said() { sed -n "s/^$2=//p" "$work/$1"; }               # said NAME KEY: what a server printed
value() { tr ' ' '\n' <<< "$2" | sed -n "s/^$1=//p"; }  # value KEY "key=value ..."
calc() { awk "BEGIN { printf \"%.${2:-2}f\", $1 }"; }

heading() { printf '\n%-58s %10s %10s %10s  %s\n' "$1" measured yardstick ratio bound; }
row() { # row WHAT MEASURED YARDSTICK UNIT [BOUND most|least]: the ratio against its bound
    local ratio verdict=''
    ratio=$(calc "$2 / $3")
    if [ -n "${5:-}" ]; then
        verdict=$(awk "BEGIN { print (\"$6\" == \"most\" ? $2 / $3 <= $5 : $2 / $3 >= $5) ? \"pass\" : \"OVER\" }")
        [ "$verdict" = pass ] || over=1
        verdict="at $6 $5  $verdict"
    fi
    printf '%-58s %7s %2s %7s %2s %10s  %s\n' "$1" "$2" "$4" "$3" "$4" "$ratio" "$verdict"
}

make_zones() { # make_zones TLSA_DIGEST
    mkdir "$work/zones"
    awk -v n="$many" -v few="$few" -v digest="$1" '
    function common(d) {
        print "_mta-sts." d " IN TXT \"v=STSv1; id=20240101T000000;\""
        print "_smtp._tls." d " IN TXT \"v=TLSRPTv1; rua=mailto:reports@" d ".bulk.example\""
        print "mta-sts." d " IN A 127.0.0.2"
    }
    function hosts(d, one, two) { print d " IN MX 10 " one; print d " IN MX 20 " two; common(d) }
    function host(name, address) { print name " IN A " address }
    BEGIN {
        for (i = 1; i <= n; ++i) {
            hosts("d" i, "a.d" i, "b.d" i); host("a.d" i, "127.0.0.3"); host("b.d" i, "127.0.0.4")
            hosts("s" i, "m" i % 20 ".shared", "m" (i + 7) % 20 ".shared")
            if (i % 20 == 0) {
                hosts("dead" i, "a.dead" i, "b.dead" i)
                host("a.dead" i, "127.0.0.5"); host("b.dead" i, "127.0.0.6")
            }
        }
        for (i = 0; i < 20; ++i) host("m" i ".shared", "127.0.0." 3 + i % 2)
        hosts("tlsa", "a.tlsa.hosts.example.", "b.tlsa.hosts.example.")
        for (i = 1; i <= few; ++i) hosts("t" i, "a.t" i ".hosts.example.", "b.t" i ".hosts.example.")
    }' > "$work/zones/bulk.example.unsigned.zone"
    awk -v few="$few" -v digest="$1" '
    function host(name, address) {
        print name " IN A " address
        print "_25._tcp." name " IN TLSA 3 1 1 " digest
    }
    BEGIN {
        host("a.tlsa", "127.0.0.3"); host("b.tlsa", "127.0.0.4")
        for (i = 1; i <= few; ++i) { host("a.t" i, "127.0.0.3"); host("b.t" i, "127.0.0.4") }
    }' > "$work/zones/hosts.example.zone"
    for i in $(seq "$many"); do echo "d$i.bulk.example"; done > "$work/own"
    head -n "$few" "$work/own" > "$work/own-few"
    for i in $(seq "$many"); do echo "s$i.bulk.example"; done > "$work/shared"
    for i in $(seq "$few"); do echo "t$i.bulk.example"; done > "$work/signed"
    awk 'NR % 20 == 0 { sub(/^d/, "dead") } { print }' "$work/own" > "$work/dead"
}

free_port() { # into $port
    while port=$((20000 + RANDOM % 20000)); grep -qs "$(printf ':%04X ' "$port")" /proc/net/udp /proc/net/tcp; do :; done
}

start bed "$build/tests/bench/bench_bed" "$work"
make_zones "$(said bed tlsa)"
start dns "$root/tests/real/dnsbed.sh" "$work/zones"
resolver=$(said dns authority)
trust=(--allow-private --no-control --trust-anchor "$(said dns anchor)" --ca-file "$(said bed ca)")
mta_sts=$build/src/cli/mta-sts

# One check through a relay: one_check ROUND_TRIP_MS SUFFIX ROUND_TRIPS PROTOCOL
one_check() {
    local rtt=$1 floor best first servers all dns https smtp options taken i
    free_port; dns=$port
    free_port; https=$port
    free_port; smtp=$port
    start "relay-$1$2" "$build/tests/bench/bench_relay" "$rtt" "127.0.0.1:$dns:${resolver#*@}" \
        "127.0.0.2:$https:$(said bed "https$2")" "127.0.0.3:$smtp:$(said bed "smtp$2")" \
        "127.0.0.4:$smtp:$(said bed "smtp$2")"
    local relay=$!
    options=("${trust[@]}" --resolver "127.0.0.1@$dns" --https-port "$https" --smtp-port "$smtp")
    floor=$(($3 * rtt))
    heading "One check, $4, round trip $rtt ms; yardstick: $3 round trips"
    best=$("$build/tests/bench/bench_onecheck" "$times" d1.bulk.example "${options[@]}")
    first=$(value first "$best") servers=$(value servers "$best") all=$(value all "$best")
    row "first record on the screen (yardstick: 1 R + 30 ms)" "$first" $((rtt + 30)) ms 1 most
    row "every certificate of the mail servers seen" "$servers" "$floor" ms 1.10 most
    # RFC 3207 4.2: EHLO again inside TLS, and its answer is judged. No dialogue gives it before that round trip.
    row "to the last verdict, EHLO inside TLS answered: $(($3 + 1)) R" "$all" $((floor + rtt)) ms 1.10 most
    row "  the same against $3 R" "$all" "$floor" ms
    for i in $(seq "$times"); do
        value wall "$("$build/tests/bench/bench_measure" '' "$mta_sts" check d1.bulk.example --json "${options[@]}")"
    done | sort -n > "$work/walls"
    taken=$(calc "1000 * $(sed -n "$((times / 2 + 1))p" "$work/walls")" 1)
    row "mta-sts check DOMAIN --json, whole process: $(($3 + 1)) R" "$taken" $((floor + rtt)) ms 1.15 most
    row "  the same against $3 R" "$taken" "$floor" ms
    if [ "$rtt$2" = 50 ]; then
        best=$("$build/tests/bench/bench_onecheck" "$times" tlsa.bulk.example "${options[@]}")
        row "the same with TLSA: also asks for the other kind of key" "$(value all "$best")" "$floor" ms
    fi
    kill "$relay"
}

bulk() { # bulk WHO LIST [EXCLUDED]: what bench_measure says of one run over the list
    local out
    if [ "$1" = bare ]; then
        out=$("$build/tests/bench/bench_measure" "${3:-}" "$build/tests/bench/bench_floor" "${resolver#*@}" \
            "$(said bed https)" "$(said bed smtp)" "$(said bed ca)" "$jobs" "$work/$2")
    else
        out=$("$build/tests/bench/bench_measure" "${3:-}" "$mta_sts" check --from "$work/$2" --json-lines \
            --timeout 20 --resolver "$resolver" --https-port "$(said bed https)" \
            --smtp-port "$(said bed smtp)" "${trust[@]}")
    fi
    echo "$out"
}
cpu() { calc "1000 * $(value cpu "$1") / $(value lines "$1")" 3; }  # of a domain, milliseconds
rate() { calc "$(value lines "$1") / $(value last "$1")" 0; }       # domains a second

many_checks() { # many_checks TITLE LIST BOUND: against the bare engine on the same list
    local bare ours
    heading "$1"
    bare=$(bulk bare "$2")
    ours=$(bulk ours "$2")
    row "CPU of a domain" "$(cpu "$ours")" "$(cpu "$bare")" ms "$3" most
    row "domains a second" "$(rate "$ours")" "$(rate "$bare")" /s
    row "peak memory (yardstick: 100 MB)" "$(value peak "$ours")" 100 MB 1 most
    last=$ours
}

sleep 5 # the name server signs its zones in the background; nothing is to be measured meanwhile

for rtt in 50 200; do
    wants one || break
    one_check $rtt "" 7 "TLS 1.3"
    one_check $rtt 12 8 "TLS 1.2"
done
if wants many; then
    many_checks "$few domains; yardstick: the bare engine" own-few 1.5
    many_checks "$many domains; yardstick: the bare engine" own 1.5
    alive=$last
    many_checks "$many domains that share 20 mail servers" shared 1.5
    many_checks "$few domains, every TLSA name validated" signed 2.0
    heading "$many domains, 5 % of them dead; yardstick: the same without"
    dead=$(bulk ours dead dead)
    row "live domains a second" "$(rate "$dead")" "$(rate "$alive")" /s 0.8 least
    row "peak memory (yardstick: 100 MB)" "$(value peak "$dead")" 100 MB 1 most
fi
if wants plan; then
    heading "A plan against a zone of 5,000 records; yardstick: 300 ms of the processor"
    for kind in cloudflare:cloudflare pdns:powerdns; do
        taken=$("$build/tests/bench/bench_zoneplan" ${kind/:/ } 5000 "$times")
        row "plan, ${kind#*:}" "$(value cpu "$taken")" 300 ms 1 most
    done
fi
if wants practice; then
    heading "The small Internet of the practice; yardsticks: 300 ms, 20 MB with a whole check"
    for i in $(seq $((2 * times + 1))); do "$build/tests/bench/bench_practicestart" >> "$work/practices"; done
    half() { sed "s/.*$1=\([0-9.]*\).*/\1/" "$work/practices" | sort -n | sed -n "$((times + 1))p"; }
    row "from nothing to all servers listening" "$(half start)" 300 ms 1 most
    row "memory" "$(half memory)" 20 MB 1 most
fi
wants window || exit $over

heading "First window; yardstick: a bare QWizard"
display=:$((90 + RANDOM % 900))
chmod 700 "$work"
Xvfb $display -screen 0 1280x1024x24 >/dev/null 2>&1 &
children+=($!)
export DISPLAY=$display QT_QPA_PLATFORM=xcb XDG_RUNTIME_DIR=$work
for i in $(seq 100); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
for i in $(seq $((2 * times + 2))); do
    "$build/tests/bench/bench_firstwindow" "$build/tests/bench/bench_barewizard" >> "$work/bare-windows"
    "$build/tests/bench/bench_firstwindow" "$build/ui/mta-sts-assistant" --state-dir "$work" >> "$work/windows"
done
middle() { sort -n "$1" | sed -n "$((times + 1))p"; }
row "start to the first exposed window" "$(middle "$work/windows")" "$(middle "$work/bare-windows")" ms 1.2 most

heading "The window's thread; yardstick: one picture at 60 Hz"
busy=$(QT_QPA_PLATFORM=xcb "$build/tests/bench/bench_windowthread" "$times" 2>"$work/stays")
row "longest stay on the way through every page" "$(value busy "$busy")" 16 ms 1 most
row "the same, of the processor" "$(value cpu "$busy")" 16 ms
sed -n '1,5s/^/    /p' "$work/stays"
exit $over
