// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa make, of files and of live servers. Its records have to be those of other people's programs:
// OpenSSL (the digest, and s_client as a sender), GnuTLS (danetool) and ldns (ldns-dane).
#include "dane/keymaterial.h"
#include "fakes/ran.h"
#include "real/mailbed.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

#include <memory>

using Form = KeyMaterial::Form;

namespace {

const QString Name = QStringLiteral("mx1.example.com");

Ran run(const QString &program, const QStringList &words, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, words);
    process.write(input);
    process.closeWriteChannel();
    return ended(process);
}

Ran make(const QStringList &words, const QByteArray &input = {})
{
    return run(QStringLiteral(MTA_STS_PROGRAM),
               QStringList{QStringLiteral("tlsa"), QStringLiteral("make")} + words, input);
}

/// "3 1 1 HEX" of each record, sorted.
QStringList records(const QJsonObject &made)
{
    QStringList all;
    for (const QJsonValue &record : made[u"records"].toArray())
        all.append(record[u"data"].toString());
    all.sort();
    return all;
}

QStringList severities(const QJsonObject &made, const QString &id)
{
    QStringList all;
    for (const QJsonValue &finding : made[u"findings"].toArray()) {
        if (finding[u"id"].toString() == id)
            all.append(finding[u"severity"].toString());
    }
    return all;
}

bool isInstalled(const char *program)
{
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}

/// SHA2-256 of the public key of a certificate, as OpenSSL's own tool computes it.
QString digestByOpenssl(const QByteArray &certificatePem)
{
    const QString openssl = QStringLiteral("openssl");
    const QByteArray key =
            run(openssl,
                {QStringLiteral("x509"), QStringLiteral("-noout"), QStringLiteral("-pubkey")},
                certificatePem)
                    .out;
    const QByteArray der = run(openssl,
                               {QStringLiteral("pkey"), QStringLiteral("-pubin"),
                                QStringLiteral("-outform"), QStringLiteral("DER")},
                               key)
                                   .out;
    const QByteArray said =
            run(openssl, {QStringLiteral("dgst"), QStringLiteral("-sha256"), QStringLiteral("-r")},
                der)
                    .out;
    return der.isEmpty() ? QString() : QString::fromLatin1(said.left(64));
}

/// "3 1 1 hex" of a zone line in any of its spellings.
QString recordIn(const QByteArray &line)
{
    static const QRegularExpression form(
            QStringLiteral("TLSA\\s+\\(?\\s*0?(\\d)\\s+0?(\\d)\\s+0?(\\d)\\s+([0-9a-fA-F]+)"));
    const auto found = form.match(QString::fromLatin1(line));
    return found.hasMatch() ? QStringLiteral("%1 %2 %3 %4")
                                      .arg(found.captured(1), found.captured(2), found.captured(3),
                                           found.captured(4).toLower())
                            : QString();
}

} // namespace

