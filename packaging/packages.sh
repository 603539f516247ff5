# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What has to be installed, by purpose (names of Debian 12, 13 and Ubuntu 24.04), and the one function
# that installs it. Read by packaging/run.sh and tests/run.sh.

build_packages="g++ cmake ninja-build pkg-config qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libqt6svg6 libgl-dev libssl-dev zlib1g-dev libunbound-dev libidn2-dev libpsl-dev libldns-dev qtkeychain-qt6-dev libexpected-dev dns-root-data
    ca-certificates"
test_packages="knot knot-dnsutils unbound ldnsutils nginx-light apache2-bin caddy postfix postfix-mta-sts-resolver
    gnutls-bin openssl curl bind9 bind9-dnsutils pdns-server pdns-backend-sqlite3 sqlite3 procps iproute2 python3
    python3-dnspython python3-jsonschema xvfb openbox xdotool at-spi2-core python3-pyatspi imagemagick x11-utils dbus-x11
    gnome-keyring fonts-dejavu-core tidy poppler-utils
    mold lintian dpkg-dev desktop-file-utils appstream man-db librsvg2-bin"
# npm brings the Workers runtime; a newer one than the distribution's is as good.
command -v npm >/dev/null || test_packages="$test_packages npm"
lint_packages="clang clang-format clang-tidy libclang-rt-dev"

# install_packages ask|yes PACKAGE...: installs what is missing; asks first unless told not to.
install_packages() {
    ask=$1; shift
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || { echo "Please install:$missing" >&2; return 1; }
    echo "These packages are missing:$missing"
    if [ "$ask" = ask ]; then
        [ -t 0 ] || { echo "Run again with --yes to install them." >&2; return 1; }
        printf 'Install them now with apt-get? [y/N] '
        read -r answer
        case $answer in y* | Y*) ;; *) return 1 ;; esac
    fi
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -q
    # No daemon that comes with a package is to start: the tests start their own, unprivileged.
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}
