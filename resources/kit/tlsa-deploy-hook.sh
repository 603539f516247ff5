#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Deploy hook for the certificate of a mail server with DANE.
#
# It runs after a certificate was renewed and before the mail server takes it. It compares the new
# certificate with the TLSA records that the DNS has now, as a sender would see them. When they match, it
# copies the files to where the mail server reads them (if you say so below) and reloads the mail server.
# When they do not match, or could not be looked up, it says so, changes nothing and ends with an error:
# the mail server goes on with the certificate that it has, and mail goes on coming in.
#
# It needs the program mta-sts (Debian package mta-sts) and is called
#   by Certbot    certbot reconfigure --cert-name NAME --deploy-hook /usr/local/sbin/tlsa-deploy-hook.sh
#                 or as a link in /etc/letsencrypt/renewal-hooks/deploy/
#   by lego       lego run ... --reuse-key --deploy-hook=/usr/local/sbin/tlsa-deploy-hook.sh   (lego 4: --renew-hook)
#   by acme.sh    acme.sh --install-cert -d NAME --reloadcmd \
#                     '/usr/local/sbin/tlsa-deploy-hook.sh "$CERT_FULLCHAIN_PATH" "$CERT_KEY_PATH"'
#   by hand       tlsa-deploy-hook.sh FULLCHAIN [KEY]
#
# To change the key on purpose: make the new certificate, publish its record beside the old one, wait two
# TTLs of the record, and only then run this by hand. It cannot know since when a record has been there.
#
# Everything below may also be set in the environment.

# Names of the mail servers that show this certificate, with blanks between them.
MAIL_SERVERS=${MAIL_SERVERS-}

# Where the mail server reads the files. Set both: many servers (Postfix among them) read a certificate
# again without a reload, so files that the renewal program has put in place are not safe from them.
INSTALL_CERT=${INSTALL_CERT-} # such as /etc/postfix/tls/fullchain.pem
INSTALL_KEY=${INSTALL_KEY-}   # such as /etc/postfix/tls/privkey.pem

# What makes the mail server take the new certificate.
RELOAD=${RELOAD-"systemctl reload postfix"}

# Only for the renewal of this certificate, where the hook is called for several; empty: for all.
CERTIFICATE=${CERTIFICATE-}

# A second chain that the server shows too, of another kind of key (RSA beside ECDSA).
OTHER_CHAIN=${OTHER_CHAIN-}

# The program, and more options for "mta-sts tlsa check", such as "--resolver 127.0.0.1".
MTA_STS=${MTA_STS-mta-sts}
CHECK_OPTIONS=${CHECK_OPTIONS-}

set -u

say() {
    printf 'tlsa-deploy-hook: %s\n' "$*" >&2
}

refuse() { # refuse STATUS SENTENCE...
    status=$1
    shift
    say "$*"
    say "REFUSED: the mail server was not reloaded and keeps its present certificate."
    exit "$status"
}

# Which files: words, then what Certbot, lego 5, lego 4 and acme.sh set.
name=
if [ $# -gt 0 ]; then
    chain=$1
    key=${2-}
    name=${Le_Domain-}
elif [ -n "${RENEWED_LINEAGE-}" ]; then
    chain=$RENEWED_LINEAGE/fullchain.pem
    key=$RENEWED_LINEAGE/privkey.pem
    name=${RENEWED_LINEAGE##*/}
elif [ -n "${LEGO_HOOK_CERT_PATH-}" ]; then
    chain=$LEGO_HOOK_CERT_PATH
    key=${LEGO_HOOK_CERT_KEY_PATH-}
    name=${LEGO_HOOK_CERT_NAME-}
elif [ -n "${LEGO_CERT_PATH-}" ]; then
    chain=$LEGO_CERT_PATH
    key=${LEGO_CERT_KEY_PATH-}
    name=${LEGO_CERT_DOMAIN-}
elif [ -n "${CERT_FULLCHAIN_PATH-}" ]; then
    chain=$CERT_FULLCHAIN_PATH
    key=${CERT_KEY_PATH-}
    name=${Le_Domain-}
else
    refuse 64 "no certificate was named; call it with the path of the full chain"
fi

if [ -n "$CERTIFICATE" ] && [ -n "$name" ] && [ "$name" != "$CERTIFICATE" ]; then
    say "$name is not $CERTIFICATE: nothing to do"
    exit 0
fi
[ -n "$MAIL_SERVERS" ] || refuse 64 "MAIL_SERVERS is empty: write the names of your mail servers into $0"
[ -r "$chain" ] || refuse 66 "cannot read the certificate $chain"
if [ -n "$INSTALL_CERT$INSTALL_KEY" ]; then
    case ${INSTALL_CERT:+c}${INSTALL_KEY:+k} in
        ck) ;;
        *) refuse 64 "set both INSTALL_CERT and INSTALL_KEY, or none of them" ;;
    esac
    [ -r "$key" ] || refuse 66 "cannot read the key ${key:-(no path was given)}"
fi

# The look at each server comes first: all of them or none.
for server in $MAIL_SERVERS; do
    set -- tlsa check --chain "$chain" --name "$server"
    [ -z "$OTHER_CHAIN" ] || set -- "$@" --chain "$OTHER_CHAIN"
    status=0
    # shellcheck disable=SC2086 # several options in one setting
    "$MTA_STS" "$@" $CHECK_OPTIONS >&2 || status=$?
    case $status in
        0) ;;
        1) refuse 1 "the TLSA records of $server do not match the new certificate $chain, or its DNS is" \
            "broken (see above): senders that check DANE would not deliver. Keep the key at renewals, or publish the record" \
            "of the new key beside the old one, wait two TTLs, and run this again." ;;
        2) refuse 2 "the TLSA records of $server could not be looked up, so whether they match $chain" \
            "is not known. Run this again when the DNS answers." ;;
        *) refuse "$status" "$MTA_STS tlsa check did not work for $server (status $status)" ;;
    esac
done

put() { # put FROM TO: whole or not at all, with owner and rights of the file that was there
    new=$2.new.$$
    if [ -e "$2" ]; then
        cp -p "$2" "$new" || return 1
    else
        (umask 077 && : > "$new") || return 1
    fi
    if cat "$1" > "$new" && mv -f "$new" "$2"; then
        return 0
    fi
    rm -f "$new"
    return 1
}

if [ -n "$INSTALL_CERT" ]; then
    put "$key" "$INSTALL_KEY" || refuse 73 "cannot write $INSTALL_KEY"
    put "$chain" "$INSTALL_CERT" ||
        refuse 73 "cannot write $INSTALL_CERT; the key in $INSTALL_KEY is the new one already"
fi

sh -c "$RELOAD" || {
    status=$?
    say "the records match, but this failed (status $status): $RELOAD"
    exit "$status"
}
say "the TLSA records match; done: $RELOAD"
