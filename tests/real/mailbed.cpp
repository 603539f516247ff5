// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "real/mailbed.h"

#include <QJsonDocument>

#include <algorithm>

QString MailBed::start()
{
    constexpr int StartMs = 120000;
    return m_process.start(QStringLiteral(TESTS_SOURCE_DIR "/real/bed.sh"), {m_dir.path()},
                           StartMs);
}

QList<QByteArray> MailBed::hosts() const
{
    QList<QByteArray> names;
    for (auto it = m_process.values().begin(); it != m_process.values().end(); ++it) {
        if (it.key().endsWith(".example") && !it.key().startsWith("tlsa."))
            names.append(it.key());
    }
    std::sort(names.begin(), names.end());
    return names;
}

MailBed::Run MailBed::run(const QStringList &command) const
{
    const QStringList words = value("enter").split(QLatin1Char(' '), Qt::SkipEmptyParts) + command;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), environment.value(QStringLiteral("PATH")) +
                                                       QStringLiteral(":/usr/sbin:/sbin"));
    environment.insert(QStringLiteral("SSL_CERT_FILE"), value("ca")); // for mta-sts-query
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(words.first(), words.mid(1));
    Run run;
    if (process.waitForFinished(100000) && process.exitStatus() == QProcess::NormalExit)
        run.status = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(1000);
    }
    return run;
}

MailBed::Run MailBed::check(const QStringList &words) const
{
    QStringList command{QStringLiteral(MTA_STS_PROGRAM), QStringLiteral("check")};
    const auto add = [&](const char *option, const char *key) {
        command << QLatin1String(option) << value(key);
    };
    if (!words.contains(QLatin1String("--resolver")))
        add("--resolver", "resolver");
    add("--trust-anchor", "anchor");
    add("--ca-file", "ca");
    add("--https-port", "https_port");
    add("--smtp-port", "smtp_port");
    command << QStringLiteral("--allow-private") << QStringLiteral("--no-control");
    return run(command + words);
}

QJsonObject MailBed::checked(const QString &domain) const
{
    const Run run = check({QStringLiteral("--json"), domain});
    const QJsonObject object = QJsonDocument::fromJson(run.out).object();
    if (object.isEmpty())
        qCritical("no JSON about %s: %s", qPrintable(domain), run.told().constData());
    return object;
}
