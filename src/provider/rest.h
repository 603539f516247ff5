// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON over HTTPS to the API of a DNS service: the one place where a token meets the network. Qt's own
// TLS with full verification; no redirect is followed, no cookie kept (T-8, T-9).

#include "base/cancel.h"
#include "base/error.h"
#include "base/secret.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <memory>

struct RestReply
{
    int status = 0;
    QByteArray body;
    QByteArray link;             // the Link header (RFC 8288): where the next page is
    QByteArray contentType = {}; // as sent

    [[nodiscard]] bool isGood() const { return status >= 200 && status < 300; }
    /// The body as an object; empty when it is none.
    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
};

struct RestRequest
{
    QByteArray verb;
    QString path;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("application/json"); // of the body, if there is one
};

/// How the token is presented: "Authorization", "Bearer " or "X-API-Key", "".
struct RestCredential
{
    QByteArray header;
    QByteArray prefix;
    Secret token;
};

/// RFC 3986 2.1: whatever the text holds, it stays one segment of a path, or one value of a query.
[[nodiscard]] QString urlSegment(const QByteArray &text);

/// Why a reply that is not good is no answer. `said`: the service's own words in it, printable; empty when
/// it does not speak as the service does, and somebody else may have answered: then nothing is known.
[[nodiscard]] tl::unexpected<Error> refusal(const RestReply &reply, const QString &said);

/// Where a token may be sent: https anywhere, http to this computer only. Refused otherwise.
[[nodiscard]] Result<QUrl> apiAddress(const QString &text);

class Rest
{
public:
    /// `base`: from apiAddress(). Everything asked for is below its path.
    Rest(QUrl base, RestCredential credential);
    ~Rest();
    Rest(const Rest &) = delete;
    Rest &operator=(const Rest &) = delete;

    /// An answer of any status is a reply, but 429, after as many waits as the limits allow, and a
    /// redirect are Refused: with either, nothing was done. Network, Timeout, Cancelled: it may have been.
    /// A GET ends with `cancel`; what writes is waited for to its deadline.
    [[nodiscard]] Result<RestReply> send(const QByteArray &verb, const QString &path,
                                         const Cancel &cancel, const QByteArray &json = {})
    {
        return sendAll({{verb, path, json}}, cancel).first();
    }
    /// Requests that do not depend on each other, under way at the same time; a reply for each, in
    /// their order.
    [[nodiscard]] QList<Result<RestReply>> sendAll(const QList<RestRequest> &requests,
                                                   const Cancel &cancel);
    [[nodiscard]] Result<RestReply> get(const QString &path, const Cancel &cancel)
    {
        return send("GET", path, cancel);
    }

private:
    struct Private;
    std::unique_ptr<Private> d;
};
