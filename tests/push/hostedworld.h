// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The stand-in for Cloudflare, what senders would get from it, and pushes to it.

#include "mail/passedon.h"
#include "mail/workerscript.h"
#include "provider/authoritative.h"
#include "provider/zonebed.h"
#include "push/choices.h"
#include "push/push.h"
#include "push/resumed.h"
#include "push/service.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

inline const QByteArray Host = "mta-sts.example.com";
inline const QByteArray Sts = "_mta-sts.example.com";
inline const QByteArray Tls = "_smtp._tls.example.com";
inline const QByteArray MailProvider = "mx.cloudflare.net"; // makes a policy for its customers
inline constexpr char Worker[] = "mta-sts-example-com";
inline const QDateTime Now({2026, 3, 1}, {10, 0}, Qt::UTC);

inline QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

/// Quick, because nothing here waits for a certificate but where a test says so.
inline PushLimits quick()
{
    return {.readBacks = 2,
            .readBackMs = 50,
            .dnsMs = 5000,
            .served = {.firstMs = 1, .laterMs = 1, .totalMs = 20000, .inARow = 3}};
}

struct World
{
    ZoneBed bed;
    QTemporaryDir folder;
    Cancel cancel;
    QByteArray providersPolicy =
            "version: STSv1\nmode: enforce\nmx: *.mx.cloudflare.net\nmax_age: 86400\n";
    int withoutCertificate = 0; // so many fetches fail yet
    int fetches = 0, pushes = 0;
    PushLimits limits = quick();
    std::unique_ptr<Provider> provider;
    std::unique_ptr<PolicyHost> host;
    QList<PushEvent> events;

    QString start()
    {
        QString why = bed.start(QStringLiteral("cloudflare"));
        if (why.isEmpty())
            connect();
        return why;
    }
    /// Anew, as another start of the program does.
    void connect()
    {
        provider = bed.provider("cloudflare");
        host = *makePolicyHost(*providerInfo("cloudflare"), bed.value("address"),
                               Secret(bed.value("secret").toLatin1()));
    }
    QByteArray servedText() const
    {
        const QByteArray script = bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                                          .value(QLatin1String("served"))
                                          .toString()
                                          .toUtf8();
        const auto policies = policiesOfWorker(script);
        const QByteArray text = policies ? policies->first().text : QByteArray();
        return passedOnDomain(text) == MailProvider ? providersPolicy : text;
    }
    /// As senders see the domain now.
    LiveState live() const
    {
        LiveState state;
        state.policyKnown = state.stsKnown = state.tlsRptKnown = true;
        if (const QByteArray text = servedText(); !text.isEmpty())
            state.policyBody = text;
        state.stsText = kept(Sts, "v=STSv1");
        if (!state.stsText.isEmpty())
            state.stsId = state.stsText.mid(state.stsText.indexOf("id=") + 3).chopped(1);
        state.tlsRptText = kept(Tls, "v=TLSRPTv1");
        state.mailServers = {"isaac.mx.cloudflare.net", "linda.mx.cloudflare.net"};
        state.delegateRecord = "_mta-sts.mx.cloudflare.net";
        state.passedOn = MailProvider;
        for (const QByteArray &name : {Host, QByteArray("example.com")})
            state.caa.append({name, false, {}, caaAt(name)});
        state.caa.append({"com", false, {}, {}});
        return state;
    }
    /// As the name server of the zone says.
    QList<CaaRecord> caaAt(const QByteArray &name) const
    {
        QList<CaaRecord> set;
        const auto data = askNameServer(bed.nameServer(), name, RecordType::CAA, cancel);
        for (const QByteArray &text : data.value_or(QList<QByteArray>()))
            set.append(caaFromText(text).value());
        return set;
    }
    /// Keeps one more CAA record of the domain.
    void allow(const char *issuer) const
    {
        const QJsonObject data{{QStringLiteral("flags"), 0},
                               {QStringLiteral("tag"), QStringLiteral("issue")},
                               {QStringLiteral("value"), QLatin1String(issuer)}};
        const QJsonObject record{{QStringLiteral("zone"), QStringLiteral("example.com")},
                                 {QStringLiteral("name"), QStringLiteral("example.com")},
                                 {QStringLiteral("type"), QStringLiteral("CAA")},
                                 {QStringLiteral("data"), data}};
        bed.control({{QStringLiteral("records"), QJsonArray{record}}});
    }
    QList<QByteArray> textsAt(const QByteArray &name) const
    {
        QList<QByteArray> texts;
        const QJsonValue zones =
                bed.control(object(R"({"state":true})")).value(QLatin1String("records"));
        for (const QJsonValue record : zones[QLatin1String("example.com")].toArray()) {
            if (record[QLatin1String("name")].toString() == QLatin1String(name) &&
                !record[QLatin1String("meta")][QLatin1String("read_only")].toBool())
                texts.append(record[QLatin1String("content")].toString().toUtf8());
        }
        return texts;
    }
    QByteArray kept(const QByteArray &name, const QByteArray &start) const
    {
        for (const QByteArray &text : textsAt(name)) {
            if (text.startsWith('"' + start))
                return text.mid(1).chopped(1);
        }
        return {};
    }
    QStringList requests() const
    {
        QStringList list;
        for (const QJsonValue request : bed.control().value(QLatin1String("requests")).toArray())
            list.append(request.toString());
        return list;
    }
    QStringList writes() const
    {
        return requests().filter(QRegularExpression(QStringLiteral("^(?!GET )")));
    }