class TestTlsaMake : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<MailBed> m_bed;
    QString m_whyNoBed;
    QTemporaryDir m_dir;
    const TestPki m_pki;
    TestIdentity m_ecdsa, m_rsa;

    QString file(const QString &name, const QByteArray &octets) const
    {
        QFile out(m_dir.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(octets) != octets.size())
            qFatal("a test file could not be written");
        return out.fileName();
    }
    TestIdentity leaf(TestKey kind) const
    {
        CertificateWish wish;
        wish.dnsNames = {Name.toLatin1()};
        wish.key = kind;
        return m_pki.leaf(wish);
    }
    /// In the network of the bed.
    [[nodiscard]] Ran makeInBed(const QStringList &words) const
    {
        const QStringList network{QStringLiteral("--resolver"),      m_bed->value("resolver"),
                                  QStringLiteral("--trust-anchor"),  m_bed->value("anchor"),
                                  QStringLiteral("--smtp-port"),     m_bed->value("smtp_port"),
                                  QStringLiteral("--https-port"),    m_bed->value("https_port"),
                                  QStringLiteral("--allow-private"), QStringLiteral("--json")};
        const MailBed::Run run =
                m_bed->run(QStringList{QStringLiteral(MTA_STS_PROGRAM), QStringLiteral("tlsa"),
                                       QStringLiteral("make")} +
                           words + network);
        return {run.status, run.out, run.err};
    }
    /// What a server shows, by OpenSSL: certificate in PEM.
    [[nodiscard]] QByteArray shownCertificate(const QString &target, const QStringList &more) const
    {
        const QString command =
                QStringLiteral(
                        "openssl s_client -connect %1 %2 </dev/null 2>/dev/null | openssl x509")
                        .arg(target, more.join(u' '));
        return m_bed->run({QStringLiteral("sh"), QStringLiteral("-c"), command}).out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!isInstalled("openssl"))
            QSKIP("openssl is not installed");
        m_ecdsa = leaf(TestKey::P256);
        m_rsa = leaf(TestKey::Rsa2048);
        m_bed = std::make_unique<MailBed>();
        m_whyNoBed = m_bed->start();
        QVERIFY2(m_whyNoBed.isEmpty() || m_bed->isMissing(), qPrintable(m_whyNoBed));
    }
    void cleanupTestCase() { m_bed.reset(); }

    void peersMakeTheSame_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::newRow("ECDSA") << m_ecdsa.certificate;
        QTest::newRow("RSA") << m_rsa.certificate;
        QTest::newRow("another curve") << leaf(TestKey::P384).certificate;
        QTest::newRow("Ed25519") << leaf(TestKey::Ed25519).certificate;
    }
    void peersMakeTheSame()
    {
        QFETCH(QByteArray, certificate);
        const QString path = file(QStringLiteral("leaf.pem"), certificate);
        const Ran ran = make({QStringLiteral("--chain"), path, QStringLiteral("--json")});
        QVERIFY2(ran.status == 0, ran.told());
        const QStringList ours = records(ran.json());
        QCOMPARE(ours, QStringList{QStringLiteral("3 1 1 ") + digestByOpenssl(certificate)});
        const Ran asText = make({QStringLiteral("--chain"), path});
        QVERIFY(asText.out.contains("_25._tcp.mx1.example.com. 3600 IN TLSA " +
                                    ours.constFirst().toLatin1() + '\n'));
        const QByteArray print = run(QStringLiteral("openssl"),
                                     {QStringLiteral("x509"), QStringLiteral("-noout"),
                                      QStringLiteral("-fingerprint"), QStringLiteral("-sha256"),
                                      QStringLiteral("-in"), path})
                                         .out.trimmed();
        QVERIFY(print.endsWith(ran.json()[u"keys"][0][u"fingerprint"].toString().toLatin1()));
        // The whole line is taken as it was copied.
        QCOMPARE(make({QStringLiteral("--chain"), path, QStringLiteral("--expect"),
                       QString::fromLatin1(print)})
                         .status,
                 0);
        if (isInstalled("danetool")) {
            const Ran gnutls = run(QStringLiteral("danetool"),
                                   {QStringLiteral("--tlsa-rr"), QStringLiteral("--host"), Name,
                                    QStringLiteral("--port"), QStringLiteral("25"),
                                    QStringLiteral("--load-certificate"), path});
            QCOMPARE(recordIn(gnutls.out), ours.constFirst());
        }
        if (isInstalled("ldns-dane")) {
            const Ran ldns = run(QStringLiteral("ldns-dane"),
                                 {QStringLiteral("-c"), path, QStringLiteral("create"), Name,
                                  QStringLiteral("25"), QStringLiteral("3"), QStringLiteral("1"),
                                  QStringLiteral("1")});
            QCOMPARE(recordIn(ldns.out), ours.constFirst());
        }
    }

    void nextKeyFromRequest()
    {
        const KeyMaterial next(leaf(TestKey::P384).key);
        const QString chain = file(QStringLiteral("fullchain.pem"), m_pki.chain(m_ecdsa));
        const QString request =
                file(QStringLiteral("next.csr"), next.request(Form::Pem, "mx1.example.com"));
        const QString key = file(QStringLiteral("next.pub"), next.publicKey(Form::Der));
        const Ran ran = make({QStringLiteral("--chain"), chain, QStringLiteral("--next"), request,
                              QStringLiteral("--json")});
        QVERIFY2(ran.status == 0, ran.told());
        QCOMPARE(records(ran.json()).size(), 2);
        QCOMPARE(ran.json()[u"records"][1][u"why"].toString(), QStringLiteral("next"));
        const QByteArray der = run(QStringLiteral("openssl"),
                                   {QStringLiteral("req"), QStringLiteral("-in"), request,
                                    QStringLiteral("-noout"), QStringLiteral("-pubkey")})
                                       .out;
        QVERIFY(!der.isEmpty());
        QCOMPARE(der, next.publicKey(Form::Pem)); // OpenSSL reads the same key from the request
        const Ran ofKey = make({QStringLiteral("--chain"), chain, QStringLiteral("--next"), key,
                                QStringLiteral("--json")});
        QCOMPARE(records(ofKey.json()), records(ran.json()));
    }

    void issuerByPeers()
    {
        const QString chain = file(QStringLiteral("fullchain.pem"), m_pki.chain(m_ecdsa));
        const Ran ran = make({QStringLiteral("--chain"), chain, QStringLiteral("--issuer"),
                              QStringLiteral("--json")});
        QVERIFY2(ran.status == 0, ran.told());
        const QString record =
                QStringLiteral("2 1 1 ") + digestByOpenssl(m_pki.intermediate.certificate);
        QCOMPARE(records(ran.json()), QStringList{record});
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-45")),
                 QStringList{QStringLiteral("warning")});
        if (isInstalled("danetool")) {
            const QString issuer =
                    file(QStringLiteral("issuer.pem"), m_pki.intermediate.certificate);
            const Ran gnutls = run(QStringLiteral("danetool"),
                                   {QStringLiteral("--tlsa-rr"), QStringLiteral("--ca"),
                                    QStringLiteral("--host"), Name,
                                    QStringLiteral("--load-certificate"), issuer});
            QCOMPARE(recordIn(gnutls.out), record);
        }
    }

    void webHost()
    {
        const QString chain = file(QStringLiteral("fullchain.pem"), m_pki.chain(m_ecdsa));
        const Ran ran = make({QStringLiteral("--chain"), chain, QStringLiteral("--name"),
                              QStringLiteral("mta-sts.example.com"), QStringLiteral("--port"),
                              QStringLiteral("443"), QStringLiteral("--json")});
        QVERIFY2(ran.status == 0, ran.told());
        QCOMPARE(ran.json()[u"records"][0][u"owner"].toString(),
                 QStringLiteral("_443._tcp.mta-sts.example.com"));
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-40.web")).size(), 1);
        QVERIFY(make({QStringLiteral("--chain"), chain, QStringLiteral("--port"),
                      QStringLiteral("443")})
                        .out.contains("Cloudflare"));
    }

    void wordsThatAreOff_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("said");
        const QString chain = file(QStringLiteral("fullchain.pem"), m_pki.chain(m_ecdsa));
        const QString key = file(QStringLiteral("privkey.pem"), m_ecdsa.key);
        const QString two =
                file(QStringLiteral("two.pem"),
                     m_pki.leaf(QList<QByteArray>{"a.example", "b.example"}).certificate);
        const QString option = QStringLiteral("--chain");
        QTest::newRow("nothing") << QStringList() << QByteArray("whose records");
        QTest::newRow("private key") << QStringList{option, key} << QByteArray("private key");
        QTest::newRow("private key as the next one")
                << QStringList{option, chain, QStringLiteral("--next"), key}
                << QByteArray("private key");
        QTest::newRow("file that is not there, not a host")
                << QStringList{option, QStringLiteral("cert.pem")}
                << QByteArray("cannot read cert.pem");
        QTest::newRow("not a name") << QStringList{option, QStringLiteral("nodots")}
                                    << QByteArray("neither a file nor");
        QTest::newRow("which of two names?") << QStringList{option, two} << QByteArray("--name");
        QTest::newRow("server and file")
                << QStringList{option, chain, option, Name} << QByteArray("not both");
        QTest::newRow("two servers, one name")
                << QStringList{option, Name, QStringLiteral("b.example.com"),
                               QStringLiteral("--name"), Name}
                << QByteArray("one server");
        QTest::newRow("no name for a shared place")
                << QStringList{Name, QStringLiteral("--shared"), QStringLiteral("here")}
                << QByteArray("--shared");
        QTest::newRow("an alias that leads to itself")
                << QStringList{Name, QStringLiteral("--shared"), QStringLiteral("_25._tcp.") + Name}
                << QByteArray("--shared");
        QTest::newRow("port 0") << QStringList{option, chain, QStringLiteral("--port"),
                                               QStringLiteral("0")}
                                << QByteArray("--port");
        QTest::newRow("SHA-1 fingerprint")
                << QStringList{option, chain, QStringLiteral("--expect"), QStringLiteral("AB:CD")}
                << QByteArray("--expect");
        QTest::newRow("the mail servers are to be left alone")
                << QStringList{option, Name, QStringLiteral("--no-smtp")}
                << QByteArray("--no-smtp");
    }
    void wordsThatAreOff()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, said);
        const Ran ran = make(words);
        QVERIFY2(ran.status == 64, ran.told());
        QVERIFY(ran.out.isEmpty());
        QVERIFY2(ran.err.contains(said), ran.told());
    }

    void standardInput()
    {
        const Ran ran =
                make({QStringLiteral("--chain"), QStringLiteral("-"), QStringLiteral("--json")},
                     m_pki.chain(m_rsa));
        QVERIFY2(ran.status == 0, ran.told());
        QCOMPARE(records(ran.json()),
                 QStringList{QStringLiteral("3 1 1 ") + digestByOpenssl(m_rsa.certificate)});
        QCOMPARE(make({QStringLiteral("--chain"), QStringLiteral("-")}, m_rsa.key).status, 64);
    }

    void otherCertificateInTheFile()
    {
        const QString chain = file(QStringLiteral("fullchain.pem"), m_pki.chain(m_ecdsa));
        const Ran ran = make({QStringLiteral("--chain"), chain, QStringLiteral("--expect"),
                              QString(64, u'0'), QStringLiteral("--json")});
        QVERIFY2(ran.status == 1, ran.told());
        QVERIFY(records(ran.json()).isEmpty());
    }

    void nobodyAnswersIsUnknown()
    {
        const Ran ran = make({QStringLiteral("--chain"), Name, QStringLiteral("--resolver"),
                              QStringLiteral("127.0.0.1@9"), QStringLiteral("--timeout"),
                              QStringLiteral("2")});
        QVERIFY2(ran.status == 2, ran.told());
        QVERIFY2(ran.out.startsWith("Not every key could be seen"), ran.told());
        QVERIFY(!ran.out.contains("IN TLSA"));
    }

    /// Every mail server of the bed: the key that OpenSSL is shown, and no other.
    void liveMailServers_data()
    {
        QTest::addColumn<QByteArray>("host");
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        for (const QByteArray &host : m_bed->hosts())
            QTest::newRow(host.constData()) << host;
    }
    void liveMailServers()
    {
        QFETCH(QByteArray, host);
        const QString name = QString::fromLatin1(host);
        const Ran ran = makeInBed({QStringLiteral("--chain"), name});
        const QJsonObject made = ran.json();
        if (host.startsWith("mx.notls.")) { // s_client would wait for ever
            QVERIFY2(ran.status == 2 && records(made).isEmpty(), ran.told());
            QVERIFY(!made[u"complete"].toBool());
            return;
        }
        const QByteArray certificate =
                shownCertificate(m_bed->value(host) + u':' + m_bed->value("smtp_port"),
                                 {QStringLiteral("-starttls"), QStringLiteral("smtp"),
                                  QStringLiteral("-servername"), name});
        QVERIFY2(!certificate.isEmpty(), ran.told());
        if (host == "mx.mail.bogus.example") { // nobody knows whose address that is
            QVERIFY2(ran.status == 1 && records(made).isEmpty(), ran.told());
            return;
        }
        QStringList wanted{QStringLiteral("3 1 1 ") + digestByOpenssl(certificate)};
        if (host.startsWith("mx.bothkeys.") || host.startsWith("mx.onekey.")) {
            QVERIFY2(records(made).contains(wanted.first()), ran.told());
            QCOMPARE(records(made).size(), 2);
            wanted = records(made);
        }
        QVERIFY2(records(made) == wanted, ran.told());
        QVERIFY(made[u"complete"].toBool());
        QVERIFY(!made[u"confirmed"].toBool());
        QCOMPARE(severities(made, QStringLiteral("DANE-29.seen")),
                 QStringList{QStringLiteral("warning")});
        // What stands in the zone is found again, and what fits nothing is not passed over.
        const QString there = m_bed->value("tlsa." + host);
        QStringList listed;
        for (const QString &member : {QStringLiteral("alsoFit"), QStringLiteral("superfluous")}) {
            for (const QJsonValue &record : made[member].toArray())
                listed.append(record.toString());
        }
        QCOMPARE(listed,
                 there.isEmpty() || wanted.contains(there) ? QStringList() : QStringList{there});
        if (host == "mx.mismatch.signed.example") {
            QCOMPARE(made[u"superfluous"].toArray().size(), 1);
            QCOMPARE(ran.status, 1); // what is published stops mail
        }
    }

    /// The web host, by the same code; the bed's nginx serves the policy there.
    void liveWebHost()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        const QString host = QStringLiteral("mta-sts.good.signed.example");
        const QStringList port{QStringLiteral("--port"), QStringLiteral("443")};
        const Ran ran = makeInBed(QStringList{host} + port);
        QVERIFY2(ran.status == 0, ran.told());
        const QByteArray certificate =
                shownCertificate(QStringLiteral("127.0.0.1:") + m_bed->value("https_port"),
                                 {QStringLiteral("-servername"), host});
        const QString record = QStringLiteral("3 1 1 ") + digestByOpenssl(certificate);
        QCOMPARE(records(ran.json()), QStringList{record});
        QCOMPARE(ran.json()[u"published"].toArray(), QJsonArray{record});
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-40.web")),
                 QStringList{QStringLiteral("warning")});
        const QString chain = file(QStringLiteral("web.pem"), certificate);
        const auto check = [&](const QString &pem) {
            return m_bed->run(QStringList{QStringLiteral(MTA_STS_PROGRAM), QStringLiteral("tlsa"),
                                          QStringLiteral("check"), QStringLiteral("--chain"), pem,
                                          QStringLiteral("--name"), host,
                                          QStringLiteral("--resolver"), m_bed->value("resolver"),
                                          QStringLiteral("--trust-anchor"),
                                          m_bed->value("anchor")} +
                              port);
        };
        const MailBed::Run right = check(chain);
        QVERIFY2(right.status == 0 && right.out.contains("\nauthenticated\n"), right.told());
        QVERIFY2(right.out.contains("Browsers do not read TLSA records"), right.told());
        QVERIFY2(right.out.contains("Cloudflare"), right.told());
        const MailBed::Run other = check(file(QStringLiteral("other.pem"), m_ecdsa.certificate));
        QVERIFY2(other.status == 1 && other.out.contains("\nfail\n"), other.told());
    }

    void severalServers()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        const QStringList hosts{QStringLiteral("mx.delegated.signed.example"),
                                QStringLiteral("mx2.delegated.signed.example"),
                                QStringLiteral("mx.good.signed.example")};
        const Ran ran = makeInBed(hosts);
        QVERIFY2(ran.status == 0, ran.told());
        QCOMPARE(ran.json()[u"servers"].toArray().size(), 3);
        QVERIFY(ran.json()[u"shared"].isNull());
        QCOMPARE(ran.json()[u"offers"].toArray().size(), 1);
        const QJsonValue offer = ran.json()[u"offers"][0];
        QCOMPARE(offer[u"hosts"].toArray(), QJsonArray::fromStringList(hosts.mid(0, 2)));
        QCOMPARE(offer[u"place"].toString(), QStringLiteral("tlsa._dane.delegated.signed.example"));
        // What stands in the shared place is found again behind the alias.
        QCOMPARE(ran.json()[u"servers"][1][u"published"].toArray().size(), 1);
        QVERIFY(ran.json()[u"servers"][1][u"superfluous"].toArray().isEmpty());
    }

    void onePlace()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        const QStringList hosts{QStringLiteral("mx.delegated.signed.example"),
                                QStringLiteral("mx2.delegated.signed.example")};
        const QString place = QStringLiteral("tlsa._dane.delegated.signed.example");
        Ran ran = makeInBed(hosts + QStringList{QStringLiteral("--shared"), place});
        QVERIFY2(ran.status == 0, ran.told());
        const QJsonValue shared = ran.json()[u"shared"];
        const QString record = m_bed->value("tlsa." + hosts.first().toLatin1());
        QCOMPARE(shared[u"set"].toArray(),
                 QJsonArray{place + QStringLiteral(". 3600 IN TLSA ") + record});
        QJsonArray aliases;
        for (const QString &host : hosts)
            aliases.append(QStringLiteral("_25._tcp.%1. 3600 IN CNAME %2.").arg(host, place));
        QCOMPARE(shared[u"aliases"].toArray(), aliases);
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-35")),
                 QStringList{QStringLiteral("info")});
        QVERIFY(severities(ran.json(), QStringLiteral("DANE-8.signed")).isEmpty());
        // A zone without signatures, servers with unlike keys: nothing is made.
        ran = makeInBed(hosts + QStringList{QStringLiteral("--shared"),
                                            QStringLiteral("tlsa._dane.unsigned.example")});
        QVERIFY2(ran.status == 1 && ran.json()[u"shared"][u"set"].toArray().isEmpty(), ran.told());
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-8.unsigned")),
                 QStringList{QStringLiteral("error")});
        ran = makeInBed({hosts.first(), QStringLiteral("mx.good.signed.example"),
                         QStringLiteral("--shared"), place});
        QVERIFY2(ran.status == 1 && ran.json()[u"shared"][u"aliases"].toArray().isEmpty(),
                 ran.told());
        QCOMPARE(severities(ran.json(), QStringLiteral("DANE-8.unlike")),
                 QStringList{QStringLiteral("error")});
    }

    void mailDomainInsteadOfServer()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        const QString id = QStringLiteral("DANE-42.domain");
        const Ran ran =
                makeInBed({QStringLiteral("--chain"), QStringLiteral("good.signed.example")});
        QVERIFY2(ran.status == 2, ran.told()); // it has no address
        QCOMPARE(severities(ran.json(), id), QStringList{QStringLiteral("warning")});
        const Ran right =
                makeInBed({QStringLiteral("--chain"), QStringLiteral("mx.good.signed.example")});
        QVERIFY2(severities(right.json(), id).isEmpty() && right.status == 0, right.told());
    }

    void confirmedByFingerprint()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        const QStringList chain{QStringLiteral("--chain"),
                                QStringLiteral("mx.good.signed.example")};
        const QString print = makeInBed(chain).json()[u"keys"][0][u"fingerprint"].toString();
        const QStringList expect{QStringLiteral("--expect"), print};
        const Ran right = makeInBed(chain + expect);
        QVERIFY2(right.status == 0, right.told());
        QVERIFY(right.json()[u"confirmed"].toBool());
        QVERIFY(severities(right.json(), QStringLiteral("DANE-29.seen")).isEmpty());
        // T-33: somebody in between shows another certificate.
        const Ran other =
                makeInBed({QStringLiteral("--chain"), QStringLiteral("mx.testing.signed.example"),
                           QStringLiteral("--expect"), print});
        QVERIFY2(other.status == 1, other.told());
        QVERIFY(records(other.json()).isEmpty());
        QVERIFY(!other.json()[u"confirmed"].toBool());
    }

    /// RSA and ECDSA on one port; OpenSSL as a sender accepts both by the records made.
    void bothKeysOfATlsServer()
    {
        if (!m_whyNoBed.isEmpty())
            QSKIP(qPrintable(m_whyNoBed));
        QTcpServer free; // only to learn of a port that is free; it is closed before it is used
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QString port = QString::number(free.serverPort());
        free.close();
        const QString chain = file(QStringLiteral("issuers.pem"), m_pki.intermediate.certificate);
        QProcess server;
        const QStringList words = m_bed->value("enter").split(u' ', Qt::SkipEmptyParts) +
                                  QStringList{QStringLiteral("openssl"),
                                              QStringLiteral("s_server"),
                                              QStringLiteral("-accept"),
                                              port,
                                              QStringLiteral("-cert"),
                                              file(QStringLiteral("e.pem"), m_ecdsa.certificate),
                                              QStringLiteral("-key"),
                                              file(QStringLiteral("e.key"), m_ecdsa.key),
                                              QStringLiteral("-dcert"),
                                              file(QStringLiteral("r.pem"), m_rsa.certificate),
                                              QStringLiteral("-dkey"),
                                              file(QStringLiteral("r.key"), m_rsa.key),
                                              QStringLiteral("-cert_chain"),
                                              chain,
                                              QStringLiteral("-dcert_chain"),
                                              chain};
        server.start(words.first(), words.mid(1));
        while (!server.readAllStandardOutput().contains("ACCEPT"))
            QVERIFY2(server.waitForReadyRead(20000), server.readAllStandardError().constData());

        const QString host = QStringLiteral("mx.good.signed.example");
        const Ran ran =
                makeInBed({QStringLiteral("--chain"), host, QStringLiteral("--port"), port});
        const QStringList made = records(ran.json());
        QStringList wanted{QStringLiteral("3 1 1 ") + digestByOpenssl(m_ecdsa.certificate),
                           QStringLiteral("3 1 1 ") + digestByOpenssl(m_rsa.certificate)};
        wanted.sort();
        QVERIFY2(made == wanted, ran.told());
        QVERIFY(ran.json()[u"complete"].toBool());
        QStringList dane{QStringLiteral("-dane_tlsa_domain"), host,
                         QStringLiteral("-dane_ee_no_namechecks")};
        const auto verified = [&](const QString &algorithms, const QStringList &published) {
            QStringList sender{QStringLiteral("openssl"),
                               QStringLiteral("s_client"),
                               QStringLiteral("-brief"),
                               QStringLiteral("-connect"),
                               m_bed->value(host.toLatin1()) + u':' + port,
                               QStringLiteral("-sigalgs"),
                               algorithms};
            sender += dane;
            for (const QString &record : published)
                sender << QStringLiteral("-dane_tlsa_rrdata") << record;
            const MailBed::Run said = m_bed->run(sender);
            return (said.out + said.err).contains("Verification: OK");
        };
        const QString ecdsa = QStringLiteral("ECDSA+SHA256"),
                      rsa = QStringLiteral("RSA-PSS+SHA256");
        QVERIFY(verified(ecdsa, made));
        QVERIFY(verified(rsa, made));
        // With one of them left out, one of the senders fails: both are needed.
        QVERIFY(verified(ecdsa, made.mid(0, 1)) != verified(rsa, made.mid(0, 1)));
        server.kill();
        server.waitForFinished(5000);
    }
};

QTEST_GUILESS_MAIN(TestTlsaMake)
#include "tst_tlsamake.moc"
