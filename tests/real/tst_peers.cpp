// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Other people's programs as judges of the same domains and servers: Postfix (posttls-finger), its
// MTA-STS resolver (mta-sts-query), OpenSSL (s_client), GnuTLS (danetool) and ldns (ldns-dane). Each says
// yes or no, and so does mta-sts; they have to agree, but for the differences that are known and told.
#include "real/mailbed.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <memory>

namespace {

// s_client asks a server without STARTTLS for it all the same, and then waits for ever.
constexpr bool NeedsStartTls = true;

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

/// Where a judge of DANE says something else than we do, and why.
struct Difference
{
    const char *judge;
    const char *host;
    const char *why;
};
constexpr Difference Differences[] = {
        {"Postfix", "mx.onekey.signed.example",
         "it is shown the certificate that has a record; GnuTLS is shown the other, and refuses"},
        {"OpenSSL", "mx.onekey.signed.example", "as with Postfix"},
        {"ldns", "mx.onekey.signed.example", "it is given the certificate that has a record"},
        {"OpenSSL", "mx.unusable.signed.example",
         "it takes usage 1, which RFC 7672 3.1.3 leaves out for mail"},
        {"GnuTLS", "mx.unusable.signed.example", "as OpenSSL"},
        {"OpenSSL", "mx.abroad.signed.example",
         "it is given the record and does not look at its zone, which is not signed"},
        {"GnuTLS", "mx.abroad.signed.example",
         "without DNSSEC of its own it takes the record of a zone that is not signed"},
};

bool isInstalled(const char *program)
{
    const QStringList more{QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")};
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty() ||
           !QStandardPaths::findExecutable(QLatin1String(program), more).isEmpty();
}

} // namespace

class TestPeers : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<MailBed> m_bed;
    QHash<QString, QJsonObject> m_reports;

    QJsonObject report(const QString &domain)
    {
        if (!m_reports.contains(domain))
            m_reports.insert(domain, m_bed->checked(domain));
        return m_reports.value(domain);
    }
    /// What we saw at the only address of this mail server.
    QJsonObject seenAt(const QByteArray &host)
    {
        const QString domain = text(host.mid(host.indexOf('.') + 1));
        for (const QJsonValue &mx :
             report(domain)[QLatin1String("observed")][QLatin1String("mx")].toArray()) {
            if (mx[QLatin1String("host")].toString() == text(host))
                return mx[QLatin1String("addresses")][0].toObject();
        }
        return {};
    }
    /// RFC 8461 4.2 as we see it.
    static bool isValid(const QJsonObject &address)
    {
        const QJsonValue certificate = address[QLatin1String("certificate")];
        return certificate[QLatin1String("trusted")].toBool() &&
               certificate[QLatin1String("nameMatches")].toBool() &&
               certificate[QLatin1String("error")].toString().isEmpty();
    }
    /// RFC 7672 as we see it.
    static bool isAuthenticated(const QJsonObject &address)
    {
        return address[QLatin1String("dane")].toString() == QLatin1String("authenticated");
    }

    /// A difference that is no longer there is to leave the table.
    static bool agrees(const char *judge, const QByteArray &host, bool theirs, bool ours)
    {
        const bool isKnown =
                std::any_of(std::begin(Differences), std::end(Differences), [&](const auto &one) {
                    return qstrcmp(one.judge, judge) == 0 && host == one.host;
                });
        return (theirs == ours) != isKnown;
    }

