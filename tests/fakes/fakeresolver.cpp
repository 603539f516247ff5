// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeresolver.h"

#include "base/limits.h"

#include <QtEndian>

#include <chrono>

namespace {

QByteArray word(int value)
{
    QByteArray octets(2, '\0');
    qToBigEndian(quint16(value), octets.data());
    return octets;
}

QByteArray wireText(const QByteArray &text)
{
    QByteArray wire;
    qsizetype at = 0;
    do {
        const QByteArray part = text.mid(at, 255);
        wire += char(part.size()) + part;
        at += 255;
    } while (at < text.size());
    return wire;
}

QByteArray wireAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        QByteArray octets(4, '\0');
        qToBigEndian(address.toIPv4Address(), octets.data());
        return octets;
    }
    const Q_IPV6ADDR six = address.toIPv6Address();
    return {reinterpret_cast<const char *>(six.c), 16};
}

QList<QByteArray> wireAddresses(const QStringList &addresses)
{
    QList<QByteArray> rdata;
    for (const QString &address : addresses)
        rdata.append(wireAddress(QHostAddress(address)));
    return rdata;
}

DnsAnswer withStatus(AnswerStatus status, const QString &why = {})
{
    DnsAnswer answer;
    answer.status = status;
    answer.why = why;
    return answer;
}

} // namespace

FakeResolver::~FakeResolver()
{
    for (std::thread &thread : m_delayed)
        thread.join();
    for (const auto &[pending, key] : m_waiting)
        pending.finish(withStatus(AnswerStatus::Failed, QStringLiteral("the resolver was closed")));
}

PendingAnswer FakeResolver::start(const QByteArray &name, RecordType type)
{
    const QByteArray normal = normalName(name);
    const std::lock_guard lock(m_mutex);
    m_asked.append({normal, type});
    auto state = std::make_shared<PendingAnswer::State>();
    state->answer.name = normal;
    state->answer.type = type;
    const PendingAnswer pending(state);
    if (m_held) {
        m_waiting.emplace_back(pending, Key{normal, type});
    } else if (m_delayMs > 0) {
        m_delayed.emplace_back([pending, ms = m_delayMs, answer = answerTo(normal, type)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(ms));
            pending.finish(answer);
        });
    } else {
        pending.finish(answerTo(normal, type));
    }
    return pending;
}

DnsAnswer FakeResolver::answerTo(const QByteArray &name, RecordType type) const
{
    DnsAnswer answer = withStatus(AnswerStatus::NoName);
    Flag security;
    bool aliasesSecure = true;
    QByteArray at = name;
    int hops = 0;
    for (auto it = m_aliases.find(at); it != m_aliases.end() && type != RecordType::CNAME;
         it = m_aliases.find(at)) {
        if (++hops > Limits::CnameChain) {
            answer = withStatus(AnswerStatus::Failed, QStringLiteral("alias loop"));
            answer.name = name;
            answer.type = type;
            answer.canonicalName = name;
            return answer;
        }
        aliasesSecure =
                aliasesSecure && it->second.security.value_or(m_default) == Security::Secure;
        at = it->second.target;
    }
    if (const auto it = m_entries.find({at, type}); it != m_entries.end()) {
        answer = it->second.answer;
        security = it->second.security;
    } else if (const auto whole = m_wholeNames.find(at); whole != m_wholeNames.end()) {
        answer = whole->second.answer;
        security = whole->second.security;
    } else if (const auto other = m_entries.lower_bound({at, RecordType{}});
               other != m_entries.end() && other->first.first == at) {
        answer.status = AnswerStatus::NoData;
    }
    answer.name = name;
    answer.type = type;
    answer.canonicalName = at;
    if (answer.isKnown())
        answer.security = security.value_or(m_default);
    // RFC 4035 3.2.3: an answer is as secure as the weakest record on the way to it.
    if (answer.security == Security::Secure && !aliasesSecure)
        answer.security = Security::Insecure;
    return answer;
}

QString FakeResolver::description() const
{
    return QStringLiteral("a resolver made of data");
}

void FakeResolver::setDefaultSecurity(Security security)
{
    const std::lock_guard lock(m_mutex);
    m_default = security;
}

void FakeResolver::setDelay(int milliseconds)
{
    const std::lock_guard lock(m_mutex);
    m_delayMs = milliseconds;
}

void FakeResolver::hold()
{
    const std::lock_guard lock(m_mutex);
    m_held = true;
}

void FakeResolver::release()
{
    const std::lock_guard lock(m_mutex);
    m_held = false;
    for (const auto &[pending, key] : m_waiting)
        pending.finish(answerTo(key.first, key.second));
    m_waiting.clear();
}

void FakeResolver::put(const QByteArray &name, RecordType type, DnsAnswer answer, Flag security)
{
    const std::lock_guard lock(m_mutex);
    answer.ttl = 3600;
    m_entries[{normalName(name), type}] = {std::move(answer), security};
}

