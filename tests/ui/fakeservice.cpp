// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeservice.h"

#include "base/pause.h"
#include "dns/presentation.h"
#include "mail/passedon.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>

#include <ldns/ldns.h>

namespace {

using Lock = QMutexLocker<QMutex>;

tl::unexpected<Error> refused(const char *why)
{
    return failed(Error::Kind::Refused, QString::fromLatin1(why));
}

class FakeProvider : public Provider
{
public:
    FakeProvider(FakeService &service, QByteArray token)
        : m_service(service)
        , m_token(std::move(token))
    {
    }
    ProviderTraits traits() const override { return {.isAtomic = true, .minimumTtl = 60}; }
    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override
    {
        pauseFor(m_service.delayMs, cancel);
        if (m_token.startsWith("expired"))
            return refused("the token is not in use any more: expired");
        if (m_token.startsWith("down"))
            return failed(Error::Kind::Network, QStringLiteral("no answer"));
        Zone zone;
        zone.name = name.mid(name.indexOf('.') + 1); // _mta-sts.example.org
        zone.handle = "z1";
        return QList<Zone>{zone};
    }
    Result<QList<ZoneRecord>> records(const Zone &, const QList<QByteArray> &names,
                                      const Cancel &cancel) override
    {
        pauseFor(m_service.delayMs, cancel);
        const Lock lock(&m_service.mutex);
        QList<ZoneRecord> found;
        for (const ZoneRecord &record : m_service.records)
            if (names.contains(record.record.name))
                found.append(record);
        return found;
    }
    Result<void> apply(const Zone &, const QList<SetChange> &changes, const Cancel &) override
    {
        pauseFor(m_service.delayMs, Cancel());
        const Lock lock(&m_service.mutex);
        if (m_service.refusesWrites)
            return refused("the service is read-only today");
        ++m_service.writes;
        for (const SetChange &change : changes) {
            m_service.records.removeIf([&](const ZoneRecord &record) {
                return record.record.name == change.name && record.record.type == change.type;
            });
            for (const DnsRecord &record : change.after)
                m_service.records.append({record, "r", false, {}});
        }
        return {};
    }
    Result<TokenFacts> token(const QByteArray &name, TokenUse use, const Cancel &cancel) override
    {
        if (const auto found = zones(name, cancel); !found)
            return tl::unexpected(found.error());
        TokenFacts facts;
        if (m_token.startsWith("narrow") && use == TokenUse::RecordsAndHost)
            facts.missing = {QStringLiteral("Account › Workers Scripts › Edit")};
        facts.zonesSeen = m_token.startsWith("broad") ? 15 : 1;
        facts.signing = TokenFacts::Signing::Pending;
        facts.expires = QDateTime({2027, 5, 1}, {12, 0}, Qt::UTC);
        return facts;
    }

private:
    FakeService &m_service;
    QByteArray m_token;
};

class FakeHost : public PolicyHost
{
public:
    explicit FakeHost(FakeService &service)
        : m_service(service)
    {
    }
    Result<HostState> look(const Zone &, const QByteArray &host, const QByteArray &text,
                           const Cancel &cancel) override
    {
        pauseFor(m_service.delayMs, cancel);
        const Lock lock(&m_service.mutex);
        HostState state;
        state.content = HostState::Content::Absent;
        state.service = "mta-sts-worker";
        const auto found = m_service.hosted.find(host);
        if (found == m_service.hosted.end() || !m_service.isHosting)
            return state;
        state.content = HostState::Content::Ours;
        state.text = found->second;
        state.attachedTo = state.service;
        state.isCurrent = found->second == text;
        return state;
    }
    Result<void> publish(const Zone &, const QByteArray &host, const QByteArray &text,
                         const HostState &, const Cancel &) override
    {
        pauseFor(m_service.delayMs, Cancel());
        const Lock lock(&m_service.mutex);
        ++m_service.writes;
        m_service.hosted[host] = text;
        return {};
    }
    Result<void> withdraw(const Zone &, const QByteArray &host, const HostState &before,
                          const Cancel &) override
    {
        const Lock lock(&m_service.mutex);
        ++m_service.writes;
        if (before.text.isEmpty())
            m_service.hosted.erase(host);
        else
            m_service.hosted[host] = before.text;
        return {};
    }

private:
    FakeService &m_service;
};

/// The answer of a name server that has just these records.
QByteArray answered(const QByteArray &question, const QList<ZoneRecord> &records)
{
    ldns_pkt *asked = nullptr;
    if (ldns_wire2pkt(&asked, reinterpret_cast<const uint8_t *>(question.constData()),
                      size_t(question.size())) != LDNS_STATUS_OK)
        return {};
    ldns_rr *query = ldns_rr_list_rr(ldns_pkt_question(asked), 0);
    char *owner = ldns_rdf2str(ldns_rr_owner(query));
    const QByteArray name = QByteArray(owner).chopped(1).toLower();
    free(owner);
    ldns_pkt_set_qr(asked, true);
    ldns_pkt_set_aa(asked, true);
    for (const ZoneRecord &record : records) {
        if (record.record.name != name || int(record.record.type) != int(ldns_rr_get_type(query)))
            continue;
        ldns_rr *answer = nullptr;
        if (ldns_rr_new_frm_str(&answer, zoneLine(record.record).constData(), 0, nullptr,
                                nullptr) == LDNS_STATUS_OK)
            ldns_pkt_push_rr(asked, LDNS_SECTION_ANSWER, answer);
    }
    uint8_t *wire = nullptr;
    size_t size = 0;
    (void)ldns_pkt2wire(&wire, asked, &size);
    const QByteArray octets(reinterpret_cast<const char *>(wire), qsizetype(size));
    free(wire);
    ldns_pkt_free(asked);
    return octets;
}

} // namespace

