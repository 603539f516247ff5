// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/renewaladvice.h"

#include <QTest>

namespace {

QList<RenewalStep> allOf(const RenewalAdvice &advice)
{
    return advice.keep + advice.change + advice.hook;
}

QByteArray textOf(const QList<RenewalStep> &steps)
{
    QByteArray text;
    for (const RenewalStep &step : steps)
        text += step.command + '\n' + step.file.toUtf8() + '\n' + step.line + '\n';
    return text;
}

} // namespace

class TestRenewalAdvice : public QObject
{
    Q_OBJECT

private:
    const DomainName m_host = *DomainName::fromAscii("mx.example.com");

    RenewalAdvice of(RenewalTool tool, const QString &hook = {}) const
    {
        for (const RenewalAdvice &advice : renewalAdvice(m_host, hook)) {
            if (advice.tool == tool)
                return advice;
        }
        return {};
    }

private Q_SLOTS:
    void everyToolIsWhole()
    {
        const QList<RenewalAdvice> all = renewalAdvice(m_host);
        QCOMPARE(all.size(), 4);
        for (const RenewalAdvice &advice : all) {
            QVERIFY(!advice.name.isEmpty() && !advice.since.isEmpty());
            QVERIFY(advice.source.contains(QLatin1String("https://")) && advice.checked.isValid());
            QVERIFY(!advice.keep.isEmpty() && !advice.change.isEmpty() && !advice.hook.isEmpty());
            QVERIFY(!advice.cautions.isEmpty());
            for (const RenewalStep &step : allOf(advice)) {
                QVERIFY2(!step.text.isEmpty(), qPrintable(advice.name));
                QVERIFY(step.command.isEmpty() != step.line.isEmpty()); // a command or a line
                QCOMPARE(step.file.isEmpty(), step.line.isEmpty());
                QVERIFY(!step.command.contains('\n'));
            }
        }
    }

    // The options as the programs know them; a slip here costs mail.
    void options_data()
    {
        QTest::addColumn<RenewalTool>("tool");
        QTest::addColumn<QByteArray>("keep");
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("hook");
        QTest::newRow("certbot") << RenewalTool::Certbot << QByteArray("--reuse-key")
                                 << QByteArray("--new-key --reuse-key")
                                 << QByteArray("--deploy-hook /usr/local/sbin/tlsa-deploy-hook.sh");
        QTest::newRow("certbot by file")
                << RenewalTool::Certbot
                << QByteArray("/etc/letsencrypt/renewal/mx.example.com.conf\nreuse_key = True")
                << QByteArray("RENEWED_LINEAGE=/etc/letsencrypt/live/mx.example.com ")
                << QByteArray("/etc/letsencrypt/renewal-hooks/deploy/");
        QTest::newRow("acme.sh") << RenewalTool::AcmeSh << QByteArray("Le_ForceNewDomainKey='1'")
                                 << QByteArray("--always-force-new-domain-key")
                                 << QByteArray("--reloadcmd '/usr/local/sbin/tlsa-deploy-hook.sh "
                                               "\"$CERT_FULLCHAIN_PATH\" \"$CERT_KEY_PATH\"'");
        QTest::newRow("lego 5") << RenewalTool::Lego
                                << QByteArray("lego run -d mx.example.com --reuse-key")
                                << QByteArray("--renew-force") << QByteArray("--deploy-hook=/");
        QTest::newRow("lego 4") << RenewalTool::Lego << QByteArray("renew --reuse-key")
                                << QByteArray(".crt ") << QByteArray("--renew-hook=/");
        QTest::newRow("Caddy") << RenewalTool::Caddy
                               << QByteArray("\ttls {\n\t\treuse_private_keys")
                               << QByteArray("reuse_private_keys")
                               << QByteArray("on cert_obtained exec /usr/local/sbin/");
    }
    void options()
    {
        QFETCH(RenewalTool, tool);
        QFETCH(QByteArray, keep);
        QFETCH(QByteArray, change);
        QFETCH(QByteArray, hook);
        const RenewalAdvice advice = of(tool);
        QVERIFY2(textOf(advice.keep).contains(keep), textOf(advice.keep));
        QVERIFY2(textOf(advice.change).contains(change), textOf(advice.change));
        QVERIFY2(textOf(advice.hook).contains(hook), textOf(advice.hook));
        QCOMPARE(advice.keepsKeyByDefault, tool == RenewalTool::AcmeSh);
    }

    void hookPathIsAWordOrTheUsualOne()
    {
        QVERIFY(textOf(of(RenewalTool::Certbot, QStringLiteral("/opt/my-hook.sh")).hook)
                        .contains("/opt/my-hook.sh"));
        for (const char *bad :
             {"hook.sh", "/a b", "/a;reboot", "/a'b", "/a$(b)", "/a\nb", "/\xc3\xa4"}) {
            const QByteArray text = textOf(of(RenewalTool::AcmeSh, QString::fromUtf8(bad)).hook);
            QVERIFY2(text.contains("/usr/local/sbin/tlsa-deploy-hook.sh"), bad);
        }
    }

    void hookNamesTheServers()
    {
        const QByteArray bare = tlsaDeployHook({});
        QVERIFY(bare.startsWith("#!/bin/sh\n"));
        const QByteArray filled =
                tlsaDeployHook({m_host, *DomainName::fromAscii("mx2.example.com")});
        QVERIFY(filled.contains("\nMAIL_SERVERS=${MAIL_SERVERS-mx.example.com mx2.example.com}\n"));
        QCOMPARE(filled.split('\n').size(), bare.split('\n').size());
    }
};

QTEST_APPLESS_MAIN(TestRenewalAdvice)
#include "tst_renewaladvice.moc"
