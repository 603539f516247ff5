// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicerun.h"

#include "check/checks.h"
#include "keylook.h"
#include "mail/workerscript.h"
#include "push/proof.h"
#include "rolloverjobs.h"

#include <QCoreApplication>
#include <QMutexLocker>
#include <QtConcurrentRun>

namespace {

using namespace Practice;

constexpr int CertificateMs = 4000; // long enough to be seen waiting
constexpr int MostDaysAhead = 3650;
constexpr qint64 DaySeconds = 86400;
const QByteArray Host = "mta-sts." + Domain;

QList<QByteArray> textsAt(const QList<DnsRecord> &records, const QByteArray &label)
{
    QList<QByteArray> texts;
    for (const DnsRecord &record : records) {
        if (record.type == RecordType::TXT && record.name == label + '.' + Domain)
            texts.append(record.data);
    }
    return texts;
}

Published publishedBy(const PracticeServiceState &state)
{
    Published published{
            textsAt(state.records, "_mta-sts"), textsAt(state.records, "_smtp._tls"), {}};
    for (const DnsRecord &record : state.records) {
        if (record.type == RecordType::TLSA)
            published.tlsa.append(record);
    }
    const auto policies = policiesOfWorker(state.policyScript);
    if (state.policyHost == Host && policies && !policies->isEmpty())
        published.policy = policies->first().text;
    return published;
}

PracticeServiceState stateFor(const Published &published)
{
    PracticeServiceState state;
    const auto add = [&](const char *label, const QList<QByteArray> &texts) {
        for (const QByteArray &text : texts)
            state.records.append({label + Domain, RecordType::TXT, 300, text});
    };
    add("_mta-sts.", published.sts);
    add("_smtp._tls.", published.tlsRpt);
    state.records += published.tlsa;
    if (published.policy) {
        state.policyHost = Host;
        state.policyScript = workerScript({{Host, *published.policy}}).value_or(QByteArray());
    }
    return state;
}

Error notHere()
{
    return {Error::Kind::Refused,
            QLatin1String(QT_TRANSLATE_NOOP("Error",
                                            "there is no such service in the practice; choose "
                                            "Cloudflare, or publish by hand")),
            {}};
}

/// Nothing of the practice is kept: the token works until the program is closed. Answers come later, as
/// those of a key store do.
KeyStore noKeys()
{
    const Error none{Error::Kind::NotFound,
                     QLatin1String(QT_TRANSLATE_NOOP("Error", "nothing is kept in practice")),
                     {}};
    const auto later = [](QObject *context, const std::function<void()> &answer) {
        QMetaObject::invokeMethod(context, answer, Qt::QueuedConnection);
    };
    using Done = std::function<void(Result<void>)>;
    return {[=](const QString &, QObject *context,
                const std::function<void(Result<Secret>)> &done) {
                later(context, [=] { done(tl::unexpected(none)); });
            },
            [=](const QString &, const Secret &, QObject *context, const Done &done) {
                later(context, [=] { done(tl::unexpected(none)); });
            },
            [=](const QString &, QObject *context, const Done &done) {
                later(context, [=] { done({}); }); // what was never kept is forgotten
            }};
}

} // namespace

PracticeRun::PracticeRun(QObject *parent)
    : QObject(parent)
    , m_service(m_thread, Domain, {},
                [this](const PracticeServiceState &state) { takePublished(state); })
{
    m_pool.setMaxThreadCount(1);
    m_certificate.setSingleShot(true);
    m_certificate.setInterval(CertificateMs);
    connect(&m_certificate, &QTimer::timeout, this, [this] {
        {
            const QMutexLocker lock(&m_mutex);
            m_situation.published.hasCertificate = true;
        }
        show();
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (m_shown != situation())
            show(); // chosen meanwhile
        else
            Q_EMIT happened();
    });
}

PracticeRun::~PracticeRun()
{
    m_pool.waitForDone();
}

Result<void> PracticeRun::start()
{
    if (m_service.port() == 0)
        return failed(Error::Kind::Network,
                      QLatin1String(QT_TRANSLATE_NOOP(
                              "Error", "the practice could not have a port of this computer")));
    return m_world.start(situation().scene());
}

Situation PracticeRun::situation() const
{
    const QMutexLocker lock(&m_mutex);
    return m_situation;
}

QDateTime PracticeRun::now() const
{
    return QDateTime::currentDateTimeUtc().addSecs(situation().aheadSeconds);
}

