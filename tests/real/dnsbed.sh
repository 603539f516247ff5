#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A small DNS on loopback, unprivileged: Knot with signed and unsigned zones, and in front of it
# unbound resolvers, as a provider would run them.
#
#   dnsbed.sh [EXTRA_ZONE_DIR]
#
# It prints key=value lines, then "ready", and stays until it is terminated or its parent is gone:
#   resolver=ADDR@PORT   passes DNSSEC records through
#   tls=ADDR@PORT        the same one over TLS, certified for tlsName by the authority in tlsCa
#   stripped=ADDR@PORT   a network that knows nothing of DNSSEC
#   validating=ADDR@PORT validates itself and answers SERVFAIL for what is bogus
#   authority=ADDR@PORT  Knot itself
#   anchor=FILE          DS record of this bed's root
#   folder=FOLDER        where all of it lives; removed at the end
#
# Zones: "." and example (signed), signed.example, bogus.example (DS of another key),
# expired.example (signatures of the past), unsigned.example (provably insecure), unproven.example (right
# but for the signature over what is denied at _25._tcp.mx).
# EXTRA_ZONE_DIR/NAME.zone holds records in zone-file form, relative to NAME. (with its dot): they are
# appended to a zone above; any other NAME directly below example becomes a signed zone of its own.
# A file NAME.unsigned.zone makes an unsigned one. Addresses in extra zones may be 127.0.0.1.
set -eu
extra=${1:-}
parent=$PPID
export PATH=$PATH:/usr/sbin:/sbin
for program in knotd unbound ldns-keygen ldns-signzone ldns-key2ds openssl; do
    command -v "$program" >/dev/null || { echo "missing=$program"; exit 77; }
done

dir=$(mktemp -d "${TMPDIR:-/tmp}/dnsbed.XXXXXX")
children=()
cleanup() {
    trap - EXIT INT TERM
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 0' INT TERM

taken=" "
free_port() { # a port nobody listens on, over UDP or TCP; into $port
    local hex
    while :; do
        port=$((20000 + RANDOM % 20000))
        hex=$(printf ':%04X ' "$port")
        case "$taken" in *" $port "*) continue ;; esac
        grep -qs "$hex" /proc/net/udp /proc/net/tcp /proc/net/udp6 /proc/net/tcp6 && continue
        taken="$taken$port "
        return
    done
}
free_port; authority=$port
free_port; plain_authority=$port
free_port; resolver=$port
free_port; tls=$port
free_port; stripped=$port
free_port; validating=$port

start_of() { # SOA and NS of the zone $1
    printf '$ORIGIN %s\n$TTL 3600\n@ IN SOA ns.example. admin.example. 1 3600 600 86400 60\n' "$1"
    printf '@ IN NS ns.example.\n'
}
mkdir "$dir/zones" "$dir/plain" "$dir/keys"
cd "$dir/zones"
start_of signed.example. > signed.example
cat >> signed.example <<'ZONE'
@ IN MX 10 mx1
@ IN MX 20 mx2
@ IN TXT "v=spf1 mx -all"
mx1 IN A 192.0.2.1
mx1 IN AAAA 2001:db8::1
mx2 IN A 192.0.2.2
_25._tcp.mx1 IN TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
_mta-sts IN TXT "v=STSv1; " "id=20240101T000000;"
_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:reports@signed.example"
mta-sts IN CNAME web
web IN CNAME web2
web2 IN A 192.0.2.3
out IN CNAME a.unsigned.example.
gone IN CNAME nothing
loop IN CNAME loop2
loop2 IN CNAME loop3
loop3 IN CNAME loop
*.wild IN A 192.0.2.4
odd IN TXT "quote \" back \\ low \007 high \200"
ZONE
for i in $(seq 1 12); do echo "hop$i IN CNAME hop$((i + 1))"; done >> signed.example
for i in $(seq 1 30); do
    echo "large IN TXT \"record $i of a set that does not fit into one datagram of 1232 octets\""
done >> signed.example
for i in $(seq 1 120); do echo "many IN TXT \"$i\""; done >> signed.example
for i in $(seq 1 200); do echo "host$i IN A 192.0.2.$i"; done >> signed.example
start_of unsigned.example. > unsigned.example
cat >> unsigned.example <<'ZONE'
@ IN MX 10 a
a IN A 192.0.2.10
_mta-sts IN TXT "v=STSv1; id=1;"
ZONE
for zone in bogus expired; do
    { start_of "$zone.example."; echo "a IN A 192.0.2.20"; } > "$zone.example"
