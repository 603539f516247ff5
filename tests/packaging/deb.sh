#!/bin/bash
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# deb.sh BUILD: builds the two packages in the folder BUILD and looks at them: lintian, what they depend on, that they
# share no file, that what they hold works from a place of its own and starts from the desktop entry.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$1
for program in dpkg-deb dpkg-shlibdeps lintian appstreamcli Xvfb openbox xprop xdotool; do
    command -v "$program" >/dev/null || { echo "skipped: $program is missing"; exit 77; }
done
fail() { echo "deb.sh: $*" >&2; exit 1; }

# A tree of its own: Release, as people get it. A tree under sanitizers or for debugging is not the package.
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DASSISTANT_TESTS=OFF \
    -DASSISTANT_PRECOMPILED=ON >/dev/null
cmake --build "$build"
rm -f "$build"/*.deb
(cd "$build" && cpack -G DEB)
commandline=$(echo "$build"/mta-sts_*.deb)
window=$(echo "$build"/mta-sts-assistant_*.deb)
[ "$(ls "$build"/*.deb | wc -l)" = 2 ] && [ -f "$commandline" ] && [ -f "$window" ] || fail "not two packages"

lintian --allow-root --fail-on error,warning "$commandline" "$window" || fail "lintian"

for package in "$commandline" "$window"; do
    # Not through a pipe: who stops reading early ends who still writes, now and then.
    description=$(dpkg-deb -f "$package" Description)
    [[ ${description%%$'\n'*} == *'MTA-STS, TLS-RPT and DANE'* ]] || fail "$package: no summary"
done
depends=$(dpkg-deb -f "$commandline" Depends)
for wanted in libqt6core libunbound libssl ca-certificates; do
    [[ $depends == *$wanted* ]] || fail "mta-sts does not depend on $wanted: $depends"
done
! grep -Eiq 'qt6(gui|widgets|svg|dbus)|libgl|libegl|libx|wayland|font' <<<"$depends" || fail "mta-sts draws: $depends"
[[ $(dpkg-deb -f "$window" Depends) == *libqt6svg6* ]] || fail "the window would have no icons"

# Nothing runs as root when they come or go, so nothing of the user's can be touched.
for package in "$commandline" "$window"; do
    parts=$(dpkg-deb --ctrl-tarfile "$package" | tar -t | sed 's|^\./||; /^$/d' | sort | tr '\n' ' ')
    [ "$parts" = "control md5sums " ] || fail "$package has maintainer scripts or configuration: $parts"
done

place=$(mktemp -d "${TMPDIR:-/tmp}/deb.XXXXXX")
trap 'rm -rf "$place"' EXIT
dpkg-deb -x "$commandline" "$place/commandline"
dpkg-deb -x "$window" "$place/window"
files() { (cd "$1" && find . -type f | sort); }
shared=$(comm -12 <(files "$place/commandline") <(files "$place/window"))
[ -z "$shared" ] || fail "both packages have $shared"
! ldd "$place/commandline/usr/bin/mta-sts" | grep -E 'Qt6Gui|Qt6Widgets|libX|libGL' || fail "mta-sts is linked to a window system"
for size in 16x16 256x256; do
    [ -s "$place/window/usr/share/icons/hicolor/$size/apps/io.github.mta_sts_assistant.png" ] || fail "no icon $size"
done

hook=$place/commandline/usr/share/doc/mta-sts/examples/tlsa-deploy-hook.sh
[ -x "$hook" ] || fail "no deploy hook among the examples"
cmp "$hook" <("$place/commandline/usr/bin/mta-sts" tlsa hook) || fail "mta-sts tlsa hook prints another one"

# `cmake --install` gives the same files, wherever to.
cmake --install "$build" --prefix "$place/installed" >/dev/null
cmp <(files "$place/installed") <({ files "$place/commandline/usr"; files "$place/window/usr"; } | sort) ||
    fail "the packages and cmake --install differ"
mv "$place/installed" "$place/moved"
"$place/moved/bin/mta-sts" --version
"$place/moved/bin/mta-sts" lint domain example.org >/dev/null || fail "mta-sts does not work from another place"
appstreamcli validate-tree --no-net "$place/moved" || fail "appstreamcli validate-tree"
XDG_DATA_DIRS="$place/moved/share:/usr/share" PATH="$place/moved/bin:$PATH" \
    "$root/tests/gui/run-gui.sh" "$here/launch.py" "$place/moved" || fail "it does not start from there"
echo "packages: $(ls -sh "$build"/*.deb | tr '\n' ' ')"
