// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/service.h"

#include "practice/serviceworkers.h"
#include "practice/tlsserver.h"

#include <QJsonDocument>
#include <QRandomGenerator>

#include <array>
#include <atomic>

namespace {

using Routed = ServiceAnswer<HttpReply>;

constexpr int MostAPage = 5000, UsualPage = 100;

tl::unexpected<ServiceRefusal> noRoute()
{
    return serviceRefusal(404, 7003, "No route for the URI");
}

QByteArray randomToken()
{
    std::array<quint32, 5> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return "practice-" +
           QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words)
                   .toHex();
}

QString parameter(const HttpRequest &request, const char *name)
{
    return request.query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

/// The page of a list that the request asks for.
HttpReply paged(const QJsonArray &all, const HttpRequest &request)
{
    const auto number = [&](const char *name, int usual, int most) {
        const QString text = parameter(request, name);
        return text.isEmpty() ? usual : qBound(1, text.toInt(), most);
    };
    const int size = number("per_page", UsualPage, MostAPage);
    const int total = int(all.size());
    const int pages = qMax(1, (total + size - 1) / size);
    const int page = number("page", 1, pages + 1);
    QJsonArray shown;
    for (int i = (page - 1) * size; i < qMin(page * size, total); ++i)
        shown.append(all.at(i));
    return serviceReply(shown, {{QStringLiteral("page"), page},
                                {QStringLiteral("per_page"), size},
                                {QStringLiteral("count"), int(shown.size())},
                                {QStringLiteral("total_count"), total},
                                {QStringLiteral("total_pages"), pages}});
}

} // namespace

struct PracticeService::Private
{
    Private(ServerThread &serverThread, const QByteArray &zone, const QList<DnsRecord> &kept,
            Changed toldOf)
        : thread(serverThread)
        , changed(std::move(toldOf))
        , records(zone, kept)
        , server(thread, QHostAddress(QHostAddress::LocalHost), 0, [this](QSslSocket &socket) {
            answerHttp(socket, [this](const HttpRequest &request) { return answer(request); });
        })
    {
    }

    HttpReply answer(const HttpRequest &request);
    ServiceAnswer<void> authorize(const HttpRequest &request);
    Routed route(const HttpRequest &request);
    Routed routeZone(const QList<QByteArray> &rest, const HttpRequest &request);
    Routed batch(const HttpRequest &request);
    QJsonObject zoneJson() const;
    PracticeServiceState state() const
    {
        const QByteArray host = workers.host();
        return {records.kept(), host, workers.scriptAt(host)};
    }

    ServerThread &thread;
    const Changed changed;
    QByteArray token = randomToken(); // touched in the server thread only
    std::atomic<int> writesLeft = -1;
    std::atomic<bool> isSigned = true;
    ServiceRecords records; // from here on, touched in the server thread only
    ServiceWorkers workers{records};
    TlsServer server; // last: gone before what it uses
};

HttpReply PracticeService::Private::answer(const HttpRequest &request)
{
    if (const auto good = authorize(request); !good)
        return serviceReply(good.error());
    const bool isRead = request.verb == "GET";
    const PracticeServiceState before = isRead ? PracticeServiceState() : state();
    const Routed reply = route(request);
    if (!reply)
        return serviceReply(reply.error());
    if (const PracticeServiceState after = isRead ? before : state(); changed && after != before)
        changed(after);
    return *reply;
}

ServiceAnswer<void> PracticeService::Private::authorize(const HttpRequest &request)
{
    constexpr char Scheme[] = "Bearer ";
    if (!request.authorization.startsWith(Scheme))
        return serviceRefusal(400, 6003, "Invalid request headers");
    int left = writesLeft;
    if (request.authorization != Scheme + token || left == 0)
        return serviceRefusal(401, 1000, "Invalid API Token");
    if (left > 0 && request.verb != "GET") // unless it was set to something else just now
        writesLeft.compare_exchange_strong(left, left - 1);
    return {};
}

