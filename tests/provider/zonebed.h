// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A name server that can be written to (zonebed.sh) as long as this object lives: a real one, or a
// stand-in for a service, which judges what it is asked.

#include "dns/unboundcontext.h"
#include "provider/catalogue.h"
#include "real/bedprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

class ZoneBed
{
public:
    /// Empty when it runs, else why not. `lines`: added to example.com, and a resolver with them.
    [[nodiscard]] QString start(const QString &kind, const QStringList &lines = {})
    {
        return m_process.start(QStringLiteral(TESTS_SOURCE_DIR "/provider/zonebed.sh"),
                               QStringList{kind} + lines, 60000);
    }
    void stop() { m_process.stop(); }
    [[nodiscard]] QString value(const char *key) const { return m_process.value(key); }
    [[nodiscard]] bool isMissing() const { return m_process.isMissing(); }
    [[nodiscard]] ServerAddress nameServer() const
    {
        return serverAddress(value("dns"), 53).value_or(ServerAddress());
    }
    [[nodiscard]] std::unique_ptr<Provider> provider(const char *id,
                                                     const QByteArray &secret = {}) const
    {
        auto made = makeProvider(
                *providerInfo(id), value("address"),
                Secret(secret.isEmpty() ? value("secret").toUtf8() : QByteArray(secret)));
        return made ? std::move(*made) : nullptr;
    }

    /// Of a stand-in with a judge: tells it what to do, and hears what it saw (cloudflarestandin.py).
    QJsonObject control(const QJsonObject &wanted = {}) const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), value("judge").toUShort());
        const QByteArray body = QJsonDocument(wanted).toJson(QJsonDocument::Compact);
        socket.write("POST /control HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     "Content-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (socket.waitForReadyRead(10000))
            answer += socket.readAll();
        return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
    }
    /// Requests that do not fit the description of the API; empty for a real server, which says so itself.
    [[nodiscard]] QByteArray faults() const
    {
        if (value("judge").isEmpty())
            return {};
        const QJsonValue all = control().value(QLatin1String("faults"));
        if (!all.isArray())
            return "the stand-in does not answer";
        return all.toArray().isEmpty()
                       ? QByteArray()
                       : QJsonDocument(all.toArray()).toJson(QJsonDocument::Indented);
    }

private:
    BedProcess m_process;
};
