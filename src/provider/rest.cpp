// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/rest.h"

#include "base/limits.h"
#include "base/pause.h"
#include "base/printable.h"

#include <QDateTime>
#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>

namespace {

constexpr int TooManyRequests = 429; // RFC 6585 4

/// RFC 9110 10.2.3: seconds, or a date. Milliseconds.
qint64 retryAfterMs(const QByteArray &value)
{
    bool isNumber = false;
    if (const int seconds = value.trimmed().toInt(&isNumber); isNumber)
        return qMax(0, seconds) * 1000LL;
    const QDateTime at = QDateTime::fromString(QString::fromLatin1(value), Qt::RFC2822Date);
    return at.isValid() ? qMax(0LL, QDateTime::currentDateTimeUtc().msecsTo(at)) : 1000;
}

/// A body that can be sent once only. Qt sends a request again, on its own, when the connection was cut
/// before an answer came; what writes must not be done twice (PUSH-10), and without a body to send
/// again it cannot be.
class OneTimeBody : public QIODevice
{
public:
    explicit OneTimeBody(QByteArray octets)
        : m_octets(std::move(octets))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_at == m_octets.size(); }
    qint64 bytesAvailable() const override { return m_octets.size() - m_at; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = qMin(most, m_octets.size() - m_at);
        std::copy_n(m_octets.constData() + m_at, count, data);
        m_at += count;
        return count == 0 && most > 0 ? -1 : count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_octets;
    qint64 m_at = 0;
};

tl::unexpected<Error> cancelled()
{
    return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
}

/// Why there is no answer. The library's own text may hold the address, never the token.
Error::Kind kindOf(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::TimeoutError ? Error::Kind::Timeout : Error::Kind::Network;
}

} // namespace

QString urlSegment(const QByteArray &text)
{
    return QString::fromLatin1(text.toPercentEncoding());
}

tl::unexpected<Error> refusal(const RestReply &reply, const QString &said)
{
    if (reply.status == 401)
        return failed(Error::Kind::Refused,
                      QStringLiteral("the service does not accept this token"), said);
    if (reply.status == 403)
        return failed(Error::Kind::Refused,
                      QStringLiteral("the service does not let this token do that"), said);
    // RFC 9110 15.5.9, 15.6: what was asked for may have been done all the same.
    if (reply.status == 408 || reply.status >= 500)
        return failed(Error::Kind::Network, QStringLiteral("the service has a fault of its own"),
                      said.isEmpty() ? QStringLiteral("HTTP %1").arg(reply.status) : said);
    if (said.isEmpty())
        return failed(Error::Kind::Malformed,
                      QStringLiteral("this address does not answer like the service"),
                      QStringLiteral("HTTP %1").arg(reply.status));
    if (reply.status == 404)
        return failed(Error::Kind::NotFound,
                      QStringLiteral("the service does not know what was asked for"), said);
    return failed(Error::Kind::Refused, QStringLiteral("the service refused the request"), said);
}

Result<QUrl> apiAddress(const QString &text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const auto wrong = [](const QString &what) { return failed(Error::Kind::Refused, what); };
    if (!url.isValid() || url.host().isEmpty())
        return wrong(QStringLiteral("this is not an address like https://dns.example.org/api"));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return wrong(
                QStringLiteral("the address of the service must hold no name, password or query"));
    const bool isHere =
            url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if (url.scheme() != QLatin1String("https") &&
        !(url.scheme() == QLatin1String("http") && isHere))
        return wrong(QStringLiteral("a token is sent over https only, or to this computer"));
    if (url.path().endsWith(QLatin1Char('/')))
        url.setPath(url.path().chopped(1));
    return url;
}

struct Rest::Private
{
    QUrl base;
    RestCredential credential;
    std::unique_ptr<QNetworkAccessManager> manager; // made in the thread that asks
    QList<QDeadlineTimer> recent;                   // one a request, over after a second

    Result<void> waitForTurn(const Cancel &cancel);
    Result<QUrl> address(const QString &path) const;
    QNetworkRequest request(const QUrl &url, bool hasBody) const;
    Result<RestReply> once(const QByteArray &verb, const QUrl &url, const QByteArray &json,
                           const Cancel &cancel, qint64 &retryAfter);
    Result<RestReply> take(QNetworkReply &reply, bool isTooLong) const;
};

Rest::Rest(QUrl base, RestCredential credential)
    : d(std::make_unique<Private>())
{
    d->base = std::move(base);
    d->credential = std::move(credential);
}

Rest::~Rest() = default;