done
{
    start_of unproven.example.
    echo "mx IN A 192.0.2.30"
    echo "_25._tcp.mx IN TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
} > unproven.example
unsigned="unsigned.example"
if [ -n "$extra" ]; then
    for file in "$extra"/*.zone; do
        [ -e "$file" ] || continue
        name=$(basename "$file" .zone)
        case "$name" in *.unsigned) name=${name%.unsigned}; unsigned="$unsigned $name" ;; esac
        [ -e "$name" ] || start_of "$name." > "$name"
        { printf '$ORIGIN %s.\n' "$name"; cat "$file"; } >> "$name"
    done
fi
children_of_example=$(ls)
{
    start_of example.
    echo "ns IN A 127.0.0.1"
    for zone in $children_of_example; do echo "$zone. IN NS ns.example."; done
} > example
{
    start_of .
    echo "example. IN NS ns.example."
    echo "ns.example. IN A 127.0.0.1"
} > root
cp ./* ../plain/ # the network without DNSSEC serves these

sign() { # sign ZONE FILE [ldns-signzone options]: DS into keys/FILE.ds
    local zone=$1 file=$2 key
    shift 2
    key=$(cd ../keys && ldns-keygen -a ECDSAP256SHA256 -k "$zone")
    ldns-key2ds -n -2 "../keys/$key.key" > "../keys/$file.ds"
    ldns-signzone "$@" -o "$zone" -f "$file.signed" "$file" "../keys/$key"
    mv "$file.signed" "$file"
}
for zone in $children_of_example; do
    case " $unsigned " in *" $zone "*) continue ;; esac
    case $zone in
        expired.example) sign "$zone." "$zone" -i 20200101 -e 20200201 ;;
        *) sign "$zone." "$zone" ;;
    esac
    if [ "$zone" = bogus.example ]; then # the DS of a key the zone does not have
        key=$(cd ../keys && ldns-keygen -a ECDSAP256SHA256 -k bogus.example.)
        ldns-key2ds -n -2 "../keys/$key.key" > ../keys/bogus.example.ds
    fi
    if [ "$zone" = unproven.example ]; then
        awk '/^_25\._tcp\./ && $4 == "RRSIG" && $5 == "NSEC" {
            $NF = (substr($NF, 1, 1) == "A" ? "B" : "A") substr($NF, 2)
        } { print }' "$zone" > "$zone.spoilt"
        mv "$zone.spoilt" "$zone"
    fi
    cat "../keys/$zone.ds" >> example
done
sign example. example
cat ../keys/example.ds >> root
sign . root
cp ../keys/root.ds "$dir/anchor.ds"
cd "$dir"

start_knot() { # start_knot FOLDER PORT
    mkdir "run-$1"
    {
        cat <<CONF
server:
  rundir: "$dir/run-$1"
  listen: 127.0.0.1@$2
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "$dir/run-$1"
log:
  - target: stderr
    any: warning
template:
  - id: default
    storage: "$dir/$1"
    journal-content: none
    zonefile-sync: -1
zone:
  - domain: .
    file: root
CONF
        for zone in example $children_of_example; do
            printf '  - domain: %s\n    file: %s\n' "$zone" "$zone"
        done
    } > "knot-$1.conf"
    knotd -c "knot-$1.conf" > "knot-$1.log" 2>&1 &
    children+=($!)
}
start_unbound() { # start_unbound NAME PORT AUTHORITY_PORT [MODULES], more server options on standard input
    {
        cat <<CONF
server:
  directory: "$dir"
  chroot: ""
  username: ""
  pidfile: "$dir/unbound-$1.pid"
  use-syslog: no
  interface: 127.0.0.1@$2
  do-ip6: no
  num-threads: 1
  so-reuseport: no
  module-config: "${4:-iterator}"
  do-not-query-localhost: no
  local-zone: "refused.example" refuse
CONF
        cat
        for zone in . example $children_of_example; do
            printf 'stub-zone:\n  name: "%s"\n  stub-addr: 127.0.0.1@%s\n' "$zone" "$3"
        done
        printf 'remote-control:\n  control-enable: no\n'
    } > "unbound-$1.conf"
    unbound -d -p -c "unbound-$1.conf" > "unbound-$1.log" 2>&1 &
    children+=($!)
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj "/CN=A test authority" -keyout ca.key -out ca.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -subj "/CN=resolver.example" -keyout tls.key -out tls.csr 2>/dev/null
echo "subjectAltName=DNS:resolver.example" > tls.ext
openssl x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
    -extfile tls.ext -out tls.pem 2>/dev/null

start_knot zones "$authority"
start_knot plain "$plain_authority"
start_unbound passing "$resolver" "$authority" <<CONF
  interface: 127.0.0.1@$tls
  tls-port: $tls
  tls-service-key: "$dir/tls.key"
  tls-service-pem: "$dir/tls.pem"
CONF
start_unbound stripped "$stripped" "$plain_authority" </dev/null
start_unbound validating "$validating" "$authority" "validator iterator" <<CONF
  trust-anchor-file: "$dir/anchor.ds"
CONF

await() { # until a TCP connection to the port succeeds
    local left=200
    until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { cat "$dir"/*.log >&2; exit 1; }
        sleep 0.05
    done
}
for port in "$authority" "$plain_authority" "$resolver" "$tls" "$stripped" "$validating"; do await "$port"; done

cat <<VALUES
resolver=127.0.0.1@$resolver
tls=127.0.0.1@$tls
tlsName=resolver.example
tlsCa=$dir/ca.pem
stripped=127.0.0.1@$stripped
validating=127.0.0.1@$validating
authority=127.0.0.1@$authority
anchor=$dir/anchor.ds
folder=$dir
ready
VALUES
while kill -0 "$parent" 2>/dev/null; do
    sleep 1 &
    wait $! || true
done