    Result<Plan> planned(const QByteArray &pattern, int day = 0)
    {
        return planned(
                deployment(choices(pattern, Hosting::CloudflareWorker), live(), Now.addDays(day)));
    }
    /// With the policy of the mail provider.
    Result<Plan> plannedPassedOn()
    {
        const auto wanted = withPolicyPassedOn(
                deployment(choices("mx.example.com", Hosting::Delegated), live(), Now), live(),
                [this](const DomainName &, const Cancel &) -> Result<QByteArray> {
                    return providersPolicy;
                },
                cancel);
        return wanted ? planned(*wanted) : Result<Plan>(tl::unexpected(wanted.error()));
    }
    Result<Plan> planned(const Deployment &wanted)
    {
        const auto zones = provider->zones(Sts, cancel);
        if (!zones)
            return tl::unexpected(zones.error());
        const Zone zone = *zoneFor(Sts, *zones);
        const auto records = provider->records(zone, namesToRead(wanted.domain), cancel);
        if (!records)
            return tl::unexpected(records.error());
        const auto state = host->look(zone, Host, wanted.policyText, cancel);
        if (!state)
            return tl::unexpected(state.error());
        Plan made = plan(wanted, live(), "cloudflare", zone, *records, provider->traits(), &*state);
        goOnFrom(journal(), *records, made);
        return made;
    }
    Outcome pushed(const Plan &plan)
    {
        auto journal = Journal::start(folder.path(), plan, Now.addSecs(++pushes));
        if (!journal)
            qFatal("no journal");
        const PushDoors doors{
                *provider,
                [this](const DomainName &domain, const Cancel &) -> Result<QByteArray> {
                    if (domain.ascii() == MailProvider)
                        return providersPolicy;
                    ++fetches;
                    const QByteArray text = servedText();
                    if (withoutCertificate-- > 0 || text.isEmpty())
                        return failed(Error::Kind::Network, QStringLiteral("no certificate yet"));
                    return text;
                },
                [this](const Cancel &) -> Result<QList<NamedServer>> {
                    return QList<NamedServer>{{"bob.ns.cloudflare.com", bed.nameServer()}};
                },
                host.get()};
        return push(
                plan, doors, *journal, cancel,
                [this](const PushEvent &event) { events.append(event); }, limits);
    }
    JournalRecord journal() const
    {
        return lastPush(folder.path(), choices().domain).value_or(JournalRecord());
    }
    /// What the newest journal did, taken back.
    Result<Plan> undo()
    {
        const JournalRecord done = journal();
        const DomainName domain = choices().domain;
        const auto records = provider->records(done.zone, namesToRead(domain), cancel);
        if (!records)
            return tl::unexpected(records.error());
        const auto state = host->look(done.zone, Host, done.host->before.text, cancel);
        if (!state)
            return tl::unexpected(state.error());
        return undoPlan(done, domain, *records, &*state);
    }
    void keepAddress() const
    {
        bed.control(object(R"({"records":[{"zone":"example.com","name":"mta-sts.example.com",
            "type":"A","content":"192.0.2.1","proxied":true,"comment":"old server"}]})"));
    }
    bool isAllThere(const QByteArray &text) const
    {
        return servedText() == text && textsAt(Host).isEmpty() && textsAt(Sts).size() == 1 &&
               textsAt(Tls).size() == 2;
    }
};

#define WORLD(world)                                                                               \
    World world;                                                                                   \
    if (const QString why = world.start(); !why.isEmpty()) {                                       \
        if (world.bed.isMissing())                                                                 \
            QSKIP(qPrintable(why));                                                                \
        QFAIL(qPrintable(why));                                                                    \
    }
