#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A small internet for whole checks: the DNS of dnsbed.sh, nginx as policy host, Postfix and
# smtp-sink (unprivileged: mailpeer.py) as mail servers, all made on the spot.
#
#   bed.sh FOLDER     FOLDER must exist; it holds everything and is left to the caller
#
# It runs in a network of its own with the real ports where it may make one (root, or user namespaces;
# not with BED_SHARED_NETWORK=1), else on free high ports of loopback. It prints key=value lines, then
# "ready", and stays until it is terminated or its parent is gone:
#   enter=COMMAND...         put this before a command to run it in the bed's network; may be empty
#   resolver=ADDR@PORT anchor=FILE ca=FILE https_port=N smtp_port=N
#   own_network=yes|no       yes: /etc/resolv.conf in there names a validating resolver at port 53
#   mail_server=postfix|mailpeer
#   NAME=ADDRESS             of each mail server; tlsa.NAME=U S M HEX where it has one
#   domains=NAME...          all test domains
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(cd "$1" && pwd)
export PATH=$PATH:/usr/sbin:/sbin TMPDIR=$dir
for program in nginx openssl python3; do
    command -v "$program" >/dev/null || { echo "missing=$program"; exit 77; }
done

if [ "${2:-}" != inside ]; then # the watcher outside: a network of its own, gone when this ends
    way=
    if [ -z "${BED_SHARED_NETWORK:-}" ]; then
        for try in -nmpf -rnmpf; do
            unshare $try ip link set lo up 2>/dev/null && way=$try && break
        done
    fi
    . "$here/watch.sh"
    watch "$way" "$0" "$dir" inside "$way"
fi

way=$3
children=()
cleanup() {
    trap - EXIT INT TERM
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap cleanup EXIT
trap 'exit 0' INT TERM
chmod 711 "$dir" # Postfix drops its rights
mkdir "$dir/zones" "$dir/pki" "$dir/web" "$dir/servers"
cd "$dir"

free_port() { # a port nobody listens on; into $port
    while port=$((20000 + RANDOM % 20000)); do
        grep -qs "$(printf ':%04X ' "$port")" /proc/net/tcp /proc/net/tcp6 || return 0
    done
}
if [ -n "$way" ]; then
    ip link set lo up
    https_port=443 smtp_port=25
    read -r outer _ < /proc/self/stat # this shell as seen from outside
    echo "$outer" > inside.pid
    enter="nsenter -t $outer -n -m --wd=$dir"
    case $way in *r*) enter="nsenter -t $outer -U --preserve-credentials -n -m --wd=$dir" ;; esac
    printf 'nameserver 127.0.0.1\noptions trust-ad\n' > resolv.conf
    printf 'hosts: files dns\npasswd: files\ngroup: files\n' > nsswitch.conf
    mount --bind resolv.conf /etc/resolv.conf
    mount --bind nsswitch.conf /etc/nsswitch.conf
else
    free_port; https_port=$port
    free_port; smtp_port=$port
    enter=
    echo $$ > inside.pid
fi

# Certificates: a root, an intermediate, and a key for each name.
key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
openssl req -x509 "${key[@]}" -days 900 -subj "/CN=A test root" \
    -keyout pki/root.key -out pki/root.pem 2>/dev/null
openssl req "${key[@]}" -subj "/CN=A test issuer" -addext basicConstraints=critical,CA:true \
    -keyout pki/issuer.key -out pki/issuer.csr 2>/dev/null
openssl x509 -req -in pki/issuer.csr -CA pki/root.pem -CAkey pki/root.key -CAcreateserial \
    -days 800 -copy_extensions copy -out pki/issuer.pem 2>/dev/null
rsa=(-newkey rsa:2048 -nodes)
issue() { # issue FILE NAME KIND: pki/FILE.leaf.pem, and key with chain in pki/FILE.pem
    local base=pki/$1 days=90 key=("${key[@]}")
    [ "$3" != expired ] || days=-1
    [ "$3" != rsa ] || key=("${rsa[@]}")
    if [ "$3" = selfsigned ]; then
        openssl req -x509 "${key[@]}" -days $days -subj "/CN=$2" -addext "subjectAltName=DNS:$2" \
            -keyout "$base.key" -out "$base.leaf.pem" 2>/dev/null
    else
        openssl req "${key[@]}" -subj "/CN=$2" -addext "subjectAltName=DNS:$2" \
            -keyout "$base.key" -out "$base.csr" 2>/dev/null
        openssl x509 -req -in "$base.csr" -CA pki/issuer.pem -CAkey pki/issuer.key -CAcreateserial \
            -days $days -copy_extensions copy -out "$base.leaf.pem" 2>/dev/null
    fi
    case $3 in
        selfsigned | leafonly) cat "$base.key" "$base.leaf.pem" ;;
        full) cat "$base.key" "$base.leaf.pem" pki/issuer.pem pki/root.pem ;;
        *) cat "$base.key" "$base.leaf.pem" pki/issuer.pem ;;
    esac > "$base.pem"
}
key_digest() { # SHA2-256 of the public key of a certificate
    openssl x509 -in "$1" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c1-64
}

