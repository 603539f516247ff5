// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/policyfetch.h"

#include "base/printable.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QTimeZone>

namespace {

// One request at one address, step by step; each step says whether the next makes sense.
class Fetch
{
public:
    Fetch(const PolicyRequest &request, const TrustStore &trust, const PolicyLimits &limits,
          const Cancel &cancel)
        : m_request(request)
        , m_deadline(limits.totalMs)
        , m_cancel(cancel)
        , m_stream(trust) // no proxy, whatever the environment says (STS-59, T-16)
        , m_reader(limits.http)
    {
    }

    PolicyFetch run()
    {
        QElapsedTimer clock;
        clock.start();
        m_fetch.address = m_request.address;
        if (connect() && encrypt() && ask())
            readAnswer();
        m_stream.close();
        m_fetch.tookMs = clock.elapsed();
        m_fetch.at = QDateTime::currentDateTimeUtc();
        return m_fetch;
    }

private:
    using End = PolicyFetch::End;

    bool connect();
    bool encrypt();
    bool ask();
    void readAnswer();
    void takeAnswer();
    void endWith(End end, const QString &problem)
    {
        m_fetch.end = end;
        m_fetch.problem = problem;
    }
    bool endWith(const Error &error, End otherwise, const QString &stage);

    const PolicyRequest &m_request;
    const QDeadlineTimer m_deadline; // RFC 8461 3.3: on the whole, not on each wait
    const Cancel &m_cancel;
    TlsStream m_stream;
    HttpReader m_reader;
    PolicyFetch m_fetch;
};

bool Fetch::endWith(const Error &error, End otherwise, const QString &stage)
{
    if (error.kind == Error::Kind::Timeout)
        endWith(End::TimedOut, QStringLiteral("no %1 in time").arg(stage));
    else if (error.kind == Error::Kind::Cancelled)
        endWith(End::Cancelled, error.what);
    else
        endWith(otherwise, error.detail.isEmpty() ? error.what : error.detail);
    return false;
}

bool Fetch::connect()
{
    const Result<void> connected =
            m_stream.connectTo(m_request.address, m_request.port, m_deadline, m_cancel);
    if (connected)
        return true;
    endWith(connected.error(), End::NoConnection, QStringLiteral("connection"));
    if (m_fetch.end == End::TimedOut)
        m_fetch.end = End::NoConnection; // nobody there, which is not the same as slow
    return false;
}

bool Fetch::encrypt()
{
    TlsSettings settings;
    settings.serverName = m_request.host; // RFC 8461 7.1: SNI carries the policy host
    settings.applicationProtocol = QByteArrayLiteral("http/1.1");
    const Result<TlsFacts> facts = m_stream.startTls(settings, m_deadline, m_cancel);
    if (!facts)
        return endWith(facts.error(), End::NoConnection, QStringLiteral("TLS handshake"));
    m_fetch.tls = *facts;
    if (facts->established)
        return true;
    // RFC 7301 3.2: the server knows no protocol that was offered, so it has only HTTP/2.
    m_fetch.http2Only =
            facts->peerSentAlert && facts->alert.contains(QLatin1String("application protocol"));
    endWith(End::TlsFailed, facts->alert);
    return false;
}

bool Fetch::ask()
{
    QByteArray host = m_request.host;
    if (m_request.port != 443)
        host += ':' + QByteArray::number(m_request.port);
    // RFC 8461 3.3: no conditional request, no cookies, no credentials (STS-52, STS-59).
    const QByteArray request = "GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: " + host +
                               "\r\nUser-Agent: mta-sts-assistant/" ASSISTANT_VERSION
                               "\r\nAccept: text/plain, */*;q=0.1\r\nAccept-Encoding: identity"
                               "\r\nConnection: close\r\n\r\n";
    const Result<void> sent = m_stream.write(request, m_deadline, m_cancel);
    // A server that hung up may have said why; reading finds out.
    return sent || sent.error().kind == Error::Kind::Network ||
           endWith(sent.error(), End::HttpBroken, QStringLiteral("answer"));
}

void Fetch::readAnswer()
{
    while (m_reader.state() == HttpReader::State::Reading) {
        const Result<QByteArray> octets = m_stream.read(m_deadline, m_cancel);
        if (!octets) {
            endWith(octets.error(), End::HttpBroken, QStringLiteral("complete answer"));
            break;
        }
        if (octets->isEmpty())
            m_reader.finish(m_stream.wasTruncated());
        else
            m_reader.feed(*octets);
    }
    if (m_reader.state() == HttpReader::State::Reading && !m_stream.peerAlert().isEmpty()) {
        // TLS 1.3: a server that misses a client certificate says so after our side is done.
        m_fetch.tls.established = false;
        m_fetch.tls.peerSentAlert = true;
        m_fetch.tls.alert = m_stream.peerAlert();
        endWith(End::TlsFailed, m_stream.peerAlert());
    }
    takeAnswer();
}

// Also from an answer that is not whole: the status is the better explanation where there is one.
void Fetch::takeAnswer()
{
    const HttpAnswer &answer = m_reader.answer();
    m_fetch.http2Only = m_reader.sawHttp2();
    m_fetch.status = answer.status;
    if (const auto type = answer.header("content-type")) {
        m_fetch.hasContentType = true;
        m_fetch.contentType = *type;
    }
    m_fetch.location = answer.header("location").value_or(QByteArray());
    const QByteArray encoding = answer.header("content-encoding").value_or(QByteArray());
    if (encoding.toLower() != "identity")
        m_fetch.contentEncoding = encoding;
    if (const auto date = answer.header("date")) {
        // RFC 9110 5.6.7, the one form that is to be sent.
        m_fetch.serverDate = QLocale::c().toDateTime(
                QString::fromLatin1(*date), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
        m_fetch.serverDate.setTimeSpec(Qt::UTC);
    }
    switch (m_reader.state()) {
    case HttpReader::State::Reading:
        return; // the connection's end has been noted
    case HttpReader::State::Complete:
        m_fetch.body = answer.body;
        return endWith(End::Answered, {});
    case HttpReader::State::Broken:
        return endWith(End::HttpBroken, m_reader.problem());
    case HttpReader::State::TooLarge:
        return endWith(End::TooLarge, m_reader.problem());
    }
}

} // namespace

PolicyFetch PolicyFetcher::fetch(const PolicyRequest &request, const Cancel &cancel)
{
    return Fetch(request, m_trust, m_limits, cancel).run();
}
