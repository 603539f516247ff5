// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/rest.h"

#include "base/limits.h"
#include "base/pause.h"
#include "base/printable.h"
#include "provider/onetimebody.h"

#include <QDateTime>
#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>
#include <numeric>
#include <vector>

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

/// One request under way.
struct Exchange
{
    explicit Exchange(QByteArray octets)
        : body(std::move(octets))
    {
    }
    OneTimeBody body;
    std::unique_ptr<QNetworkReply> reply; // null: it was not sent, and `unsent` says why
    Error unsent;
    QUrl url;
    bool isRead = false;
    bool isTooLong = false;
};

tl::unexpected<Error> cancelled()
{
    return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
}

tl::unexpected<Error> askedToWait(qint64 milliseconds)
{
    return failed(
            Error::Kind::Refused,
            QStringLiteral("the service asks to send no more for now; try again in %1 seconds")
                    .arg((milliseconds + 999) / 1000));
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
    QNetworkRequest request(const QUrl &url, const RestRequest &asked) const;
    void start(Exchange &exchange, const RestRequest &asked);
    static void waitFor(const std::vector<std::unique_ptr<Exchange>> &exchanges,
                        const Cancel &cancel);
    Result<RestReply> take(const Exchange &exchange, const Cancel &cancel) const;
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

QNetworkRequest Rest::Private::request(const QUrl &url, const RestRequest &asked) const
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
    if (!asked.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, asked.contentType);
    if (!credential.header.isEmpty())
        request.setRawHeader(credential.header, credential.prefix + credential.token.octets());
    return request;
}

void Rest::Private::start(Exchange &exchange, const RestRequest &asked)
{
    if (!manager) {
        manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxy(QNetworkProxy::NoProxy); // never the system's (T-16)
    }
    exchange.isRead = asked.verb == "GET";
    QNetworkRequest made = request(exchange.url, asked);
    if (!exchange.isRead) {
        made.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        made.setHeader(QNetworkRequest::ContentLengthHeader, asked.body.size());
    }
    exchange.reply.reset(exchange.isRead
                                 ? manager->get(made)
                                 : manager->sendCustomRequest(made, asked.verb, &exchange.body));
}

/// Until each has ended, or was ended: by the deadline, by its size, and what only reads by `cancel`.
void Rest::Private::waitFor(const std::vector<std::unique_ptr<Exchange>> &exchanges,
                            const Cancel &cancel)
{
    const auto isOver = [&] {
        return std::all_of(exchanges.begin(), exchanges.end(), [](const auto &exchange) {
            return !exchange->reply || exchange->reply->isFinished();
        });
    };
    QEventLoop loop; // of this worker thread; the window has none like it
    QTimer slice;
    const QDeadlineTimer deadline(Limits::ApiReplyMs);
    const auto look = [&] {
        for (const auto &exchange : exchanges) {
            if (!exchange->reply || exchange->reply->isFinished())
                continue;
            exchange->isTooLong = exchange->reply->bytesAvailable() > Limits::ApiBody;
            if (exchange->isTooLong || deadline.hasExpired() ||
                (exchange->isRead && cancel.isCancelled()))
                exchange->reply->abort();
        }
        if (isOver())
            loop.quit();
    };
    for (const auto &exchange : exchanges) {
        if (exchange->reply)
            QObject::connect(exchange->reply.get(), &QNetworkReply::finished, &loop, look);
    }
    QObject::connect(&slice, &QTimer::timeout, &loop, look);
    slice.start(CancelSliceMs);
    if (!isOver())
        loop.exec();
}

Result<RestReply> Rest::Private::take(const Exchange &exchange, const Cancel &cancel) const
{
    if (!exchange.reply)
        return tl::unexpected(exchange.unsent);
    QNetworkReply &reply = *exchange.reply;
    if (exchange.isRead && cancel.isCancelled())
        return cancelled();
    if (exchange.isTooLong || reply.bytesAvailable() > Limits::ApiBody)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("the answer of the service is too long"));
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid() || reply.error() == QNetworkReply::RemoteHostClosedError ||
        reply.error() == QNetworkReply::OperationCanceledError ||
        reply.error() == QNetworkReply::TimeoutError)
        return failed(kindOf(reply.error()), QStringLiteral("no answer from the service"),
                      printable(reply.errorString()));
    RestReply answer{status.toInt(), reply.readAll(), reply.rawHeader("Link"),
                     reply.rawHeader("Content-Type")};
    if (answer.status >= 300 && answer.status < 400)
        return failed(
                Error::Kind::Refused,
                QStringLiteral("the service sends us elsewhere, and a token goes nowhere else"));
    const QByteArray &token = credential.token.octets();
    if (!token.isEmpty()) // T-3: some services quote what they were sent
        answer.body.replace(token, "[token]");
    return answer;
}

QList<Result<RestReply>> Rest::sendAll(const QList<RestRequest> &requests, const Cancel &cancel)
{
    QList<Result<RestReply>> replies(requests.size(), cancelled());
    QList<qsizetype> toDo(requests.size());
    std::iota(toDo.begin(), toDo.end(), 0);
    for (int tries = 0; !toDo.isEmpty(); ++tries) {
        std::vector<std::unique_ptr<Exchange>> exchanges;
        for (const qsizetype at : std::as_const(toDo)) {
            const RestRequest &asked = requests.at(at);
            auto exchange = std::make_unique<Exchange>(asked.body);
            const Result<QUrl> url = d->address(asked.path);
            const Result<void> turn = url ? d->waitForTurn(cancel) : Result<void>();
            if (!url || !turn)
                exchange->unsent = url ? turn.error() : url.error();
            else
                exchange->url = *url;
            if (url && turn)
                d->start(*exchange, asked);
            exchanges.push_back(std::move(exchange));
        }
        Private::waitFor(exchanges, cancel);
        // A request that was counted out did nothing, so it may be sent again.
        QList<qsizetype> countedOut;
        qint64 retryAfter = 0;
        for (size_t i = 0; i < exchanges.size(); ++i) {
            const qsizetype at = toDo.at(qsizetype(i));
            replies[at] = d->take(*exchanges.at(i), cancel);
            if (!replies.at(at) || replies.at(at)->status != TooManyRequests)
                continue;
            const qint64 wait = retryAfterMs(exchanges.at(i)->reply->rawHeader("Retry-After"));
            retryAfter = qMax(retryAfter, wait);
            replies[at] = askedToWait(wait);
            countedOut.append(at);
        }
        if (tries == Limits::ApiRetries || retryAfter > Limits::ApiWaitMs)
            break;
        if (!countedOut.isEmpty() && !pauseFor(retryAfter, cancel)) {
            for (const qsizetype at : std::as_const(countedOut))
                replies[at] = cancelled();
            break;
        }
        toDo = countedOut;
    }
    return replies;
}