# Zones. A domain is LABEL.ZONE, as in good.signed.example.
record() { # record DOMAIN LINE
    echo "$2" >> "zones/${1#*.}.zone"
    echo "$1" >> domains
}
next_address=2
mx() { # mx DOMAIN KIND [LABEL]: a mail server at its own address, for what bed.sh calls KIND
    local host=${3:-mx}.$1 name=${3:-mx}.$1
    [ "$2" != wrongname ] || name=another.example
    issue "$host" "$name" "$2"
    [ "$2" != both ] || issue "$host.rsa" "$name" rsa # a second certificate
    if [ "$2" = same ]; then # the certificate of the first server of this domain
        cp "pki/mx.$1.pem" "pki/$host.pem"
        cp "pki/mx.$1.leaf.pem" "pki/$host.leaf.pem"
    fi
    record "$1" "${1%%.*} MX 10 ${3:-mx}.${1%%.*}"
    record "$1" "${3:-mx}.${1%%.*} A 127.0.0.$next_address"
    echo "127.0.0.$next_address $host $2" >> servers/list
    echo "$host=127.0.0.$next_address" >> values
    next_address=$((next_address + 1))
}
tlsa() { # tlsa DOMAIN "U S M HEX" [LABEL]
    record "$1" "_25._tcp.${3:-mx}.${1%%.*} TLSA $2"
    echo "tlsa.${3:-mx}.$1=$2" >> values
}
delegate() { # delegate DOMAIN PLACE "U S M HEX" [LABEL]: the TLSA name is an alias
    record "$1" "_25._tcp.${4:-mx}.${1%%.*} CNAME $2"
    echo "tlsa.${4:-mx}.$1=$3" >> values
}
own_key() { echo "3 1 1 $(key_digest "pki/${2:-mx}.$1.leaf.pem")"; } # own_key DOMAIN [LABEL]
rpt() { record "$1" "_smtp._tls.${1%%.*} TXT \"v=TLSRPTv1; rua=mailto:tls@reports.example\""; }
web() { # web DOMAIN [DIRECTIVES] [CERTIFICATE NAME]: the policy host
    issue "web.$1" "${3:-mta-sts.$1}" good
    record "$1" "mta-sts.${1%%.*} A 127.0.0.1"
    cat >> web/sites <<CONF
server {
    listen 127.0.0.1:$https_port ssl;
    server_name mta-sts.$1;
    ssl_certificate $dir/pki/web.$1.pem;
    ssl_certificate_key $dir/pki/web.$1.pem;
    root $dir/web/$1;
    ${2:-}
}
CONF
}
sts() { # sts DOMAIN MODE [MX]
    record "$1" "_mta-sts.${1%%.*} TXT \"v=STSv1; id=20260101T000000\""
    mkdir -p "web/$1/.well-known"
    printf 'version: STSv1\r\nmode: %s\r\nmx: %s\r\nmax_age: 2592000\r\n' "$2" "${3:-mx.$1}" \
        > "web/$1/.well-known/mta-sts.txt"
}

