#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# install.sh BUILD: installs the packages of deb.sh with apt, each alone and both, starts them, purges them, and compares
# the files of the system before and after. Leaves the system as it was, however it ends.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "skipped: $*"; exit 77; }
fail() { echo "install.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || skip "only root can install packages"
command -v apt-get >/dev/null || skip "no apt-get"
commandline=$(realpath "$1"/mta-sts_*.deb)
window=$(realpath "$1"/mta-sts-assistant_*.deb)
names="mta-sts mta-sts-assistant"
is_there() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -qv '^unknown ok not-installed'; }
for name in $names; do
    ! is_there "$name" || skip "$name is installed here; it is not ours to remove"
done

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt() { apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends "$@"; }
place=$(mktemp -d)
purge() {
    for name in $names; do
        ! is_there "$name" || apt purge "$name" >/dev/null
    done
}
trap 'purge; rm -rf "$place"' EXIT
trap 'exit 1' INT TERM

# What is not a list or a cache of the system itself.
files() {
    find /usr /etc /opt /srv /var -xdev \( -path /var/cache -o -path /var/log -o -path /var/tmp -o -path /var/lib/apt \
        -o -path '/var/lib/dpkg/*-old' -o -path '/var/lib/dpkg/lock*' -o -name __pycache__ \) -prune -o -print | sort
}
state() {
    files >"$place/$1.files"
    dpkg-query -W | sort >"$place/$1.packages"
    apt-mark showmanual | sort >"$place/$1.manual"
}
unchanged() {
    state after
    for what in files packages manual; do
        diff "$place/before.$what" "$place/after.$what" || fail "$1 left something behind"
    done
    [ -z "$(dpkg --audit)" ] || fail "$1: dpkg is not content"
}
# Installing must not bring or change anything else, or taking it away again would not be undoing it.
install() {
    foreign=$(apt --simulate install "$@" | sed -n 's/^\(Inst\|Remv\) \([^ ]*\).*/\2/p' | grep -vxE 'mta-sts|mta-sts-assistant' || :)
    [ -z "$foreign" ] || fail "first install what the packages need: $foreign"
    apt install "$@" >"$place/log" 2>&1 || { cat "$place/log"; fail "apt install $*"; }
}

state before
install "$commandline"
[ "$(command -v mta-sts)" = /usr/bin/mta-sts ] || fail "no mta-sts"
mta-sts lint sts 'v=STSv1; id=20260101T000000;' >/dev/null || fail "mta-sts does not work"
! is_there mta-sts-assistant || fail "the command line brings the window"
purge
unchanged mta-sts

install "$window"
"$here/../gui/run-gui.sh" "$here/launch.py" /usr || fail "the window does not start"
! is_there mta-sts || fail "the window brings the command line"
install "$commandline"
dpkg --verify $names || fail "installed files are not those of the packages"
mta-sts --version
purge
unchanged "both together"
echo "installed, started and purged without a trace"
