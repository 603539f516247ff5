#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# zonebed.sh pdns|bind|knot|cloudflare|desec|hetzner [LINE...]: one DNS service that can be written to, on loopback, until its
# standard input ends: a real name server, or the stand-in of a service (desecstandin.py, ...). LINEs are added to the
# zone example.com of a real one, or to what the resolver knows besides the stand-in ("NAME A ADDRESS"); with them comes
# a resolver that knows nothing else.
# Prints key=value lines (address, secret, dns, resolver) and then "ready"; "missing=PROGRAM" when one is not
# installed.
# The zones: example.com, sub.example.com and ample.com; example.com has a foreign text beside ours to be,
# an alias at _mta-sts.aliased, five sets at the name "many", and (pdns, cloudflare and hetzner) a secondary zone other.example.
set -euo pipefail
kind=$1
shift
export PATH=$PATH:/usr/sbin:/sbin
[ $# = 0 ] || command -v unbound >/dev/null || { echo "missing=unbound"; exit 1; }
standin=$(dirname "$0")/${kind}standin.py
if [ -e "$standin" ]; then
    # The system's own comes first: its packages are not in another one's path.
    for python in /usr/bin/python3 python3 none; do
        ! "$python" -c 'import dns.message, jsonschema' 2>/dev/null || break
    done
    [ "$python" != none ] || { echo 'missing=python3-dnspython or python3-jsonschema'; exit 1; }
    [ $# != 0 ] || exec "$python" -B "$standin"
else
    declare -A program=([pdns]=pdns_server [bind]=named [knot]=knotd)
    command -v "${program[$kind]}" >/dev/null || { echo "missing=${program[$kind]}"; exit 1; }
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/zonebed.XXXXXX")
server= resolver=
cleanup() {
    local child
    trap - EXIT INT TERM
    for child in $resolver $server; do
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
free_port() {
    python3 -c 'import socket
s = socket.socket(); t = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0)); t.bind(("127.0.0.1", s.getsockname()[1])); print(s.getsockname()[1])'
}
resolve() { # resolve PORT [OPTION...]: what the name server at that port says, and nothing else
    local port server=$1
    shift
    port=$(free_port)
    cat > "$work/unbound.conf" <<C
server:
  username: ""
  chroot: ""
  directory: "$work"
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1@$port
  do-not-query-localhost: no
  module-config: "iterator"
  cache-max-ttl: 0
  cache-max-negative-ttl: 0
  local-zone: "." static
  local-zone: "example.com." transparent
$(printf '  %s\n' "$@")
remote-control:
  control-enable: no
stub-zone:
  name: "example.com."
  stub-addr: 127.0.0.1@$server
C
    unbound -d -c "$work/unbound.conf" > "$work/resolver.log" 2>&1 &
    resolver=$!
    echo "resolver=127.0.0.1@$port"
}
until_closed() { # until whoever started this is gone
    echo ready
    cat > /dev/null
    exit 0
}
if [ -e "$standin" ]; then
    "$python" -B "$standin" <&0 > "$work/said" &
    server=$!
    for _ in $(seq 200); do
        ! grep -q '^ready$' "$work/said" || break
        kill -0 "$server" || exit 1
        sleep 0.05
    done
    grep -v '^ready$' "$work/said"
    known=('tcp-upstream: yes') # the name server of a stand-in speaks nothing else
    for line in "$@"; do
        known+=("local-data: \"$line\"")
    done
    resolve "$(sed -n 's/^dns=.*@//p' "$work/said")" "${known[@]}"
    until_closed
fi
dns=$(free_port)
zone() { # zone NAME [LINE...]
    printf '$ORIGIN %s.\n$TTL 3600\n@ SOA ns1 admin 1 3600 600 86400 300\n@ NS ns1\nns1 A 127.0.0.1\n' "$1"
    shift
    printf '%s\n' "$@"
}
zone example.com '_smtp._tls 300 TXT "google-site-verification=x"' '_mta-sts.aliased CNAME elsewhere.example.net.' \
    '*.wild TXT "v=spf1 -all"' 'many A 192.0.2.1' 'many AAAA 2001:db8::1' 'many MX 10 mx' 'many TXT "several"' \
    'many CAA 0 issue "ca.example"' "$@" > "$work/example.com.zone"
zone sub.example.com > "$work/sub.example.com.zone"
zone ample.com > "$work/ample.com.zone"
secret=$(openssl rand -base64 32)
case $kind in
pdns)
    api=$(free_port)
    . "$(dirname "$0")/pdnsconf.sh"
    pdns_conf "$work" "$dns" "$api" "$secret" > "$work/pdns.conf"
    for name in example.com sub.example.com ample.com; do
        pdnsutil --config-dir="$work" load-zone "$name" "$work/$name.zone" >/dev/null 2>&1
    done
    pdnsutil --config-dir="$work" create-slave-zone other.example 192.0.2.1 >/dev/null 2>&1
    pdns_server --config-dir="$work" > "$work/log" 2>&1 &
    server=$!
    echo "address=http://127.0.0.1:$api"
    ;;
bind)
    cat > "$work/named.conf" <<C
key "wizard-key" { algorithm hmac-sha256; secret "$secret"; };
options { directory "$work"; pid-file "$work/pid"; session-keyfile "$work/session.key"; lock-file none;
  managed-keys-directory "$work"; listen-on port $dns { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; allow-transfer { none; }; };
controls { };
C
    for name in example.com sub.example.com ample.com; do
        echo "zone \"$name\" { type master; file \"$work/$name.zone\"; update-policy { grant wizard-key subdomain $name. TXT CNAME TLSA A AAAA; }; };"
    done >> "$work/named.conf"
    named -g -c "$work/named.conf" > "$work/log" 2>&1 &
    server=$!
    echo "address=127.0.0.1@$dns"
    ;;
knot)
    cat > "$work/knot.conf" <<C
server:
  rundir: $work
  listen: 127.0.0.1@$dns
  tcp-workers: 1
  udp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: warning
database:
  storage: $work
  journal-db-max-size: 4M
key:
  - id: wizard-key
    algorithm: hmac-sha256
    secret: $secret
acl:
  - id: wizard
    key: wizard-key
    action: [update, query]
template:
  - id: default
    storage: $work
    acl: wizard
    journal-max-usage: 1M
zone:
C
    for name in example.com sub.example.com ample.com; do
        printf '  - domain: %s\n    file: %s.zone\n' "$name" "$name"
    done >> "$work/knot.conf"
    knotd -c "$work/knot.conf" > "$work/log" 2>&1 &
    server=$!
    echo "address=127.0.0.1@$dns"
    ;;
esac
[ $# = 0 ] || resolve "$dns"
[ "$kind" = pdns ] || secret="wizard-key:$secret"
echo "secret=$secret"
echo "dns=127.0.0.1@$dns"
for _ in $(seq 200); do
    if dig +time=1 +tries=1 -p "$dns" @127.0.0.1 example.com SOA 2>/dev/null | grep -q 'flags:.* aa'; then
        until_closed
    fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
done
cat "$work/log" >&2
exit 1
