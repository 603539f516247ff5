// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// signingbed.sh as long as this object lives, and the real program run in it.

#include "cli/pushprogram.h"
#include "dns/delegationsigner.h"
#include "provider/authoritative.h"
#include "provider/catalogue.h"
#include "real/bedprocess.h"

class SigningBed
{
public:
    /// Empty when it runs, else why not. `certificates`: chain of mx1.example.com; `key`: its private key.
    [[nodiscard]] QString start(const QByteArray &certificates, const QByteArray &key)
    {
        QFile pem(m_dir.filePath(QStringLiteral("mx1.pem")));
        if (!pem.open(QIODevice::WriteOnly) || pem.write(key + certificates) < 0)
            return QStringLiteral("no file");
        pem.close();
        return m_process.start(QStringLiteral(TESTS_SOURCE_DIR "/cli/signingbed.sh"),
                               {pem.fileName()}, 60000);
    }
    [[nodiscard]] bool isMissing() const { return m_process.isMissing(); }
    [[nodiscard]] QString value(const char *key) const { return m_process.value(key); }
    [[nodiscard]] QString path(const char *name) const
    {
        return m_dir.filePath(QLatin1String(name));
    }
    [[nodiscard]] const QTemporaryDir &folder() const { return m_dir; }
    [[nodiscard]] const QByteArray &said() const { return m_said; } // all that was ever printed

    /// mta-sts WORDS with the resolver of the bed.
    Ran run(const QStringList &words, const QByteArray &input = {})
    {
        const bool hasPort = words.contains(QStringLiteral("--smtp-port"));
        QProcess process;
        process.start(
                QStringLiteral(PROGRAM),
                words + QStringList{QStringLiteral("--resolver"), value("resolver"),
                                    QStringLiteral("--trust-anchor"), value("anchor"),
                                    QStringLiteral("--allow-private"),
                                    QStringLiteral("--no-control"),
                                    hasPort ? QStringLiteral("--no-control")
                                            : QStringLiteral("--smtp-port=") + value("smtpPort"),
                                    QStringLiteral("--timeout"), QStringLiteral("30")});
        process.write(input);
        process.closeWriteChannel();
        const Ran ran = ended(process);
        m_said += ran.out + ran.err;
        return ran;
    }
    /// The same with the service of example.com and its token.
    Ran runAtService(const QStringList &words)
    {
        return run(words + QStringList{QStringLiteral("--provider"), QStringLiteral("powerdns"),
                                       QStringLiteral("--provider-url"), value("address"),
                                       QStringLiteral("--token-stdin"),
                                       QStringLiteral("--state-dir"), path("state"),
                                       QStringLiteral("--dns-port"), value("dnsPort")},
                   value("secret").toUtf8() + '\n');
    }
    /// As a registrar does it: the DS set of example.com in com is these, in presentation form.
    [[nodiscard]] QString handToParent(const QList<QByteArray> &ds) const
    {
        const auto parent = makeProvider(*providerInfo("rfc2136"), value("parent"),
                                         Secret(value("parentSecret").toUtf8()));
        if (!parent)
            return parent.error().what;
        SetChange change{"example.com", RecordType::DS, {}, {}};
        for (const QByteArray &data : m_handed)
            change.before.append({{"example.com", RecordType::DS, 60, data}, {}, false});
        for (const QByteArray &data : ds)
            change.after.append({"example.com", RecordType::DS, 60, data});
        const auto done = (*parent)->apply({"com", "com", {}}, {change}, Cancel());
        if (!done)
            return done.error().what + done.error().detail;
        m_handed = ds;
        return {};
    }
    /// At the name server of example.com itself.
    [[nodiscard]] QList<QByteArray> served(const QByteArray &name, RecordType type) const
    {
        const auto data = askNameServer(
                {QHostAddress(QHostAddress::LocalHost), quint16(value("dnsPort").toUShort())}, name,
                type, Cancel());
        return data.value_or(QList<QByteArray>{"?"});
    }

private:
    QTemporaryDir m_dir;
    QByteArray m_said;
    mutable QList<QByteArray> m_handed;
    BedProcess m_process; // ends before its folder goes
};
