// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/trustjson.h"

#include "base/printable.h"
#include "check/trustwords.h"

#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace {

using Kind = TrustLink::Kind;
using State = TrustLink::State;

constexpr qsizetype MostChains = 500;
constexpr qsizetype MostLinks = 20;
constexpr int LongestName = 255;

constexpr Kind Kinds[] = {Kind::Root,     Kind::TopLevel, Kind::Zone, Kind::Mx,
                          Kind::HostZone, Kind::Address,  Kind::Tlsa, Kind::Certificate};
constexpr State States[] = {State::Unknown, State::Holds,  State::Unsigned,
                            State::Absent,  State::Broken, State::NotReached};

void writeLink(JsonWriter &json, const TrustLink &link)
{
    json.beginObject()
            .value("link", trustKindName(link.kind))
            .value("name", link.name)
            .value("state", trustStateName(link.state))
            .value("reason", link.why)
            .value("about", link.about)
            .value("text", trustSentence(link))
            .endObject();
}

QString textOf(const QJsonObject &json, QLatin1String member)
{
    return printable(json.value(member).toString(), LongestName);
}

std::optional<TrustLink> readLink(const QJsonObject &json)
{
    const QByteArray kind = json.value(QLatin1String("link")).toString().toUtf8();
    const QByteArray state = json.value(QLatin1String("state")).toString().toUtf8();
    const auto *const known = std::find_if(std::begin(Kinds), std::end(Kinds),
                                           [&](Kind one) { return trustKindName(one) == kind; });
    if (known == std::end(Kinds))
        return std::nullopt;
    TrustLink link;
    link.kind = *known;
    for (const State one : States) {
        if (trustStateName(one) == state)
            link.state = one;
    }
    link.name = textOf(json, QLatin1String("name"));
    link.why = json.value(QLatin1String("reason")).toString().toUtf8().left(40);
    link.about = textOf(json, QLatin1String("about"));
    return link;
}

} // namespace

QByteArray trustKindName(Kind kind)
{
    switch (kind) {
    case Kind::Root:
        return "root";
    case Kind::TopLevel:
        return "top-level";
    case Kind::Zone:
        return "zone";
    case Kind::Mx:
        return "mx";
    case Kind::HostZone:
        return "host-zone";
    case Kind::Address:
        return "address";
    case Kind::Tlsa:
        return "tlsa";
    case Kind::Certificate:
        break;
    }
    return "certificate";
}

QByteArray trustStateName(State state)
{
    switch (state) {
    case State::Holds:
        return "holds";
    case State::Unsigned:
        return "unsigned";
    case State::Absent:
        return "absent";
    case State::Broken:
        return "broken";
    case State::NotReached:
        return "not-reached";
    case State::Unknown:
        break;
    }
    return "unknown";
}

void writeTrust(JsonWriter &json, const QList<TrustChain> &chains)
{
    json.beginArray("trust");
    for (const TrustChain &chain : chains) {
        json.beginObject()
                .value("host", chain.host)
                .value("hasRecords", chain.hasRecords)
                .value("summary", trustSummary(chain))
                .beginArray("links");
        for (const TrustLink &link : chain.links)
            writeLink(json, link);
        json.endArray().endObject();
    }
    json.endArray();
}

QList<TrustChain> trustChains(const QJsonArray &json)
{
    QList<TrustChain> chains;
    for (qsizetype i = 0; i < std::min(json.size(), MostChains); ++i) {
        const QJsonObject object = json.at(i).toObject();
        const QJsonArray links = object.value(QLatin1String("links")).toArray();
        TrustChain chain;
        chain.host = textOf(object, QLatin1String("host"));
        chain.hasRecords = object.value(QLatin1String("hasRecords")).toBool();
        for (qsizetype l = 0; l < std::min(links.size(), MostLinks); ++l) {
            if (const auto link = readLink(links.at(l).toObject()))
                chain.links.append(*link);
        }
        if (chain.links.isEmpty())
            continue;
        const TrustLink &root = chain.links.first();
        if (root.kind != Kind::Root || root.state != State::Holds) {
            for (TrustLink &link : chain.links)
                link.state = State::Unknown;
        }
        chains.append(chain);
    }
    return chains;
}