Result<void> Rest::Private::waitForTurn(const Cancel &cancel)
{
    if (recent.size() >= Limits::ApiRequestsPerSecond) {
        if (!pauseFor(recent.takeFirst().remainingTime(), cancel))
            return cancelled();
    }
    recent.append(QDeadlineTimer(1000));
    return {};
}

/// T-8: whatever the path, the token goes to the host it was given for.
Result<QUrl> Rest::Private::address(const QString &path) const
{
    const QUrl url(base.toString(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != base.scheme() || url.authority() != base.authority())
        return failed(Error::Kind::Unexpected, QStringLiteral("a request would leave the service"));
    return url;
}

QNetworkRequest Rest::Private::request(const QUrl &url, bool hasBody) const
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setTransferTimeout(Limits::ApiReplyMs);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("User-Agent", "mta-sts-assistant/" ASSISTANT_VERSION);
    if (hasBody)
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          QByteArrayLiteral("application/json"));
    if (!credential.header.isEmpty())
        request.setRawHeader(credential.header, credential.prefix + credential.token.octets());
    return request;
}

Result<RestReply> Rest::Private::take(QNetworkReply &reply, bool isTooLong) const
{
    if (isTooLong)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("the answer of the service is too long"));
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid() || reply.error() == QNetworkReply::RemoteHostClosedError ||
        reply.error() == QNetworkReply::OperationCanceledError ||
        reply.error() == QNetworkReply::TimeoutError)
        return failed(kindOf(reply.error()), QStringLiteral("no answer from the service"),
                      printable(reply.errorString()));
    RestReply answer{status.toInt(), reply.readAll(), reply.rawHeader("Link")};
    if (answer.status >= 300 && answer.status < 400)
        return failed(
                Error::Kind::Refused,
                QStringLiteral("the service sends us elsewhere, and a token goes nowhere else"));
    const QByteArray &token = credential.token.octets();
    if (!token.isEmpty()) // T-3: some services quote what they were sent
        answer.body.replace(token, "[token]");
    return answer;
}

Result<RestReply> Rest::Private::once(const QByteArray &verb, const QUrl &url,
                                      const QByteArray &json, const Cancel &cancel,
                                      qint64 &retryAfter)
{
    if (!manager) {
        manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxy(QNetworkProxy::NoProxy); // never the system's (T-16)
    }
    const bool isRead = verb == "GET";
    OneTimeBody body(json);
    QNetworkRequest asked = request(url, !json.isEmpty());
    if (!isRead) {
        asked.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        asked.setHeader(QNetworkRequest::ContentLengthHeader, json.size());
    }
    const std::unique_ptr<QNetworkReply> reply(
            isRead ? manager->get(asked) : manager->sendCustomRequest(asked, verb, &body));
    QEventLoop loop; // of this worker thread; the window has none like it
    QTimer slice;
    bool isTooLong = false;
    QDeadlineTimer deadline(Limits::ApiReplyMs);
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(&slice, &QTimer::timeout, reply.get(), [&] {
        isTooLong = reply->bytesAvailable() > Limits::ApiBody;
        if (isTooLong || deadline.hasExpired() || (isRead && cancel.isCancelled()))
            reply->abort();
    });
    slice.start(CancelSliceMs);
    if (!reply->isFinished())
        loop.exec();
    retryAfter = retryAfterMs(reply->rawHeader("Retry-After"));
    if (isRead && cancel.isCancelled())
        return cancelled();
    return take(*reply, isTooLong || reply->bytesAvailable() > Limits::ApiBody);
}

Result<RestReply> Rest::send(const QByteArray &verb, const QString &path, const Cancel &cancel,
                             const QByteArray &json)
{
    const Result<QUrl> url = d->address(path);
    if (!url)
        return tl::unexpected(url.error());
    for (int tries = 0;; ++tries) {
        if (const Result<void> turn = d->waitForTurn(cancel); !turn)
            return tl::unexpected(turn.error());
        qint64 retryAfter = 0;
        Result<RestReply> reply = d->once(verb, *url, json, cancel, retryAfter);
        if (!reply || reply->status != TooManyRequests)
            return reply;
        // A request that was counted out did nothing, so it may be sent again.
        if (tries == Limits::ApiRetries || retryAfter > Limits::ApiWaitMs)
            return failed(
                    Error::Kind::Refused,
                    QStringLiteral(
                            "the service asks to send no more for now; try again in %1 seconds")
                            .arg((retryAfter + 999) / 1000));
        if (!pauseFor(retryAfter, cancel))
            return cancelled();
    }
}