    /// A row for each mail server; signedOnly for judges that do not look at DNSSEC themselves.
    void addHosts(bool signedOnly, bool tlsaOnly, bool needsStartTls = false)
    {
        QTest::addColumn<QByteArray>("host");
        for (const QByteArray &host : m_bed->hosts()) {
            if (signedOnly && !host.endsWith(".signed.example"))
                continue;
            if (needsStartTls && host.startsWith("mx.notls."))
                continue;
            if (!tlsaOnly || !m_bed->value("tlsa." + host).isEmpty())
                QTest::newRow(host.constData()) << host;
        }
    }
    MailBed::Run openssl(const QByteArray &host, const QStringList &options) const
    {
        return m_bed->run(
                QStringList{QStringLiteral("openssl"), QStringLiteral("s_client"),
                            QStringLiteral("-brief"), QStringLiteral("-starttls"),
                            QStringLiteral("smtp"), QStringLiteral("-servername"), text(host),
                            QStringLiteral("-connect"),
                            m_bed->value(host) + QLatin1Char(':') + m_bed->value("smtp_port"),
                            QStringLiteral("-verify_return_error")} +
                options);
    }
    static bool saysVerified(const MailBed::Run &run)
    {
        return (run.out + run.err).contains("Verification: OK");
    }
    [[nodiscard]] QByteArray whyNotPostfix() const
    {
        if (!isInstalled("posttls-finger"))
            return "posttls-finger is not installed";
        if (m_bed->hasOwnNetwork() && m_bed->value("mail_server") != QLatin1String("postfix"))
            return "posttls-finger drops the rights of root, and the user namespace has no other "
                   "user";
        return {};
    }
    /// Where it has to look up by itself.
    [[nodiscard]] QByteArray whyNotPostfixWithDns() const
    {
        if (const QByteArray why = whyNotPostfix(); !why.isEmpty() || m_bed->hasOwnNetwork())
            return why;
        return "posttls-finger asks the system's resolver, and there is no right to make a network "
               "where that is the bed's";
    }
    [[nodiscard]] MailBed::Run fingered(const QByteArray &host, const char *level)
    {
        return m_bed->run({QStringLiteral("posttls-finger"), QStringLiteral("-c"),
                           QStringLiteral("-l"), QLatin1String(level),
                           QStringLiteral("[%1]").arg(text(host))});
    }
    static bool postfixVerified(const MailBed::Run &run)
    {
        return (run.out + run.err).contains("Verified TLS connection established");
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_bed = std::make_unique<MailBed>();
        const QString why = m_bed->start();
        if (m_bed->isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
        QVERIFY(m_bed->hosts().size() > 20);
    }
    void cleanupTestCase() { m_bed.reset(); }

    void postfixSecure_data() { addHosts(false, false); }
    void postfixSecure()
    {
        QFETCH(QByteArray, host);
        if (const QByteArray why = whyNotPostfix(); !why.isEmpty())
            QSKIP(why.constData());
        const QString next =
                QStringLiteral("[%1]:%2").arg(m_bed->value(host), m_bed->value("smtp_port"));
        const MailBed::Run run = m_bed->run({QStringLiteral("posttls-finger"), QStringLiteral("-c"),
                                             QStringLiteral("-l"), QStringLiteral("secure"),
                                             QStringLiteral("-F"), m_bed->value("ca"),
                                             QStringLiteral("-s"), text(host), next, text(host)});
        QVERIFY2(postfixVerified(run) == isValid(seenAt(host)), run.told());
    }

    void postfixDane_data() { addHosts(false, false); }
    void postfixDane()
    {
        QFETCH(QByteArray, host);
        if (const QByteArray why = whyNotPostfixWithDns(); !why.isEmpty())
            QSKIP(why.constData());
        const MailBed::Run run = fingered(host, "dane-only");
        QVERIFY2(agrees("Postfix", host, postfixVerified(run), isAuthenticated(seenAt(host))),
                 run.told());
    }

    /// As mail is sent every day: what is not protected goes through, what is wrong does not.
    void postfixRefuses_data() { addHosts(false, false, NeedsStartTls); }
    void postfixRefuses()
    {
        QFETCH(QByteArray, host);
        if (const QByteArray why = whyNotPostfixWithDns(); !why.isEmpty())
            QSKIP(why.constData());
        const MailBed::Run run = fingered(host, "dane");
        const QByteArray said = run.out + run.err;
        const bool refuses = said.contains("no matching DANE TLSA records") ||
                             said.contains("lookup failed") || said.contains("lookup error");
        QVERIFY2(refuses || said.contains("TLS connection established"), run.told());
        QVERIFY2(agrees("Postfix", host, refuses,
                        seenAt(host)[QLatin1String("dane")].toString() == QLatin1String("fail")),
                 run.told());
    }

    void policyResolver_data()
    {
        QTest::addColumn<QString>("domain");
        for (const QString &domain : m_bed->domains())
            QTest::newRow(qPrintable(domain)) << domain;
        QTest::newRow("bogus.example") << QStringLiteral("bogus.example");
    }
    void policyResolver()
    {
        QFETCH(QString, domain);
        if (!isInstalled("mta-sts-query"))
            QSKIP("mta-sts-query is not installed");
        if (!m_bed->hasOwnNetwork())
            QSKIP("mta-sts-query asks the system's resolver and port 443, and there is no right to "
                  "make a network where those are the bed's");
        const MailBed::Run run = m_bed->run({QStringLiteral("mta-sts-query"), QStringLiteral("-v"),
                                             QStringLiteral("error"), domain});
        static const QRegularExpression result(QStringLiteral("STSFetchResult\\.([A-Z_]+)"));
        static const QRegularExpression mode(QStringLiteral("'mode': '([a-z]+)'"));
        const QString theirs = result.match(QString::fromUtf8(run.out)).captured(1);
        QVERIFY2(!theirs.isEmpty(), run.told());
        const QString ours = report(domain)[QLatin1String("mtaSts")].toString();
        static const QStringList modes{QStringLiteral("enforce"), QStringLiteral("testing"),
                                       QStringLiteral("none")};
        QVERIFY2((theirs == QLatin1String("VALID")) == modes.contains(ours),
                 run.out + ours.toLatin1());
        if (modes.contains(ours))
            QCOMPARE(mode.match(QString::fromUtf8(run.out)).captured(1), ours);
        if (ours == QLatin1String("absent"))
            QCOMPARE(theirs, QStringLiteral("NONE"));
    }

    void opensslPkix_data() { addHosts(false, false, NeedsStartTls); }
    void opensslPkix()
    {
        QFETCH(QByteArray, host);
        const MailBed::Run run =
                openssl(host, {QStringLiteral("-verify_hostname"), text(host),
                               QStringLiteral("-CAfile"), m_bed->value("ca"),
                               QStringLiteral("-no-CApath"), QStringLiteral("-no-CAstore")});
        QVERIFY2(saysVerified(run) == isValid(seenAt(host)), run.told());
    }

    void opensslDane_data() { addHosts(true, true, NeedsStartTls); }
    void opensslDane()
    {
        QFETCH(QByteArray, host);
        const MailBed::Run run =
                openssl(host, {QStringLiteral("-dane_tlsa_domain"), text(host),
                               QStringLiteral("-dane_tlsa_rrdata"), m_bed->value("tlsa." + host),
                               QStringLiteral("-dane_ee_no_namechecks")});
        QVERIFY2(agrees("OpenSSL", host, saysVerified(run), isAuthenticated(seenAt(host))),
                 run.told());
    }

    void gnutlsDane_data() { addHosts(true, true); }
    void gnutlsDane()
    {
        QFETCH(QByteArray, host);
        if (!isInstalled("danetool"))
            QSKIP("danetool is not installed");
        if (!m_bed->hasOwnNetwork())
            QSKIP("danetool asks the system's resolver, and there is no right to make a network "
                  "where that is the bed's");
        const MailBed::Run run =
                m_bed->run({QStringLiteral("danetool"), QStringLiteral("--check"), text(host),
                            QStringLiteral("--port"), m_bed->value("smtp_port"),
                            QStringLiteral("--starttls-proto=smtp"), QStringLiteral("--insecure"),
                            QStringLiteral("--local-dns")});
        QVERIFY2(agrees("GnuTLS", host, (run.out + run.err).contains("Certificate matches"),
                        isAuthenticated(seenAt(host))),
                 run.told());
    }

    /// The chain that the server shows, and the records as ldns finds and validates them.
    void ldnsDane_data() { addHosts(false, false, NeedsStartTls); }
    void ldnsDane()
    {
        QFETCH(QByteArray, host);
        if (!isInstalled("ldns-dane"))
            QSKIP("ldns-dane is not installed");
        if (!m_bed->hasOwnNetwork())
            QSKIP("ldns-dane asks the system's resolver, and there is no right to make a network "
                  "where that is the bed's");
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("chain.pem"));
        const QString command =
                QStringLiteral("openssl s_client -starttls smtp -connect %1:%2 -servername %3 "
                               "-showcerts </dev/null 2>/dev/null | "
                               "sed -n '/BEGIN CERT/,/END CERT/p' > %4; "
                               "ldns-dane -n -T -c %4 verify %3 %2")
                        .arg(m_bed->value(host), m_bed->value("smtp_port"), text(host), file);
        const MailBed::Run run = m_bed->run({QStringLiteral("sh"), QStringLiteral("-c"), command});
        QVERIFY2(agrees("ldns", host, run.status == 0, isAuthenticated(seenAt(host))), run.told());
    }

