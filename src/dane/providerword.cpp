// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/providerword.h"

#include "base/printable.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

using State = LiveHostDane::State;
using Dane = MailProvider::InboundDane;

QString joined(const QList<QByteArray> &hosts)
{
    QStringList names;
    for (const QByteArray &host : hosts)
        names.append(printable(host, 255));
    return names.join(QLatin1String(", "));
}

bool isMicrosoft(const std::optional<MailProvider> &provider)
{
    return provider && (provider->id == "microsoft365" || provider->id == "microsoft365-dnssec");
}

class Word
{
public:
    Word(const DomainName &domain, const QList<LiveHostDane> &hosts)
        : m_domain(domain)
        , m_hosts(hosts)
    {
        QList<QByteArray> names;
        for (const LiveHostDane &host : hosts)
            names.append(host.host);
        m_provider = recogniseMailProvider(names);
    }

    ProviderWord run()
    {
        sort();
        m_word.actor = actor();
        compare();
        tellSeen();
        if (m_word.actor == ProviderWord::Actor::Owner)
            tellMicrosoft();
        else if (m_word.actor == ProviderWord::Actor::Provider)
            write();
        return m_word;
    }

private:
    void say(const QString &sentence) { m_word.sentences.append(sentence); }

    bool has(State state) const
    {
        return std::any_of(m_hosts.cbegin(), m_hosts.cend(),
                           [state](const LiveHostDane &host) { return host.state == state; });
    }

    void sort()
    {
        for (const LiveHostDane &host : m_hosts) {
            QList<QByteArray> *list = host.state == State::Unsigned  ? &m_word.unsignedHosts
                                      : host.state == State::NoTlsa  ? &m_word.withoutTlsa
                                      : host.state == State::Fails   ? &m_word.failing
                                      : host.state == State::Unknown ? &m_word.unseen
                                                                     : nullptr;
            if (list)
                list->append(host.host);
        }
    }

    bool lacks() const
    {
        return !m_word.unsignedHosts.isEmpty() || !m_word.withoutTlsa.isEmpty() ||
               !m_word.failing.isEmpty();
    }

    ProviderWord::Actor actor() const
    {
        using Actor = ProviderWord::Actor;
        if (!lacks())
            return m_hosts.isEmpty() || !m_word.unseen.isEmpty() ? Actor::Unknown : Actor::Nobody;
        // Microsoft publishes for one domain at a time, when its owner says so.
        const bool isFailing = !m_word.failing.isEmpty();
        return isMicrosoft(m_provider) && !isFailing ? Actor::Owner : Actor::Provider;
    }

    void compare()
    {
        using Agreement = ProviderWord::Agreement;
        if (!m_provider)
            return;
        m_word.provider = m_provider->name;
        m_word.known = m_provider->inboundDane;
        m_word.checked = m_provider->checked;
        // mx.microsoft names have records only after the owner's second step: either is as expected.
        if (m_word.known == Dane::Unknown || !m_word.unseen.isEmpty() || m_hosts.isEmpty() ||
            m_provider->id == "microsoft365-dnssec")
            return;
        const bool isOther = m_word.known == Dane::Yes ? lacks() : has(State::Publishes);
        m_word.agreement = isOther ? Agreement::Contradicts : Agreement::Agrees;
        if (!isOther)
            return;
        const QString date = QLocale::c().toString(m_word.checked, QStringLiteral("yyyy-MM-dd"));
        say(m_word.known == Dane::Yes
                    ? QCoreApplication::translate(
                              "ProviderWord", "%1 was known to publish TLSA records on %2. The DNS "
                                              "says otherwise now, and the DNS counts.")
                              .arg(m_word.provider, date)
                    : QCoreApplication::translate(
                              "ProviderWord", "%1 was not known to publish TLSA records on %2. The "
                                              "DNS says otherwise now, and the DNS counts.")
                              .arg(m_word.provider, date));
    }

    void tellSeen()
    {
        if (m_word.actor == ProviderWord::Actor::Nobody)
            say(QCoreApplication::translate(
                    "ProviderWord",
                    "Every mail server has TLSA records. There is nothing to ask for."));
        if (!m_word.unseen.isEmpty() || m_hosts.isEmpty())
            say(QCoreApplication::translate("ProviderWord",
                                            "Not every mail server could be looked up: %1. Look "
                                            "again before you write to anybody.")
                        .arg(m_hosts.isEmpty() ? printable(m_domain.ascii(), 255)
                                               : joined(m_word.unseen)));
        if (!m_word.unsignedHosts.isEmpty())
            say(QCoreApplication::translate("ProviderWord",
                                            "The zone of %1 is not signed with DNSSEC, so TLSA "
                                            "records there would not count.")
                        .arg(joined(m_word.unsignedHosts)));
        if (!m_word.withoutTlsa.isEmpty())
            say(QCoreApplication::translate(
                        "ProviderWord",
                        "The zone of %1 is signed, and no TLSA records are published there.")
                        .arg(joined(m_word.withoutTlsa)));
        if (!m_word.failing.isEmpty())
            say(QCoreApplication::translate("ProviderWord",
                                            "Look-ups for %1 fail, so senders that check DANE "
                                            "cannot deliver there now.")
                        .arg(joined(m_word.failing)));
    }