void FakeResolver::records(const QByteArray &name, RecordType type, const QList<QByteArray> &rdata,
                           Flag security)
{
    DnsAnswer answer = withStatus(AnswerStatus::Found);
    answer.rdata = rdata;
    put(name, type, answer, security);
}

void FakeResolver::txt(const QByteArray &name, const QList<QByteArray> &texts, Flag security)
{
    QList<QByteArray> rdata;
    for (const QByteArray &text : texts)
        rdata.append(wireText(text));
    records(name, RecordType::TXT, rdata, security);
}

void FakeResolver::cut(const QByteArray &name, RecordType type, int count)
{
    const std::lock_guard lock(m_mutex);
    DnsAnswer &answer = m_entries[{normalName(name), type}].answer;
    answer.rdata.resize(count);
    answer.cut = true;
}

void FakeResolver::mx(const QByteArray &name, const QList<MxRecord> &hosts, Flag security)
{
    QList<QByteArray> rdata;
    for (const MxRecord &host : hosts)
        rdata.append(word(host.preference) + wireName(host.host));
    records(name, RecordType::MX, rdata, security);
}

void FakeResolver::a(const QByteArray &name, const QStringList &addresses, Flag security)
{
    records(name, RecordType::A, wireAddresses(addresses), security);
}

void FakeResolver::aaaa(const QByteArray &name, const QStringList &addresses, Flag security)
{
    records(name, RecordType::AAAA, wireAddresses(addresses), security);
}

void FakeResolver::tlsa(const QByteArray &name, const QList<TlsaRecord> &list, Flag security)
{
    QList<QByteArray> rdata;
    for (const TlsaRecord &record : list) {
        rdata.append(QByteArray(1, char(record.usage)) + char(record.selector) +
                     char(record.matching) + record.data);
    }
    records(name, RecordType::TLSA, rdata, security);
}

void FakeResolver::caa(const QByteArray &name, const QList<CaaRecord> &list, Flag security)
{
    QList<QByteArray> rdata;
    for (const CaaRecord &record : list) {
        rdata.append(QByteArray(1, char(record.flags)) + char(record.tag.size()) + record.tag +
                     record.value);
    }
    records(name, RecordType::CAA, rdata, security);
}

void FakeResolver::ns(const QByteArray &name, const QList<QByteArray> &hosts, Flag security)
{
    QList<QByteArray> rdata;
    for (const QByteArray &host : hosts)
        rdata.append(wireName(host));
    records(name, RecordType::NS, rdata, security);
}

void FakeResolver::rootKey(Flag security)
{
    records(".", RecordType::DNSKEY, {QByteArray::fromHex("01010308")}, security);
}

void FakeResolver::alias(const QByteArray &name, const QByteArray &target, Flag security)
{
    records(name, RecordType::CNAME, {wireName(target)}, security);
    const std::lock_guard lock(m_mutex);
    m_aliases[normalName(name)] = {normalName(target), security};
}

void FakeResolver::noName(const QByteArray &name, Flag security)
{
    const std::lock_guard lock(m_mutex);
    m_wholeNames[normalName(name)] = {withStatus(AnswerStatus::NoName), security};
}

void FakeResolver::noData(const QByteArray &name, RecordType type, Flag security)
{
    put(name, type, withStatus(AnswerStatus::NoData), security);
}

void FakeResolver::fails(const QByteArray &name, RecordType type, const QString &why)
{
    put(name, type, withStatus(AnswerStatus::Failed, why), {});
}

void FakeResolver::failsAll(const QByteArray &name, const QString &why)
{
    const std::lock_guard lock(m_mutex);
    m_wholeNames[normalName(name)] = {withStatus(AnswerStatus::Failed, why), {}};
}

void FakeResolver::bogus(const QByteArray &name, RecordType type, const QString &why)
{
    DnsAnswer answer = withStatus(AnswerStatus::Failed, why);
    answer.security = Security::Bogus;
    put(name, type, answer, {});
}

void FakeResolver::remove(const QByteArray &name)
{
    const QByteArray normal = normalName(name);
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_entries, [&](const auto &entry) { return entry.first.first == normal; });
    m_aliases.erase(normal);
    m_wholeNames.erase(normal);
}

QList<FakeResolver::Key> FakeResolver::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

qsizetype FakeResolver::timesAsked(const QByteArray &name, RecordType type) const
{
    const std::lock_guard lock(m_mutex);
    return m_asked.count({normalName(name), type});
}

QByteArray FakeResolver::wireName(const QByteArray &name)
{
    QByteArray wire;
    const QByteArray normal = normalName(name);
    if (!normal.isEmpty() && normal != ".") {
        const QList<QByteArray> labels = normal.split('.');
        for (const QByteArray &label : labels)
            wire += char(label.size()) + label;
    }
    return wire + '\0';
}
