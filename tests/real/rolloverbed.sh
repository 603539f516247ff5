#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A mail server whose key is changed, and a mail server that sends to it with DANE, in a network of their own:
#
#   rolloverbed.sh FOLDER     FOLDER must exist; it holds everything and is left to the caller
#
# The signed zone roll.example has two name servers: ns1 (127.0.1.1), a Knot that signs and takes changes by
# knotc -c FOLDER/ns1.conf, and ns2 (127.0.1.2), a Knot that has what it was last told to fetch
# (knotc -c FOLDER/ns2.conf -b zone-retransfer roll.example). mx.roll.example is a Postfix with one address of
# each family, each with its own FOLDER/pki/four.pem and six.pem beside both.pem, which are read anew by every
# connection; the caller writes them before this starts. The domains four.roll.example and six.roll.example have
# it as their MX, and a second Postfix sends to them with dane-only: to the first over IPv4 alone, to the second
# over IPv6. The validating resolver of this network keeps nothing, so that every look is of this moment; another
# one, at 127.0.0.2, keeps answers as resolvers do. FOLDER/resolv.conf names the one that libc asks.
#
# It prints key=value lines, "missing=..." where something is, then "ready", and stays until it is terminated or
# its parent is gone:
#   enter=COMMAND...    put this before a command to run it in this network
#   resolver=ADDR@PORT anchor=FILE
#   submit=ADDR:PORT    takes mail for the sending Postfix
#   log=FILE            of the sending Postfix
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(cd "$1" && pwd)
export PATH=$PATH:/usr/sbin:/sbin TMPDIR=$dir
for program in dig knotd knotc keymgr unbound postfix smtp-source posttls-finger nsenter ip; do
    command -v "$program" >/dev/null || { echo "missing=$program"; exit 77; }
done

if [ "${2:-}" != inside ]; then # the watcher outside: the network is gone when this ends
    # Postfix as a whole needs root and users of its own.
    { [ "$(id -u)" = 0 ] && id postfix && unshare -nmpf ip link set lo up; } >/dev/null 2>&1 ||
        { echo "missing=the right to make a network and to run Postfix in it (root)"; exit 77; }
    . "$here/watch.sh"
    watch -nmpf "$0" "$dir" inside
fi

chmod 711 "$dir"
cd "$dir"
ip link set lo up
ip -6 addr add fd00::25/128 dev lo nodad 2>/dev/null || { echo "missing=IPv6"; exit 77; }
read -r outer _ < /proc/self/stat # this shell as seen from outside
echo "$outer" > inside.pid
printf 'nameserver 127.0.0.1\noptions trust-ad\n' > resolv.conf
printf 'hosts: files dns\npasswd: files\ngroup: files\n' > nsswitch.conf
mount --bind resolv.conf /etc/resolv.conf
mount --bind nsswitch.conf /etc/nsswitch.conf