Engine PracticeRun::engine() const
{
    const NetworkOptions options = m_world.network();
    const auto look = [this, options](const DomainName &domain, const Cancel &cancel,
                                      const Engine::Progress &progress) {
        const qint64 ahead = situation().aheadSeconds;
        const auto here = [ahead](Survey survey) {
            survey.at = survey.at.addSecs(ahead);
            return survey;
        };
        Network network(options);
        return here(::look(domain, options.look, network.doors(), cancel,
                           [&](const Survey &soFar) { progress(here(soFar)); }));
    };
    return {look,
            judge,
            doors(options),
            serverKeysDoor(options),
            rolloverDoor(options, m_world.nameServer().port),
            [this] { return now(); }};
}

PublishDoors PracticeRun::doors(const NetworkOptions &options) const
{
    PublishDoors doors;
    const QString address = m_service.address().toString();
    doors.open = [address](const Account &account, Secret secret) -> Result<Service> {
        if (account.provider != "cloudflare") // whose API the service of the practice has
            return tl::unexpected(notHere());
        return openService(*providerInfo(account.provider), address, std::move(secret));
    };
    const ServerAddress server = m_world.nameServer();
    doors.servedPolicy = [options, server](const DomainName &domain, const Cancel &cancel) {
        return servedPolicy(domain, options, server.port, cancel);
    };
    doors.nameServers = [server](const QByteArray &, const Cancel &) -> Result<QList<NamedServer>> {
        return QList<NamedServer>{{"ns." + Domain, server}};
    };
    doors.keys = noKeys();
    openDaneDoors(doors, options, server.port);
    doors.limits.served.firstMs = 1000; // nobody is to be spared here
    doors.limits.served.laterMs = 2000;
    return doors;
}

/// The write is answered when this returns: who made it finds it in the DNS.
void PracticeRun::takePublished(const PracticeServiceState &state)
{
    Scene scene;
    bool isNewHost = false;
    {
        const QMutexLocker lock(&m_mutex);
        Published &published = m_situation.published;
        const Published before = published;
        published = publishedBy(state);
        isNewHost = published.policy && !before.policy && !m_startsOver;
        published.hasCertificate = m_startsOver || (!isNewHost && before.hasCertificate);
        scene = m_situation.scene();
    }
    (void)m_world.show(scene); // what cannot be shown stays as it was, and the proof says so
    QMetaObject::invokeMethod(this, [this, isNewHost] {
        if (isNewHost)
            m_certificate.start();
        Q_EMIT happened();
    });
}

void PracticeRun::setAccidents(const QSet<QByteArray> &ids)
{
    bool wasRevoked = false;
    {
        const QMutexLocker lock(&m_mutex);
        wasRevoked = m_situation.accidents.contains(TokenRevoked);
        m_situation.accidents = ids;
    }
    const bool isRevoked = ids.contains(TokenRevoked);
    if (isRevoked && !wasRevoked)
        m_service.revokeAfter(1);
    if (wasRevoked && !isRevoked)
        renewToken();
    show();
}

/// As at a real service: one that was taken back stays so.
void PracticeRun::renewToken()
{
    (void)QtConcurrent::run(&m_pool, [this] { m_service.renewToken(); });
}

void PracticeRun::turnForward(int days)
{
    {
        const QMutexLocker lock(&m_mutex);
        qint64 &ahead = m_situation.aheadSeconds;
        ahead = qBound(ahead, ahead + days * DaySeconds, MostDaysAhead * DaySeconds);
    }
    show();
}

void PracticeRun::startOver(Stage stage)
{
    m_certificate.stop();
    if (situation().accidents.contains(TokenRevoked))
        renewToken();
    (void)QtConcurrent::run(&m_pool, [this, stage] {
        {
            const QMutexLocker lock(&m_mutex);
            m_situation = {
                    m_situation.published, stage != Stage::Bare, {}, m_situation.aheadSeconds};
            m_startsOver = true;
        }
        m_service.startOver(stateFor(publishedAt(stage))); // takePublished() shows it
        const QMutexLocker lock(&m_mutex);
        m_startsOver = false;
    });
}

/// Zones are signed and certificates made: too long for the thread of the window.
void PracticeRun::show()
{
    if (m_watcher.isRunning())
        return; // the end of that one sees to it
    m_shown = situation();
    m_watcher.setFuture(QtConcurrent::run(
            &m_pool, [this, scene = m_shown.scene()] { return m_world.show(scene); }));
}
