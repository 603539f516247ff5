// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa publish: TLSA records of confirmed keys, written into their zone and proven there.
#include "base/printable.h"
#include "cli/carryout.h"
#include "cli/output.h"
#include "cli/textreport.h"
#include "cli/tlsakeys.h"
#include "cli/tlsapublishwords.h"
#include "dane/tlsaconfirming.h"
#include "push/tlsaplan.h"
#include "push/tlsasight.h"

#include <algorithm>

namespace {

/// What was seen against what is known from the server itself (T-33). `all`: the keys of every server.
void confirm(TlsaMade &made, const KnownKeys &known, const QList<SourceKey> &all)
{
    const KeyConfirmation own = confirmKeys(made.current, known, all);
    addFindings(made, own.issues);
    made.isConfirmed = own.isConfirmed;
    if (!own.isConfirmed && own.issues.isEmpty() && !made.current.isEmpty())
        addFindings(made, {{"DANE-29.seen", Severity::Error, {}}});
    made.current += own.unseen;
}

/// Everything that is known of the servers before the service is asked.
Result<QList<TlsaMade>> seeServers(const TlsaPublishWords &wanted, const Doors &doors,
                                   const LookOptions &look, const Cancel &cancel)
{
    KnownKeys known{{}, wanted.expected};
    QList<SourceKey> next, all;
    QList<Certificate> others;
    for (const auto &read : {readKeyFiles(wanted.files, known.inFiles, others),
                             readKeyFiles(wanted.nextFiles, next, others)}) {
        if (!read)
            return tl::unexpected(Error{Error::Kind::Malformed, read.error().what, {}});
    }
    QList<TlsaMade> servers;
    for (const QByteArray &host : wanted.hosts) {
        TlsaMade made;
        made.host = host;
        made.port = wanted.port;
        made.next = next;
        made.others = others;
        const Cancel whole = cancel.until(QDeadlineTimer(look.timeoutMs));
        seeKeys(liveServer(host, wanted.port, look), doors, whole, made);
        all += made.current;
        servers.append(made);
    }
    for (TlsaMade &made : servers)
        confirm(made, known, all);
    return servers;
}

/// The records for each server, from what it shows and what stands at the service.
Result<void> makeRecords(QList<TlsaMade> &servers, Service &service, const Cancel &cancel)
{
    for (TlsaMade &made : servers) {
        const auto published = tlsaAt(service, tlsaOwner(made.host, made.port), cancel);
        if (!published)
            return tl::unexpected(published.error());
        made.published = *published;
        TlsaWish wish;
        wish.host = made.host;
        wish.port = made.port;
        wish.current = made.current;
        wish.next = made.next;
        wish.wasSeen = !made.live->chains.isEmpty();
        wish.published = made.published;
        wish.now = QDateTime::currentDateTimeUtc();
        made.making = tlsaToPublish(wish);
        addFindings(made, made.making.issues);
    }
    return {};
}

/// Its findings as they are said beside a plan: unseen keys are reasons against it, told there.
QList<Finding> adviceOf(const QList<TlsaMade> &servers)
{
    QList<Finding> advice;
    for (const TlsaMade &made : servers) {
        std::copy_if(made.findings.begin(), made.findings.end(), std::back_inserter(advice),
                     [](const Finding &finding) { return finding.id != "DANE-38.unseen"; });
    }
    return advice;
}

Result<Prepared> prepare(PushWords words, const TlsaPublishWords &wanted, QList<TlsaMade> &servers,
                         const Doors &doors, const Cancel &cancel)
{
    Prepared made{std::move(words), {}, {}, {}, {}, {}};
    if (const auto read = makeRecords(servers, made.words.service, cancel); !read)
        return tl::unexpected(read.error());
    QList<DnsRecord> come, go;
    QList<Issue> blockers;
    for (const TlsaMade &server : std::as_const(servers)) {
        for (const MadeTlsa &record : server.making.records)
            come.append(dnsRecord(record, wanted.ttl));
        for (const TlsaRecord &record : server.making.superfluous) {
            if (wanted.dropsUnused)
                go.append({server.making.owner, RecordType::TLSA, wanted.ttl, tlsaToText(record)});
        }
        for (const Issue &issue : server.making.issues) {
            if (issue.severity == Severity::Error)
                blockers.append(issue);
        }
    }
    auto plan = tlsaPlanAt(made.words.service, made.words.domain, come, go, cancel);
    if (!plan)
        return tl::unexpected(plan.error());
    made.plan = std::move(*plan);
    made.plan.blockers += blockers;
    made.advice = adviceOf(servers);
    QList<TlsaSight> sights;
    for (const TlsaMade &server : std::as_const(servers)) {
        TlsaSight sight = tlsaSight(server.host, server.port, *server.live);
        proveZone(sight, made.plan.zone.name, doors.validating, cancel);
        sights.append(sight);
    }
    made.against = reasonsAgainstTlsa(made.plan, sights);
    return made;
}

/// What the newest command of this kind for one of the servers replaced, as far as it still stands.
tl::expected<Prepared, Stopped> prepareUndo(PushWords words, const TlsaPublishWords &wanted,
                                            const Cancel &cancel)
{
    Prepared made{std::move(words), {}, {}, {}, {}, {}};
    std::optional<JournalRecord> newest;
    for (const QByteArray &host : wanted.hosts) {
        for (const JournalRecord &one :
             journalsOf(made.words.journals(), *DomainName::fromAscii(host))) {
            const bool isOfTlsa =
                    std::any_of(one.sets.begin(), one.sets.end(),
                                [](const SetChange &set) { return set.type == RecordType::TLSA; });
            if (isOfTlsa && (!newest || newest->at < one.at))
                newest = one;
        }
    }
    if (!newest)
        return tl::unexpected(Stopped{
                ExitUnknown, QStringLiteral("no TLSA records of %1 are written down in %2")
                                     .arg(made.words.domain.display(), made.words.journals())});
    if (newest->provider != made.words.service.info->id)
        return tl::unexpected(Stopped{
                ExitUsage, QStringLiteral("they were written to another service: --provider %1")
                                   .arg(QString::fromLatin1(newest->provider))});
    auto plan = undoPlanAt(made.words.service, *newest, made.words.domain, cancel);
    if (!plan)
        return tl::unexpected(stopped(plan.error()));
    made.plan = std::move(*plan);
    made.against =
            reasonsAgainstTlsa(made.plan, lookForTlsa(made.plan, made.words.network, cancel));
    return made;
}

/// T-33: nothing is written for keys that nobody has confirmed, whatever else is agreed to.
int refuseUnconfirmed(const QList<TlsaMade> &servers, bool asJson)
{
    QJsonArray array;
    QString out;
    bool isSeen = false;
    for (const TlsaMade &made : servers) {
        isSeen = isSeen || !made.current.isEmpty();
        array.append(tlsaMadeJson(made));
        out += printable(made.host) + QStringLiteral("\n") + tlsaKeysText(made) +
               findingsText(made.findings);
    }
    if (asJson)
        writeJson({{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-keys/1")},
                   {QStringLiteral("servers"), array}});
    else
        writeOut(out.toUtf8());
    usageError(
            isSeen ? QStringLiteral("nothing was changed: confirm every key first, with --expect "
                                    "and its fingerprint, or with --chain and the server's file")
                   : QStringLiteral("nothing was changed: no key was seen. Give the server's own "
                                    "certificate with --chain"));
    return isSeen ? ExitRefused : ExitUnknown;
}

bool isUnconfirmed(const TlsaMade &made)
{
    return !made.isConfirmed;
}

int publish(PushWords words, const TlsaPublishWords &wanted, const QCommandLineParser &parser,
            const Cancel &cancel)
{
    const bool asJson = parser.isSet(QStringLiteral("json"));
    const bool isDry = parser.isSet(QStringLiteral("dry-run"));
    Network network(words.network);
    for (const QString &problem : network.problems())
        usageError(problem);
    const Doors doors = network.doors();
    auto servers = seeServers(wanted, doors, words.network.look, cancel);
    if (cancel.isCancelled())
        return ExitInterrupted;
    if (!servers)
        return end(stopped(servers.error()));
    const bool isOpen = std::any_of(servers->begin(), servers->end(), isUnconfirmed);
    const bool isSeen = std::none_of(servers->begin(), servers->end(),
                                     [](const TlsaMade &made) { return made.current.isEmpty(); });
    if (isOpen && !(isDry && isSeen))
        return refuseUnconfirmed(*servers, asJson);
    auto made = prepare(std::move(words), wanted, *servers, doors, cancel);
    if (!made)
        return end(stopped(made.error()));
    if (!isDry)
        return carryOut(*made, parser, cancel);
    if (!asJson) {
        for (const TlsaMade &server : *servers)
            writeOut((printable(server.host) + QLatin1Char('\n') + tlsaKeysText(server)).toUtf8());
    }
    return showPlan(*made, asJson);
}

} // namespace

int tlsaPublishCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addTlsaPublishOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const Result<TlsaPublishWords> wanted = tlsaPublishWords(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    Result<PushWords> words = serviceWords(parser);
    if (!words)
        return end(stopped(words.error()));
    words->domain = *DomainName::fromAscii(wanted->hosts.first());
    if (!parser.isSet(QStringLiteral("undo"))) {
        if (!words->network.look.smtp)
            return usageError(QStringLiteral("--no-smtp leaves nothing to look at"));
        return publish(std::move(*words), *wanted, parser, invocation.cancel);
    }
    auto made = prepareUndo(std::move(*words), *wanted, invocation.cancel);
    if (!made)
        return end(made.error());
    return parser.isSet(QStringLiteral("dry-run"))
                   ? showPlan(*made, parser.isSet(QStringLiteral("json")))
                   : carryOut(*made, parser, invocation.cancel);
}
