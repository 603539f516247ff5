// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa make: TLSA records for the keys of files, or for what a server shows.
#include "base/printable.h"
#include "cli/output.h"
#include "cli/tlsakeys.h"
#include "cli/tlsamakewords.h"
#include "cli/tlsasharedtext.h"
#include "dane/publishedtlsa.h"
#include "dane/tlsaconfirming.h"
#include "survey/network.h"

namespace {

/// The one name of a server that the certificates hold; empty where there is none or more than one.
QByteArray onlyName(const QList<SourceKey> &keys)
{
    QStringList names;
    for (const SourceKey &key : keys)
        names += key.names;
    names.removeDuplicates();
    const auto domain = DomainName::fromAscii(names.value(0).toLatin1().toLower());
    return names.size() == 1 && domain ? domain->ascii() : QByteArray();
}

void lookAtServer(const TlsaMakeWords &wanted, const QByteArray &host, Network &network,
                  const Cancel &cancel, TlsaMade &made)
{
    const LookOptions &look = network.options().look;
    LiveServer server = liveServer(host, wanted.port, look);
    server.name = made.host;
    const Doors doors = network.doors();
    const Cancel whole = cancel.until(QDeadlineTimer(look.timeoutMs));
    seeKeys(server, doors, whole, made);
    const PublishedTlsa live =
            publishedTlsa(tlsaOwner(made.host, wanted.port), made.host, doors.validating, whole);
    made.published = live.records;
    made.isAlias = live.isAlias;
    addFindings(made, live.issues);
}

void make(const TlsaMakeWords &wanted, TlsaMade &made)
{
    const KeyConfirmation confirmation = confirmKeys(made.current, wanted.expected);
    made.isConfirmed = confirmation.isConfirmed;
    addFindings(made, confirmation.issues);
    if (made.live && wanted.expected.isEmpty() && !made.current.isEmpty()) // T-33
        addFindings(made, {{"DANE-29.seen", Severity::Warning, {}}});
    if (confirmation.hasOther)
        return;
    TlsaWish wish;
    wish.host = made.host;
    wish.port = made.port;
    wish.current = made.current;
    wish.next = made.next;
    wish.issuer = wanted.isIssuer ? std::optional(1) : std::nullopt;
    wish.wasSeen = made.live.has_value();
    wish.published = made.published;
    wish.now = QDateTime::currentDateTimeUtc();
    made.making = tlsaToPublish(wish);
    addFindings(made, made.making.issues);
    for (const Issue &issue : std::as_const(made.making.publishedIssues)) {
        if (!made.making.issues.contains(issue))
            addFindings(made, {issue});
    }
}

/// A certificate of another server of the same call is not missing at this one.
void forgetSeenElsewhere(QList<TlsaMade> &all)
{
    QStringList seen;
    for (const TlsaMade &made : std::as_const(all)) {
        for (const SourceKey &key : made.current)
            seen.append(key.fingerprint);
    }
    for (TlsaMade &made : all) {
        made.findings.removeIf([&seen](const Finding &finding) {
            return finding.id == "DANE-29.missing" && seen.contains(finding.values.value(0));
        });
    }
}

TlsaShared share(const TlsaMakeWords &wanted, const QList<TlsaMade> &all, Network *network,
                 const Cancel &cancel)
{
    TlsaShared shared;
    QList<TlsaMaking> makings;
    QList<QList<TlsaRecord>> published;
    QList<QByteArray> hosts;
    for (const TlsaMade &made : all) {
        makings.append(made.making);
        published.append(made.isAlias ? QList<TlsaRecord>()
                                      : made.published.value_or(QList<TlsaRecord>()));
        hosts.append(made.host);
    }
    if (wanted.shared.isEmpty()) {
        for (const QList<qsizetype> &group : sharingServers(makings)) {
            SharingOffer offer;
            for (const qsizetype at : group)
                offer.hosts.append(hosts.at(at));
            offer.place = sharedPlaceFor(offer.hosts);
            shared.offers.append(offer);
        }
        return shared;
    }
    SharedPlace place{wanted.shared};
    if (network) {
        Resolver &validating = network->doors().validating;
        const DnsAnswer there = validating.lookup(place.name, RecordType::TLSA, cancel);
        if (rootKeyIsSecure(validating, cancel)) // DNS-15
            place.security = there.security;
        place.records = tlsaRecords(there);
    }
    shared.place = place.name;
    shared.made = sharedTlsa(makings, published, place);
    for (const Issue &issue : std::as_const(shared.made->issues))
        shared.findings.append(toFinding(issue, Group::Dane, printable(place.name)));
    return shared;
}

/// The keys of the files; the same next keys for every server.
Result<TlsaMade> fromFiles(const TlsaMakeWords &wanted)
{
    TlsaMade made;
    made.port = wanted.port;
    for (const auto &read : {readKeyFiles(wanted.files, made.current, made.others),
                             readKeyFiles(wanted.nextFiles, made.next, made.others)}) {
        if (!read)
            return tl::unexpected(read.error());
    }
    return made;
}

/// Nothing: stopped.
std::optional<QList<TlsaMade>> lookAtServers(const TlsaMakeWords &wanted, const TlsaMade &files,
                                             Network &network, const Cancel &cancel)
{
    QList<TlsaMade> all;
    for (const QByteArray &server : wanted.servers) {
        TlsaMade made = files;
        made.host = wanted.name.isEmpty() ? server : wanted.name;
        lookAtServer(wanted, server, network, cancel, made);
        if (cancel.isCancelled())
            return std::nullopt;
        make(wanted, made);
        all.append(made);
    }
    forgetSeenElsewhere(all);
    return all;
}

int print(const QList<TlsaMade> &all, const TlsaShared &shared, bool asJson)
{
    if (asJson)
        writeJson(tlsaMadeJson(all, shared));
    else
        writeOut(tlsaMadeText(all, shared).toUtf8());
    QList<Finding> findings = shared.findings;
    for (const TlsaMade &made : all)
        findings += made.findings;
    return exitStatusOf(findings);
}

} // namespace

int tlsaMakeCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addTlsaMakeOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const Result<TlsaMakeWords> wanted = tlsaMakeWords(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    Result<TlsaMade> made = fromFiles(*wanted);
    if (!made)
        return usageError(made.error().what);
    const bool asJson = parser.isSet(QStringLiteral("json"));
    if (wanted->servers.isEmpty()) {
        made->host = wanted->name.isEmpty() ? onlyName(made->current) : wanted->name;
        if (made->host.isEmpty())
            return usageError(
                    QStringLiteral("whose records? Add --name with the name of the server"));
        make(*wanted, *made);
        return print({*made}, share(*wanted, {*made}, nullptr, invocation.cancel), asJson);
    }
    if (!options->look.smtp)
        return usageError(QStringLiteral("--no-smtp leaves nothing to look at"));
    Network network(*options);
    for (const QString &problem : network.problems())
        usageError(problem);
    const auto all = lookAtServers(*wanted, *made, network, invocation.cancel);
    if (!all)
        return ExitInterrupted;
    return print(*all, share(*wanted, *all, &network, invocation.cancel), asJson);
}
