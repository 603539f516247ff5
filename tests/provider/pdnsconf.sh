# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# pdns_conf FOLDER DNS-PORT API-PORT SECRET, for a bed to source: makes the database of a PowerDNS in the folder, and
# prints its configuration, with the API on loopback.
pdns_conf() {
    sqlite3 "$1/pdns.db" < /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql
    cat <<C
launch=gsqlite3
gsqlite3-database=$1/pdns.db
gsqlite3-dnssec=yes
local-address=127.0.0.1
local-port=$2
api=yes
api-key=$4
webserver=yes
webserver-address=127.0.0.1
webserver-port=$3
webserver-allow-from=127.0.0.1
socket-dir=$1
guardian=no
daemon=no
write-pid=no
disable-syslog=yes
security-poll-suffix=
zone-cache-refresh-interval=0
C
}