    /// DANE-38: senders that know RSA only, or ECDSA only, as OpenSSL plays them.
    void opensslOfEachKey_data()
    {
        QTest::addColumn<QByteArray>("host");
        for (const char *host : {"mx.bothkeys.signed.example", "mx.onekey.signed.example"})
            QTest::newRow(host) << QByteArray(host);
    }
    void opensslOfEachKey()
    {
        QFETCH(QByteArray, host);
        QStringList options{QStringLiteral("-dane_tlsa_domain"), text(host),
                            QStringLiteral("-dane_ee_no_namechecks"), QStringLiteral("-sigalgs"),
                            QString()};
        for (const QByteArray &key : {"tlsa." + host, "tlsa.rsa." + host}) {
            if (const QString record = m_bed->value(key); !record.isEmpty())
                options << QStringLiteral("-dane_tlsa_rrdata") << record;
        }
        bool isForAll = true;
        for (const char *algorithms : {"ECDSA+SHA256", "RSA-PSS+SHA256"}) {
            options[4] = QLatin1String(algorithms);
            isForAll &= saysVerified(openssl(host, options));
        }
        QCOMPARE(isForAll, isAuthenticated(seenAt(host)));
        QCOMPARE(isForAll, host == "mx.bothkeys.signed.example");
    }
};

QTEST_GUILESS_MAIN(TestPeers)
#include "tst_peers.moc"
