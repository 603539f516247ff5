// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "networktest.h"

#include "base/printable.h"
#include "dns/record.h"

#include <QCoreApplication>

namespace {

class NetworkTestWords
{
    Q_DECLARE_TR_FUNCTIONS(NetworkTestWords)
};

TestResult stopped()
{
    return {Severity::Unknown, NetworkTestWords::tr("Not tested: stopped."), false};
}

/// The reason at the end of a sentence, where there is one.
QString because(const QString &why)
{
    return why.isEmpty() ? QString() : QStringLiteral(" (") + printable(why) + QLatin1Char(')');
}

/// The same test, ended after TestMs; that is told apart from being stopped.
NetworkTests::Test inTime(const NetworkTests::Test &test)
{
    return [test](const NetworkOptions &options, const Cancel &cancel) {
        TestResult result = test(options, cancel.until(QDeadlineTimer(TestMs)));
        if (!result.finished && !cancel.isCancelled())
            result.sentence = NetworkTestWords::tr("Not tested: no answer within %n s.", nullptr,
                                                   TestMs / 1000);
        return result;
    };
}

} // namespace

TestResult testResolver(Resolver &quick, Resolver &validating, bool hasAnchor, const Cancel &cancel)
{
    // The root is asked for because every resolver has it, and no domain of the user's is named.
    const PendingAnswer root = quick.start(QByteArrayLiteral("."), RecordType::NS);
    const PendingAnswer key = validating.start(QByteArrayLiteral("."), RecordType::DNSKEY);
    const DnsAnswer answer = root.wait(cancel);
    if (cancel.isCancelled())
        return stopped();
    if (!answer.isFound())
        return {Severity::Error, NetworkTestWords::tr("No answer from %1%2.")
                                         .arg(printable(quick.description()), because(answer.why))};
    if (!hasAnchor)
        return {Severity::Warning,
                NetworkTestWords::tr(
                        "It answers. DNSSEC cannot be validated: no root key was found on this "
                        "computer.")};
    const DnsAnswer keyAnswer = key.wait(cancel);
    if (cancel.isCancelled())
        return stopped();
    // RFC 4035 4.9.3: only signatures that hold show that the path lets DNSSEC through (DNS-15).
    if (keyAnswer.isFound() && keyAnswer.security == Security::Secure)
        return {Severity::Ok,
                NetworkTestWords::tr("It answers, and DNSSEC can be validated through it.")};
    return {Severity::Warning,
            NetworkTestWords::tr(
                    "It answers, but DNSSEC cannot be validated through it%1. Results about DNSSEC "
                    "and DANE will be “Not tested”. It may strip signatures, or the clock of this "
                    "computer may be wrong.")
                    .arg(because(keyAnswer.why))};
}

TestResult testProxy(Resolver &resolver, Smtp &smtp, const QList<QByteArray> &hosts,
                     const Cancel &cancel)
{
    QString why;
    bool hasAddress = false;
    for (const QByteArray &host : hosts) {
        const DnsAnswer answer = resolver.lookup(host, RecordType::A, cancel);
        const QList<QHostAddress> found = addresses(answer);
        if (cancel.isCancelled())
            return stopped();
        if (found.isEmpty())
            continue;
        hasAddress = true;
        SmtpTarget target;
        target.host = host;
        target.address = found.first();
        const SmtpFacts facts = smtp.probe(target, cancel);
        if (!facts.greeting.isEmpty())
            return {Severity::Ok,
                    NetworkTestWords::tr("Port 25 can be reached this way: %1 answered.")
                            .arg(QString::fromLatin1(host))};
        if (cancel.isCancelled())
            return stopped();
        why = facts.problem;
    }
    if (!hasAddress)
        return {Severity::Unknown,
                NetworkTestWords::tr(
                        "Not tested: no mail server to try has an address. Is there a network?")};
    return {Severity::Error,
            NetworkTestWords::tr("No mail server could be reached on port 25 this way%1.")
                    .arg(because(why))};
}

NetworkTests realNetworkTests()
{
    const auto resolver = [](const NetworkOptions &options, const Cancel &cancel) {
        ResolverOptions plain = options.resolver;
        plain.validation = ResolverOptions::Validation::Off;
        UnboundResolver quick(plain);
        UnboundResolver validating(options.resolver);
        return testResolver(quick, validating, validating.isValidating(), cancel);
    };
    const auto proxy = [](const NetworkOptions &options, const Cancel &cancel) {
        UnboundResolver names(options.resolver);
        SmtpOptions smtp;
        smtp.proxy = options.smtpProxy;
        SmtpProbe probe(TrustStore::system(options.caFile), smtp);
        return testProxy(names, probe, controlHosts(), cancel);
    };
    return {inTime(resolver), inTime(proxy)};
}