d=good.signed.example; mx $d good; tlsa $d "$(own_key $d)"; sts $d enforce; web $d; rpt $d
record $d "_443._tcp.mta-sts.good TLSA $(own_key $d web)"
d=anchor.signed.example; mx $d full; sts $d enforce; web $d; rpt $d
tlsa $d "2 1 1 $(key_digest pki/root.pem)"
d=unanchored.signed.example; mx $d good; sts $d enforce; web $d; rpt $d # the root is not sent
tlsa $d "2 1 1 $(key_digest pki/root.pem)"
d=testing.signed.example; mx $d good; sts $d testing; web $d
d=off.signed.example; mx $d good; sts $d none; web $d; rpt $d
d=uncovered.signed.example; mx $d good; sts $d enforce "mail.$d"; web $d; rpt $d
d=expired.signed.example; mx $d expired; sts $d enforce; web $d; rpt $d
d=selfsigned.signed.example; mx $d selfsigned; sts $d enforce; web $d; rpt $d
d=wrongname.signed.example; mx $d wrongname; sts $d enforce; web $d; rpt $d
d=leafonly.signed.example; mx $d leafonly; sts $d enforce; web $d; rpt $d
d=notls.signed.example; mx $d none; tlsa $d "$(own_key $d)"; sts $d enforce; web $d; rpt $d
d=mismatch.signed.example; mx $d good; sts $d enforce; web $d; rpt $d
tlsa $d "3 1 1 $(key_digest pki/issuer.pem)"
d=half.signed.example; mx $d good; mx $d good mx2; sts $d enforce "*.$d"; web $d; rpt $d
tlsa $d "$(own_key $d)"
d=daneonly.signed.example; mx $d selfsigned; tlsa $d "$(own_key $d)"; rpt $d
d=daneexpired.signed.example; mx $d expired; tlsa $d "$(own_key $d)"; rpt $d
d=webcert.signed.example; mx $d good; sts $d enforce; web $d "" www.$d; rpt $d
d=redirect.signed.example; mx $d good; sts $d enforce; rpt $d
web $d 'location / { return 301 https://$host/elsewhere.txt; }'
d=missing.signed.example; mx $d good; sts $d enforce; web $d 'location / { return 404; }'; rpt $d
d=html.signed.example; mx $d good; sts $d enforce; web $d 'default_type text/html;'; rpt $d
d=twice.signed.example; mx $d good; sts $d enforce; web $d; rpt $d
record $d '_mta-sts.twice TXT "v=STSv1; id=2"'
d=none.signed.example; mx $d good
d=xn--bcher-kva.signed.example; mx $d good; sts $d enforce; web $d; rpt $d
d=nullmx.signed.example; record $d 'nullmx MX 0 .'
d=blocked.signed.example; record $d 'blocked MX 10 mx.blocked'; sts $d enforce; web $d; rpt $d
record $d 'mx.blocked A 127.0.0.250'
d=bothkeys.signed.example; mx $d both; rpt $d
tlsa $d "$(own_key $d)"
record $d "_25._tcp.mx.bothkeys TLSA 3 1 1 $(key_digest pki/mx.$d.rsa.leaf.pem)"
echo "tlsa.rsa.mx.$d=3 1 1 $(key_digest pki/mx.$d.rsa.leaf.pem)" >> values
d=onekey.signed.example; mx $d both; tlsa $d "$(own_key $d)"; rpt $d # none for the RSA certificate
d=unusable.signed.example; mx $d good; rpt $d # usage 1 is not for mail
tlsa $d "1 1 1 $(key_digest pki/mx.$d.leaf.pem)"
d=chained.signed.example; mx $d good; rpt $d # the intermediate, which is sent
tlsa $d "2 1 1 $(key_digest pki/issuer.pem)"
d=notchained.signed.example; mx $d leafonly; rpt $d # and where it is not
tlsa $d "2 1 1 $(key_digest pki/issuer.pem)"
d=delegated.signed.example; mx $d good; mx $d same mx2; rpt $d # one place for both
delegate $d tlsa._dane.delegated "$(own_key $d)"
delegate $d tlsa._dane.delegated "$(own_key $d)" mx2
record $d "tlsa._dane.delegated TLSA $(own_key $d)"
d=abroad.signed.example; mx $d good; rpt $d # the place is in an unsigned zone
delegate $d tlsa._dane.unsigned.example. "$(own_key $d)"
record tlsa.unsigned.example "tlsa._dane TLSA $(own_key $d)"
d=mail.bogus.example; mx $d good; tlsa $d "$(own_key $d)"
d=mail.unproven.example; mx $d good; tlsa $d "$(own_key $d)"
d=plain.unsigned.example; mx $d good; sts $d enforce; web $d; rpt $d
d=hosted.unsigned.example; record $d 'hosted MX 10 mx.good.signed.example.'; rpt $d
sts $d enforce mx.good.signed.example; web $d
d=tlsa.unsigned.example; mx $d good; tlsa $d "$(own_key $d)"; sts $d enforce; web $d; rpt $d

