// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/nameserverlook.h"

#include "base/printable.h"

#include <algorithm>
#include <future>
#include <vector>

namespace {

void keep(const Result<QList<DnsRecord>> &records, ServerAnswers &answers)
{
    if (!records) {
        answers.sets.append(tl::unexpected(records.error()));
        answers.ttls.append(0);
        return;
    }
    QList<QByteArray> data;
    int ttl = 0;
    for (const DnsRecord &record : *records) {
        data.append(record.data);
        ttl = std::max(ttl, record.ttl);
    }
    answers.sets.append(data);
    answers.ttls.append(ttl);
}

} // namespace

QList<ServerAnswers> askEveryServer(const QList<NamedServer> &servers, const QList<AskedSet> &asked,
                                    const Cancel &cancel)
{
    std::vector<std::future<ServerAnswers>> pending;
    for (const NamedServer &server : servers)
        pending.push_back(std::async(std::launch::async, [&, server] {
            ServerAnswers answers{server, {}};
            for (const auto &[name, type] : asked)
                keep(askNameServerRecords(server.second, name, type, cancel), answers);
            return answers;
        }));
    QList<ServerAnswers> all;
    for (std::future<ServerAnswers> &one : pending)
        all.append(one.get());
    return all;
}

Result<QList<NamedServer>>
serversAbove(QByteArray name,
             const std::function<Result<QList<NamedServer>>(const QByteArray &)> &of)
{
    for (;;) {
        auto servers = of(name);
        const int dot = int(name.indexOf('.'));
        const bool goesOn = !servers && servers.error().kind == Error::Kind::NotFound && dot >= 0;
        if (!goesOn || !name.mid(dot + 1).contains('.'))
            return servers;
        name = name.mid(dot + 1);
    }
}

QString serverText(const NamedServer &server)
{
    return QStringLiteral("%1 (%2)").arg(printable(server.first), server.second.address.toString());
}