    // https://learn.microsoft.com/purview/how-smtp-dane-works
    void tellMicrosoft()
    {
        const QByteArray domain = m_domain.ascii();
        const bool isNewName = m_provider->id == "microsoft365-dnssec";
        const auto tell = [this](const char *text) {
            say(QCoreApplication::translate("ProviderWord", text));
        };
        tell(QT_TRANSLATE_NOOP("ProviderWord", "Microsoft publishes the records when you switch it "
                                               "on for your domain, in Exchange Online PowerShell. "
                                               "The zone of your domain has to be signed first."));
        m_word.commands.append("Connect-ExchangeOnline");
        if (!isNewName) {
            tell(QT_TRANSLATE_NOOP("ProviderWord",
                                   "Set an MTA-STS policy to testing and list the old and the new "
                                   "server in it, lower the TTL of the MX record, and wait until "
                                   "the former TTL has passed."));
            tell(QT_TRANSLATE_NOOP("ProviderWord",
                                   "Enable-DnssecForVerifiedDomain answers with the new MX name. "
                                   "Add it with preference 20 and test it; then give the old "
                                   "record 30 and the new one 0; then delete the old record. No "
                                   "other MX record may stay."));
            m_word.commands.append("Enable-DnssecForVerifiedDomain -DomainName " + domain);
        }
        tell(QT_TRANSLATE_NOOP("ProviderWord",
                               "Enable-SmtpDaneInbound has the TLSA records published, within half "
                               "an hour or so. Look again then, and set MTA-STS back to enforce."));
        m_word.commands += {"Get-DnssecStatusForVerifiedDomain -DomainName " + domain,
                            "Enable-SmtpDaneInbound -DomainName " + domain,
                            "Get-SmtpDaneInboundStatus -DomainName " + domain};
    }

    // In English on purpose: it goes to the support of a company, wherever that is.
    void write()
    {
        say(m_word.provider.isEmpty()
                    ? QCoreApplication::translate(
                              "ProviderWord", "Only who runs these mail servers can change that. "
                                              "Here is a message for them.")
                    : QCoreApplication::translate(
                              "ProviderWord",
                              "Only %1 can change that. Here is a message for its support.")
                              .arg(m_word.provider));
        QStringList parts{QStringLiteral("Hello,"),
                          QStringLiteral("The mail of %1 is received by your mail servers. We "
                                         "would like senders to be able to authenticate them with "
                                         "DANE for SMTP (RFC 7672).")
                                  .arg(printable(m_domain.ascii(), 255))};
        if (!m_word.unsignedHosts.isEmpty())
            parts.append(
                    QStringLiteral("The DNS zone of these hosts is not signed with DNSSEC: %1. "
                                   "Could you sign it, and then publish TLSA records for port "
                                   "25 (3 1 1 of the key in use)?")
                            .arg(joined(m_word.unsignedHosts)));
        if (!m_word.withoutTlsa.isEmpty())
            parts.append(
                    QStringLiteral("The zone of these hosts is signed, but there are no TLSA "
                                   "records at _25._tcp below them: %1. Could you publish them "
                                   "(3 1 1 of the key in use)?")
                            .arg(joined(m_word.withoutTlsa)));
        if (!m_word.failing.isEmpty())
            parts.append(QStringLiteral("DNS look-ups for these hosts, or for their TLSA records, "
                                        "fail or do not validate: %1. Senders that check DANE must "
                                        "not deliver then (RFC 7672 2.1.2). Could you have a look?")
                                 .arg(joined(m_word.failing)));
        parts += {QStringLiteral("If this is planned, we would be glad to know for when."),
                  QStringLiteral("Thank you and kind regards")};
        m_word.letter = parts.join(QLatin1String("\n\n")) + QLatin1Char('\n');
    }

    const DomainName m_domain;
    const QList<LiveHostDane> m_hosts;
    std::optional<MailProvider> m_provider;
    ProviderWord m_word;
};

} // namespace

LiveHostDane liveHostDane(const DaneHostPlan &plan)
{
    switch (plan.applies) {
    case DaneApplies::Applies:
    case DaneApplies::HostOnly:
        return {plan.name, State::Publishes};
    case DaneApplies::Unreachable:
        return {plan.name, State::Fails};
    case DaneApplies::NotApplicable: {
        const bool isUnsigned =
                std::any_of(plan.issues.cbegin(), plan.issues.cend(), [](const Issue &issue) {
                    return issue.id == "DANE-5" || issue.id == "DANE-4" || issue.id == "DANE-2";
                });
        return {plan.name, isUnsigned ? State::Unsigned : State::NoTlsa};
    }
    case DaneApplies::Partial:
    case DaneApplies::Unknown:
        break;
    }
    return {plan.name, State::Unknown};
}

ProviderWord providerWord(const DomainName &domain, const QList<LiveHostDane> &hosts)
{
    return Word(domain, hosts).run();
}