Routed PracticeService::Private::route(const HttpRequest &request)
{
    const QList<QByteArray> &path = request.path; // behind client/v4
    if (path.mid(0, 2) != QList<QByteArray>{"client", "v4"})
        return noRoute();
    const QByteArray first = path.value(2);
    if (request.verb == "GET" && path.mid(2) == QList<QByteArray>{"user", "tokens", "verify"})
        return serviceReply(QJsonObject{{QStringLiteral("id"), serviceId(token)},
                                        {QStringLiteral("status"), QStringLiteral("active")}});
    if (request.verb == "GET" && first == "zones" && path.size() == 3) {
        const QString name = parameter(request, "name");
        const bool isShown = name.isEmpty() || name == QLatin1String(records.zone());
        return paged(isShown ? QJsonArray{zoneJson()} : QJsonArray(), request);
    }
    if (first == "zones" && path.value(3) == serviceId(records.zone()).toLatin1())
        return routeZone(path.mid(4), request);
    const QByteArray account = serviceId("account").toLatin1();
    if (path.mid(2, 3) == QList<QByteArray>{"accounts", account, "workers"}) {
        if (path.value(5) == "scripts")
            return workers.scripts(path.mid(6), request);
        if (path.value(5) == "domains")
            return workers.domains(path.mid(6), request);
    }
    return noRoute();
}

Routed PracticeService::Private::routeZone(const QList<QByteArray> &rest,
                                           const HttpRequest &request)
{
    const QByteArray what = request.verb + ' ' + rest.join('/');
    if (what == "GET dns_records")
        return paged(records.list(parameter(request, "name").toUtf8()), request);
    if (what == "POST dns_records/batch")
        return batch(request);
    if (what != "GET dnssec")
        return noRoute();
    return serviceReply(
            QJsonObject{{QStringLiteral("status"),
                         isSigned ? QStringLiteral("active") : QStringLiteral("disabled")}});
}

Routed PracticeService::Private::batch(const HttpRequest &request)
{
    const QJsonObject wanted = QJsonDocument::fromJson(request.body).object();
    if (wanted.isEmpty())
        return serviceRefusal(400, 6007, "Malformed JSON in request body");
    return records.batch(wanted).map([](const QJsonObject &done) { return serviceReply(done); });
}

QJsonObject PracticeService::Private::zoneJson() const
{
    return {{QStringLiteral("id"), serviceId(records.zone())},
            {QStringLiteral("name"), QString::fromLatin1(records.zone())},
            {QStringLiteral("status"), QStringLiteral("active")},
            {QStringLiteral("type"), QStringLiteral("full")},
            {QStringLiteral("paused"), false},
            {QStringLiteral("account"),
             QJsonObject{{QStringLiteral("id"), serviceId("account")},
                         {QStringLiteral("name"), QStringLiteral("Practice")}}}};
}

PracticeService::PracticeService(ServerThread &thread, const QByteArray &zone,
                                 const QList<DnsRecord> &records, Changed changed)
    : d(std::make_unique<Private>(thread, zone, records, std::move(changed)))
{
}

PracticeService::~PracticeService() = default;

quint16 PracticeService::port() const
{
    return d->server.port();
}

QUrl PracticeService::address() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/client/v4").arg(port()));
}

QByteArray PracticeService::token() const
{
    QByteArray token;
    d->thread.run([&] { token = d->token; });
    return token;
}

PracticeServiceState PracticeService::state() const
{
    PracticeServiceState state;
    d->thread.run([&] { state = d->state(); });
    return state;
}

void PracticeService::startOver(const PracticeServiceState &state)
{
    d->thread.run([&] {
        d->records = ServiceRecords(d->records.zone(), state.records);
        d->workers.startOver(state.policyHost, state.policyScript);
        if (d->changed)
            d->changed(d->state());
    });
}

void PracticeService::revokeAfter(int writes)
{
    d->writesLeft = writes;
}

void PracticeService::renewToken()
{
    d->thread.run([&] {
        d->token = randomToken();
        d->writesLeft = -1;
    });
}

void PracticeService::setSigned(bool isSigned)
{
    d->isSigned = isSigned;
}