start() { # start NAME COMMAND...
    local name=$1
    shift
    "$@" > "$name.log" 2>&1 &
    children+=($!)
}
chains() { # chains HOST KIND: files, separated by commas
    printf '%s' "$dir/pki/$1.pem"
    [ "$2" != both ] || printf ',%s' "$dir/pki/$1.rsa.pem"
}
start_postfix() { # one smtpd for each address, as the hosts of different owners
    mkdir -p postfix postfix-data queue/{active,bounce,corrupt,defer,deferred,flush,hold,incoming} \
        queue/{maildrop,pid,private,public,saved,trace}
    chown postfix postfix-data queue/private queue/public
    cat > postfix/main.cf <<CONF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/postfix-data
maillog_file = $dir/postfix.log
maillog_file_prefixes = $dir
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_relay_restrictions = reject
CONF
    {
        while read -r address host kind; do
            [ "$kind" != none ] || continue
            echo "$address:$smtp_port inet n - n - - smtpd"
            echo "  -o myhostname=$host -o smtpd_tls_chain_files=$(chains "$host" "$kind")"
        done < servers/list
        echo "tlsmgr unix - - n 1000? 1 tlsmgr"
        echo "anvil unix - - n - 1 anvil"
        echo "proxymap unix - - n - - proxymap"
        echo "rewrite unix - - n - - trivial-rewrite"
        echo "postlog unix-dgram n - n - 1 postlogd"
    } > postfix/master.cf
    start master setsid "$(postconf -d -h daemon_directory)/master" -c "$dir/postfix" -d
}
read -r _ _ users < /proc/self/uid_map
mail_server=mailpeer
# Postfix as a whole needs root and users of its own.
[ "$(id -u)" != 0 ] || [ "$users" -lt 1000 ] || ! id postfix >/dev/null 2>&1 || mail_server=postfix
if [ $mail_server = postfix ]; then
    start_postfix
    while read -r address host kind; do # smtp-sink knows no TLS
        [ "$kind" != none ] || start sink smtp-sink -u postfix -h "$host" "$address:$smtp_port" 100
    done < servers/list
else
    peers=()
    while read -r address host kind; do
        [ "$kind" = none ] && pem= || pem=$(chains "$host" "$kind")
        peers+=("$address=$host=$pem")
    done < servers/list
    start mailpeer python3 "$here/mailpeer.py" "$smtp_port" "${peers[@]}"
fi

cat > nginx.conf <<CONF
$([ "$(id -u)" != 0 ] || echo "user root;")
daemon off;
master_process off;
error_log stderr;
pid $dir/nginx.pid;
events { worker_connections 256; }
http {
    access_log $dir/access.log;
    client_body_temp_path $dir/web/.body;
    proxy_temp_path $dir/web/.proxy;
    fastcgi_temp_path $dir/web/.fastcgi;
    uwsgi_temp_path $dir/web/.uwsgi;
    scgi_temp_path $dir/web/.scgi;
    server_names_hash_bucket_size 128;
    types { }
    default_type text/plain;
    include $dir/web/sites;
}
CONF
start nginx nginx -p "$dir" -e stderr -c "$dir/nginx.conf"

bash "$here/dnsbed.sh" "$dir/zones" > dns.values &
children+=($!)
until grep -qs '^ready$' dns.values; do
    grep -s '^missing=' dns.values && exit 77
    kill -0 "${children[-1]}" 2>/dev/null || { echo "the name servers did not start" >&2; exit 1; }
    sleep 0.05
done
dns() { sed -n "s/^$1=//p" dns.values; }

if [ -n "$way" ]; then # what the peers ask: it validates and sets AD
    cat > unbound.conf <<CONF
server:
  directory: "$dir"
  chroot: ""
  username: ""
  pidfile: "$dir/unbound.pid"
  use-syslog: no
  interface: 127.0.0.1@53
  do-ip6: no
  num-threads: 1
  module-config: "validator iterator"
  trust-anchor-file: "$(dns anchor)"
  do-not-query-localhost: no
forward-zone:
  name: "."
  forward-addr: $(dns resolver)
remote-control:
  control-enable: no
CONF
    start unbound unbound -d -p -c "$dir/unbound.conf"
fi

await() { # await ADDRESS PORT: until a TCP connection succeeds
    local left=200
    until (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { cat ./*.log >&2; exit 1; }
        sleep 0.05
    done
}
await 127.0.0.1 "$https_port"
[ -z "$way" ] || await 127.0.0.1 53
while read -r address _ _; do # Postfix listens before it can speak
    await "$address" "$smtp_port"
    exec 3<>"/dev/tcp/$address/$smtp_port"
    read -r -t 20 greeting <&3 || { cat ./*.log >&2; exit 1; }
    printf 'QUIT\r\n' >&3
    exec 3>&-
done < servers/list

cat values
cat <<VALUES
domains=$(sort -u domains | paste -sd ' ')
enter=$enter
resolver=$(dns resolver)
anchor=$(dns anchor)
ca=$dir/pki/root.pem
https_port=$https_port
smtp_port=$smtp_port
own_network=$([ -n "$way" ] && echo yes || echo no)
mail_server=$mail_server
ready
VALUES
wait "${children[@]}"
