// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflarehostedname.h"

#include "base/printable.h"
#include "mail/workerscript.h"

namespace {

bool isNo(const Error &error)
{
    return error.kind == Error::Kind::Refused || error.kind == Error::Kind::NotFound;
}

tl::unexpected<Error> changed()
{
    return failed(Error::Kind::Refused,
                  QStringLiteral("the policy host has changed since the plan was made; look at the "
                                 "new plan"));
}

} // namespace

namespace Cloudflare {

HostedName::HostedName(Rest &rest, const Zone &zone, const QByteArray &host)
    : m_rest(rest)
    , m_host(host)
    , m_service(workerName(host.mid(host.indexOf('.') + 1)))
    , m_script(accountPath(zone) + QLatin1String("/workers/scripts/") + urlSegment(m_service))
    , m_domains(accountPath(zone) + QLatin1String("/workers/domains"))
    , m_records(zonePath(zone) + QLatin1String("/dns_records"))
    , m_zone(placeOf(zone).zone)
{
}

Result<HostState> HostedName::look(const QByteArray &text, const Cancel &cancel)
{
    const auto replies = m_rest.sendAll({askContent(), askDomain(), askRecords()}, cancel);
    const auto content = contentFrom(replies.at(0));
    const auto attached = domainFrom(replies.at(1));
    const auto records = conflictsFrom(replies.at(2));
    if (!content || !attached || !records)
        return tl::unexpected(!content    ? content.error()
                              : !attached ? attached.error()
                                          : records.error());
    const auto wanted = workerScript({{m_host, text}});
    if (!wanted)
        return tl::unexpected(wanted.error());
    HostState state = stateOf(*content, m_host);
    state.service = m_service;
    state.attachedTo = attached->service;
    state.inTheWay = *records;
    state.isCurrent = *content && **content == *wanted && state.attachedTo == m_service;
    return state;
}

/// Content first, so that what is attached later is never anything but what is wanted.
Result<void> HostedName::publish(const QByteArray &text, const HostState &shown,
                                 const Cancel &cancel)
{
    if (const auto done = upload(text, shown, cancel); !done || shown.attachedTo == m_service)
        return done;
    if (cancel.isCancelled())
        return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
    if (const auto done = makeRoom(shown.inTheWay); !done)
        return done;
    const auto attached = attach();
    if (attached || !isNo(attached.error()) || shown.inTheWay.isEmpty())
        return attached;
    if (const auto back = putBack(shown.inTheWay); !back)
        return failed(Error::Kind::Unexpected,
                      QStringLiteral("the records that made room for the policy host could not be "
                                     "put back: %1")
                              .arg(attached.error().what),
                      back.error().what);
    return attached;
}

Result<void> HostedName::upload(const QByteArray &text, const HostState &shown,
                                const Cancel &cancel)
{
    const auto script = workerScript({{m_host, text}});
    if (!script)
        return tl::unexpected(script.error());
    const auto there = contentFrom(m_rest.sendAll({askContent()}, cancel).first());
    if (!there)
        return tl::unexpected(there.error());
    const HostState now = stateOf(*there, m_host);
    if (now.content == HostState::Content::Foreign)
        return failed(
                Error::Kind::Refused,
                QStringLiteral("the Worker %1 was not made by this program, or was changed by "
                               "hand; it is left alone")
                        .arg(printable(m_service)));
    const bool isThere = *there && **there == *script;
    if (!isThere && (now.content != shown.content || now.text != shown.text))
        return changed();
    Result<void> sent;
    if (!isThere) {
        const auto answer = envelope(m_rest.sendAll({uploadOf(*script, m_script)}, cancel).first(),
                                     WorkersEdit);
        if (!answer && isNo(answer.error()))
            return tl::unexpected(answer.error());
        if (!answer)
            sent = tl::unexpected(answer.error()); // may have been done: it is read back
    }
    const auto replies = m_rest.sendAll({{"POST", m_script + QLatin1String("/subdomain"),
                                          R"({"enabled":false,"previews_enabled":false})"},
                                         askContent()},
                                        Cancel());
    const auto kept = contentFrom(replies.at(1));
    if (!kept)
        return tl::unexpected(kept.error());
    if (!*kept || **kept != *script)
        return sent ? failed(Error::Kind::Refused,
                             QStringLiteral("Cloudflare keeps another script than was sent"))
                    : sent;
    return turnOffWorkersDev(replies.at(0));
}

/// The policy is for its own host alone; at workers.dev it would only be a second door.
Result<void> HostedName::turnOffWorkersDev(const Result<RestReply> &sent)
{
    const auto answer = envelope(sent, WorkersEdit);
    if (answer)
        return {};
    const auto now =
            envelope(m_rest.get(m_script + QLatin1String("/subdomain"), Cancel()), WorkersEdit);
    const QJsonValue result = now ? now->value(QLatin1String("result")) : QJsonValue();
    if (now && !result[QLatin1String("enabled")].toBool(true) &&
        !result[QLatin1String("previews_enabled")].toBool(true))
        return {};
    return tl::unexpected(answer.error());
}

Result<void> HostedName::makeRoom(const QList<ZoneRecord> &shown)
{
    if (shown.isEmpty()) // if some came meanwhile, the attaching is refused
        return {};
    const auto now = inTheWay();
    if (!now)
        return tl::unexpected(now.error());
    if (now->isEmpty())
        return {};
    if (*now != shown)
        return changed();
    QJsonArray deletes;
    for (const ZoneRecord &record : shown)
        deletes.append(QJsonObject{{QStringLiteral("id"), QString::fromLatin1(record.handle)}});
    const auto done = batch("deletes", deletes);
    if (done || isNo(done.error()))
        return done;
    const auto after = inTheWay();
    return after && after->isEmpty() ? Result<void>() : done;
}

Result<void> HostedName::attach()
{
    const QJsonObject wanted{{QStringLiteral("hostname"), QString::fromLatin1(m_host)},
                             {QStringLiteral("service"), QString::fromLatin1(m_service)},
                             {QStringLiteral("zone_id"), m_zone}};
    const auto reply = m_rest.send("PUT", m_domains, Cancel(),
                                   QJsonDocument(wanted).toJson(QJsonDocument::Compact));
    const auto answer = envelope(reply, WorkersEdit);
    if (answer)
        return {};
    if (reply && hasCode(*reply, HostHasRecords))
        return failed(
                Error::Kind::Refused,
                QStringLiteral("%1 has records that were not in the plan; look at the new plan")
                        .arg(printable(m_host)),
                answer.error().detail);
    if (reply && hasCode(*reply, HostOfAnotherWorker))
        return failed(Error::Kind::Refused,
                      QStringLiteral("another Worker answers for %1").arg(printable(m_host)),
                      answer.error().detail);
    if (isNo(answer.error()))
        return tl::unexpected(answer.error());
    const auto now = domain();
    if (!now)
        return tl::unexpected(answer.error()); // not known, so nothing is put back either
    if (now->service == m_service)
        return {};
    return failed(Error::Kind::Refused, answer.error().what, answer.error().detail);
}

Result<void> HostedName::putBack(const QList<ZoneRecord> &records)
{
    QJsonArray posts;
    for (const ZoneRecord &record : records) {
        if (const auto object = recordAsItWas(record))
            posts.append(*object);
    }
    if (posts.isEmpty())
        return {};
    const auto done = batch("posts", posts);
    if (done)
        return done;
    const auto now = inTheWay(); // sent already, or by somebody else meanwhile
    return now && now->size() == records.size() ? Result<void>() : done;
}

Result<void> HostedName::batch(const char *what, const QJsonArray &operations)
{
    const QByteArray body = QJsonDocument(QJsonObject{{QLatin1String(what), operations}})
                                    .toJson(QJsonDocument::Compact);
    const auto answer = envelope(
            m_rest.send("POST", m_records + QLatin1String("/batch"), Cancel(), body), DnsEdit);
    if (!answer)
        return tl::unexpected(answer.error());
    return {};
}

/// Gone already is as good.
Result<void> HostedName::remove(const QString &path)
{
    const auto answer = envelope(m_rest.send("DELETE", path, Cancel()), WorkersEdit);
    if (answer || answer.error().kind == Error::Kind::NotFound)
        return {};
    return tl::unexpected(answer.error());
}

/// The name first: a Worker that is gone would leave it answering errors.
Result<void> HostedName::withdraw(const HostState &before, const Cancel &cancel)
{
    const auto now = look({}, cancel);
    if (!now)
        return tl::unexpected(now.error());
    if (now->content == HostState::Content::Foreign || now->isTaken())
        return changed();
    if (now->attachedTo == m_service) {
        const auto attached = domain();
        if (!attached)
            return tl::unexpected(attached.error());
        const auto done = remove(m_domains + QLatin1Char('/') + urlSegment(attached->id));
        const auto after = done ? Result<AttachedDomain>() : domain();
        if (!done && !(after && after->service.isEmpty()))
            return done;
    }
    if (now->content == HostState::Content::Ours) {
        const auto done = remove(m_script);
        const auto after = done ? Result<std::optional<QByteArray>>()
                                : contentFrom(m_rest.sendAll({askContent()}, Cancel()).first());
        if (!done && !(after && !*after))
            return done;
    }
    return now->inTheWay.isEmpty() ? putBack(before.inTheWay) : Result<void>();
}

} // namespace Cloudflare