FakeService::FakeService()
    : m_server([this] { serve(); })
{
    while (m_port == 0)
        std::this_thread::yield();
}

FakeService::~FakeService()
{
    m_stops = true;
    m_server.join();
}

void FakeService::put(const QByteArray &name, const QByteArray &text)
{
    DnsRecord record;
    record.name = name;
    record.type = RecordType::TXT;
    record.data = text;
    record.ttl = 3600;
    records.append({record, "r", false, {}});
}

void FakeService::serve()
{
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost));
    m_port = server.serverPort();
    constexpr int Length = 2; // octets before each message, RFC 1035 4.2.2
    while (!m_stops) {
        if (!server.waitForNewConnection(20))
            continue;
        const std::unique_ptr<QTcpSocket> client(server.nextPendingConnection());
        while (!m_stops && client->state() == QAbstractSocket::ConnectedState) {
            if (client->bytesAvailable() < Length && !client->waitForReadyRead(20))
                continue;
            const auto size = qFromBigEndian<quint16>(client->read(Length).constData());
            while (client->bytesAvailable() < size && client->waitForReadyRead(1000)) {
            }
            const QByteArray question = client->read(size);
            const Lock lock(&mutex);
            const QByteArray answer =
                    answered(question, servesNames ? records : QList<ZoneRecord>());
            QByteArray length(Length, '\0');
            qToBigEndian(quint16(answer.size()), length.data());
            client->write(length + answer);
            client->waitForBytesWritten(1000);
        }
    }
}

PublishDoors FakeService::doors()
{
    PublishDoors doors;
    doors.openTokenPage = [](const QUrl &) {};
    doors.open = [this](const Account &account, const Secret &secret) -> Result<Service> {
        Service service;
        service.info = providerInfo(account.provider);
        service.provider = std::make_unique<FakeProvider>(*this, secret.octets());
        if (service.info->isPolicyHost)
            service.policyHost = std::make_unique<FakeHost>(*this);
        return service;
    };
    doors.servedPolicy = [this](const DomainName &domain, const Cancel &) -> Result<QByteArray> {
        const Lock lock(&mutex);
        const auto found = hosted.find(domain.child("mta-sts"));
        if (found == hosted.end())
            return refused("there is no policy host");
        if (fetchesWithoutCertificate > 0) {
            --fetchesWithoutCertificate;
            return refused("The policy host has no valid certificate yet");
        }
        const QByteArray other = passedOnDomain(found->second);
        return other.isEmpty() ? found->second : hosted["mta-sts." + other];
    };
    doors.nameServers = [this](const QByteArray &, const Cancel &) -> Result<QList<NamedServer>> {
        ServerAddress address;
        address.address = QHostAddress(QHostAddress::LocalHost);
        address.port = m_port;
        return QList<NamedServer>{{"ns1.example.net", address}};
    };
    const auto trouble = [this](const QString &name) -> std::optional<Error> {
        if (!hasKeyStore)
            return Error{Error::Kind::Unexpected,
                         QStringLiteral("this computer offers no key store to programs"),
                         {}};
        if (isLocked)
            return Error{Error::Kind::Refused, QStringLiteral("the key store stayed locked"), {}};
        Q_UNUSED(name);
        return std::nullopt;
    };
    const auto later = [](QObject *context, const std::function<void()> &act) {
        QTimer::singleShot(120, context, act); // as one that may ask for its password
    };
    doors.keys.read = [=, this](const QString &name, QObject *context,
                                const std::function<void(Result<Secret>)> &done) {
        later(context, [=, this] {
            if (const auto error = trouble(name))
                done(tl::unexpected(*error));
            else if (!keys.contains(name))
                done(failed(Error::Kind::NotFound,
                            QStringLiteral("nothing is kept in the key store")));
            else
                done(Secret(QByteArray(keys.at(name))));
        });
    };
    doors.keys.keep = [=, this](const QString &name, const Secret &secret, QObject *context,
                                const std::function<void(Result<void>)> &done) {
        const QByteArray octets = secret.octets();
        later(context, [=, this] {
            if (const auto error = trouble(name)) {
                done(tl::unexpected(*error));
                return;
            }
            keys[name] = octets;
            done({});
        });
    };
    doors.keys.forget = [=, this](const QString &name, QObject *context,
                                  const std::function<void(Result<void>)> &done) {
        later(context, [=, this] {
            if (const auto error = trouble(name)) {
                done(tl::unexpected(*error));
                return;
            }
            keys.erase(name);
            done({});
        });
    };
    doors.limits = {.readBacks = 2,
                    .readBackMs = 20,
                    .dnsMs = 3000,
                    .served = {.firstMs = 1, .laterMs = 20, .totalMs = 20000, .inARow = 1}};
    return doors;
}