start() { # start NAME COMMAND...
    local name=$1
    shift
    "$@" > "$name.log" 2>&1 &
}
await() { # await ADDRESS PORT: until a TCP connection succeeds
    local left=400
    until (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { cat ./*.log >&2; exit 1; }
        sleep 0.05
    done
}

mkdir ns1 ns2
cat > ns1/root.zone <<'ZONE'
$ORIGIN .
$TTL 3600
@ SOA ns1.roll.example. admin.roll.example. 1 3600 600 86400 1
@ NS ns1.roll.example.
roll.example. NS ns1.roll.example.
roll.example. NS ns2.roll.example.
ns1.roll.example. A 127.0.1.1
ns2.roll.example. A 127.0.1.2
ZONE
cat > ns1/roll.zone <<'ZONE'
$ORIGIN roll.example.
$TTL 3600
@ SOA ns1 admin 1 3600 600 86400 1
@ NS ns1
@ NS ns2
ns1 A 127.0.1.1
ns2 A 127.0.1.2
mx A 127.0.0.11
mx AAAA fd00::25
four MX 10 mx
six MX 10 mx
ZONE
knot() { # knot NAME ADDRESS, the rest on standard input
    cat > "$1.conf" <<CONF
server:
  rundir: "$dir/$1"
  listen: $2@53
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "$dir/$1"
  journal-db-max-size: 4M
log:
  - target: stderr
    any: warning
CONF
    cat >> "$1.conf"
}
knot ns1 127.0.1.1 <<CONF
acl:
  - id: everybody
    action: transfer
policy:
  - id: ours
    manual: on
    single-type-signing: on
template:
  - id: default
    storage: "$dir/ns1"
    acl: everybody
    journal-max-usage: 1M
    zonefile-sync: -1
    dnssec-signing: on
    dnssec-policy: ours
zone:
  - domain: .
    file: root.zone
  - domain: roll.example
    file: roll.zone
CONF
knot ns2 127.0.1.2 <<CONF
remote:
  - id: ns1
    address: 127.0.1.1@53
template:
  - id: default
    storage: "$dir/ns2"
    journal-max-usage: 1M
    zonefile-sync: -1
zone:
  - domain: roll.example
    master: ns1
CONF
for zone in . roll.example.; do
    keymgr -c ns1.conf "$zone" generate algorithm=ecdsap256sha256 ksk=yes zsk=yes >/dev/null
done
ds() { keymgr -c ns1.conf "$1" ds | grep ' 13 2 '; }
ds roll.example. >> ns1/root.zone
ds . > anchor.ds
start ns1 knotd -c ns1.conf
await 127.0.1.1 53
start ns2 knotd -c ns2.conf
await 127.0.1.2 53

resolver() { # resolver NAME ADDRESS, more server options on standard input
    {
        cat <<CONF
server:
  directory: "$dir"
  chroot: ""
  username: ""
  pidfile: "$dir/$1.pid"
  use-syslog: no
  interface: $2@53
  num-threads: 1
  module-config: "validator iterator"
  trust-anchor-file: "$dir/anchor.ds"
  do-not-query-localhost: no
  rrset-roundrobin: no
CONF
        cat
        cat <<CONF
stub-zone:
  name: "."
  stub-addr: 127.0.1.1
stub-zone:
  name: "roll.example"
  stub-addr: 127.0.1.1
remote-control:
  control-enable: no
CONF
    } > "$1.conf"
    start "$1" unbound -d -p -c "$1.conf"
    await "$2" 53
}
resolver forgetful 127.0.0.1 <<CONF
  cache-max-ttl: 0
  cache-max-negative-ttl: 0
CONF
resolver caching 127.0.0.2 </dev/null

postfix_instance() { # postfix_instance NAME: main.cf on standard input, master.cf is there already
    mkdir -p "$1/data" "$1/queue/"{active,bounce,corrupt,defer,deferred,flush,hold,incoming} \
        "$1/queue/"{maildrop,pid,private,public,saved,trace}
    chown postfix "$1/data" "$1/queue/"{active,bounce,corrupt,defer,deferred,flush,hold,incoming} \
        "$1/queue/"{private,public,saved,trace}
    {
        cat <<CONF
compatibility_level = 3.6
queue_directory = $dir/$1/queue
data_directory = $dir/$1/data
maillog_file = $dir/$1.maillog
maillog_file_prefixes = $dir
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
smtpd_peername_lookup = no
CONF
        cat
    } > "$1/main.cf"
    cat >> "$1/master.cf" <<CONF
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
postlog unix-dgram n - n - 1 postlogd
CONF
    start "$1.master" setsid "$(postconf -d -h daemon_directory)/master" -c "$dir/$1" -d
}
mkdir mx sender
cat > mx/master.cf <<CONF
127.0.0.11:25 inet n - n - - smtpd
  -o smtpd_tls_chain_files=$dir/pki/four.pem,$dir/pki/both.pem -o max_use=1
[fd00::25]:25 inet n - n - - smtpd
  -o smtpd_tls_chain_files=$dir/pki/six.pem,$dir/pki/both.pem -o max_use=1
CONF
postfix_instance mx <<CONF
myhostname = mx.roll.example
inet_protocols = all
smtpd_tls_security_level = may
relay_domains = four.roll.example, six.roll.example
relay_transport = discard:
smtpd_relay_restrictions = permit_auth_destination, reject
CONF
# A fresh client for each message: none that remembers records, and no destination that is left alone after a
# failure.
cat > sender/master.cf <<CONF
127.0.0.1:2525 inet n - n - - smtpd
smtp4 unix - - n - - smtp -o inet_protocols=ipv4 -o max_use=1
smtp6 unix - - n - - smtp -o inet_protocols=ipv6 -o max_use=1
CONF
postfix_instance sender <<CONF
myhostname = sender.roll.example
inet_protocols = all
inet_interfaces = loopback-only
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = error:no such transport
transport_maps = inline:{ four.roll.example=smtp4:, six.roll.example=smtp6: }
smtp_tls_security_level = dane-only
smtp_dns_support_level = dnssec
smtp_host_lookup = dns
smtp_tls_loglevel = 1
smtp_connection_cache_on_demand = no
default_destination_concurrency_failed_cohort_limit = 0
CONF
await 127.0.0.11 25
await fd00::25 25
await 127.0.0.1 2525

cat <<VALUES
enter=nsenter -t $outer -n -m --wd=$dir
resolver=127.0.0.1@53
anchor=$dir/anchor.ds
submit=127.0.0.1:2525
log=$dir/sender.maillog
ready
VALUES
wait
