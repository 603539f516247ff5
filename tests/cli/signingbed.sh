#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# signingbed.sh PEM: a zone that can be signed, below a parent that can be told so, on loopback, until its standard
# input ends. PowerDNS serves example.com, unsigned, with its API; Knot serves "." and com, signed, and takes DS
# records for com by dynamic update; unbound answers for both without validating. mx1.example.com is a mail server
# that shows the key and chain in PEM.
# Prints key=value lines and then "ready"; "missing=PROGRAM" when one is not installed:
#   address, secret      the API of PowerDNS
#   parent, parentSecret where and with which key com is updated
#   resolver, anchor     to look things up, and the DS of the root
#   dnsPort              of the servers of example.com (127.0.0.1) and com (127.0.0.2)
#   smtpPort             of mx1.example.com
set -euo pipefail
pem=$1
export PATH=$PATH:/usr/sbin:/sbin
for program in pdns_server sqlite3 knotd keymgr unbound dig python3; do
    command -v "$program" >/dev/null || { echo "missing=$program"; exit 1; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/signingbed.XXXXXX")
children=()
cleanup() {
    local child
    trap - EXIT INT TERM
    for child in "${children[@]}"; do
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
free_port() { # free at both addresses, over UDP and TCP
    python3 -c 'import socket
made = [socket.socket(socket.AF_INET, kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM) * 2]
made[0].bind(("127.0.0.1", 0)); port = made[0].getsockname()[1]
made[1].bind(("127.0.0.1", port)); made[2].bind(("127.0.0.2", port)); made[3].bind(("127.0.0.2", port)); print(port)'
}
dns=$(free_port) api=$(free_port) resolver=$(free_port) smtp=$(free_port)
secret=$(openssl rand -base64 32)

cat > "$work/example.com.zone" <<'Z'
$ORIGIN example.com.
$TTL 60
@ SOA ns1 admin 1 3600 600 86400 5
@ NS ns1
@ MX 10 mx1
ns1 A 127.0.0.1
mx1 A 127.0.0.1
Z
. "$(dirname "$0")/../provider/pdnsconf.sh"
{
    pdns_conf "$work" "$dns" "$api" "$secret"
    for cache in cache query-cache negquery-cache domain-metadata-cache dnssec-key-cache; do
        echo "$cache-ttl=0"
    done
} > "$work/pdns.conf"
pdnsutil --config-dir="$work" load-zone example.com "$work/example.com.zone" >/dev/null 2>&1
pdns_server --config-dir="$work" > "$work/pdns.log" 2>&1 &
children+=($!)

cat > "$work/knot.conf" <<C
server:
  rundir: $work
  listen: 127.0.0.2@$dns
  tcp-workers: 1
  udp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: warning
database:
  storage: $work
key:
  - id: parent-key
    algorithm: hmac-sha256
    secret: $secret
acl:
  - id: parent
    key: parent-key
    action: [update, query]
policy:
  - id: one
    manual: on
    single-type-signing: on
    algorithm: ecdsap256sha256
zone:
  - domain: .
    file: $work/root.zone
    dnssec-signing: on
    dnssec-policy: one
  - domain: com
    file: $work/com.zone
    acl: parent
    dnssec-signing: on
    dnssec-policy: one
C
for zone in . com; do
    keymgr -c "$work/knot.conf" $zone generate algorithm=ecdsap256sha256 ksk=yes zsk=yes > "$work/key.log" 2>&1
done
ds() { # the SHA-256 one, as a zone has it
    keymgr -c "$work/knot.conf" "$1" ds 2>/dev/null | grep -E ' DS [0-9]+ [0-9]+ 2 '
}
ds . > "$work/anchor.ds"
soa() { printf '$TTL 60\n%s SOA ns.com. admin.com. 1 3600 600 86400 5\n%s NS ns.com.\nns.com. A 127.0.0.2\n' "$1" "$1"; }
{ soa .; echo 'com. NS ns.com.'; ds com; } > "$work/root.zone"
{ soa com.; printf 'example.com. NS ns1.example.com.\nns1.example.com. A 127.0.0.1\n'; } > "$work/com.zone"
knotd -c "$work/knot.conf" > "$work/knot.log" 2>&1 &
children+=($!)

cat > "$work/unbound.conf" <<C
server:
  username: ""
  chroot: ""
  directory: "$work"
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1@$resolver
  do-not-query-localhost: no
  do-ip6: no
  module-config: "iterator"
  cache-max-ttl: 0
  cache-max-negative-ttl: 0
remote-control:
  control-enable: no
stub-zone:
  name: "."
  stub-addr: 127.0.0.2@$dns
stub-zone:
  name: "com."
  stub-addr: 127.0.0.2@$dns
stub-zone:
  name: "example.com."
  stub-addr: 127.0.0.1@$dns
C
unbound -d -c "$work/unbound.conf" > "$work/unbound.log" 2>&1 &
children+=($!)
python3 -B "$(dirname "$0")/../real/mailpeer.py" "$smtp" "127.0.0.1=mx1.example.com=$pem" > "$work/smtp.log" 2>&1 &
children+=($!)

cat <<V
address=http://127.0.0.1:$api
secret=$secret
parent=127.0.0.2@$dns
parentSecret=parent-key:$secret
resolver=127.0.0.1@$resolver
anchor=$work/anchor.ds
dnsPort=$dns
smtpPort=$smtp
folder=$work
V
for _ in $(seq 200); do
    if dig +time=1 +tries=1 -p "$resolver" @127.0.0.1 mx1.example.com A 2>/dev/null | grep -q '127.0.0.1$' &&
        dig +time=1 +tries=1 +dnssec -p "$resolver" @127.0.0.1 com SOA 2>/dev/null | grep -q RRSIG &&
        (exec 3<>"/dev/tcp/127.0.0.1/$smtp") 2>/dev/null; then
        echo ready
        cat > /dev/null
        exit 0
    fi
    sleep 0.05
done
cat "$work"/*.log >&2
exit 1
