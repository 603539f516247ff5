// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How each renewal program keeps the key of a mail server, so that its TLSA record 3 1 1 stays right
// (DANE-31), how it makes a new one in a planned change, and how it runs the deploy hook. Dated, from
// the programs' own documentation and source.

#include "mail/domainname.h"

#include <QDate>

enum class RenewalTool { Certbot, AcmeSh, Lego, Caddy };

/// One thing to do: a command to run, or a line in a file; `text` says what it does, translated.
struct RenewalStep
{
    QString text;
    QByteArray command; // one line for a shell, or empty
    QString file;       // where the line goes, or empty
    QByteArray line;    // the exact text in that file; may be of several lines
};

struct RenewalAdvice
{
    RenewalTool tool = RenewalTool::Certbot;
    QString name; // "Certbot"
    bool keepsKeyByDefault = false;
    QList<RenewalStep> keep;   // the same key at each renewal; empty: nothing to do
    QList<RenewalStep> change; // one new key, in the order of a rollover (rollover.h)
    QList<RenewalStep> hook;   // run the deploy hook; the last resort where there is no hook
    QStringList cautions;      // what goes wrong, translated
    QString since;             // version of the options, and its date
    QString source;            // where this was read
    QDate checked;
};

/// For the certificate named after `host`, with the deploy hook at `hookPath`: an absolute path of letters,
/// digits and "._/+-", else /usr/local/sbin/tlsa-deploy-hook.sh.
[[nodiscard]] QList<RenewalAdvice> renewalAdvice(const DomainName &host,
                                                 const QString &hookPath = {});

/// The deploy hook (resources/kit/tlsa-deploy-hook.sh) with these mail servers filled in.
[[nodiscard]] QByteArray tlsaDeployHook(const QList<DomainName> &servers);
