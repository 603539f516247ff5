// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One request and its answer over plain HTTP/1.1 (RFC 9112), as a service of the practice internet speaks
// it on loopback; each connection carries one. Forms of several parts (RFC 7578) as far as they are used.

#include <QByteArray>
#include <QList>
#include <QSslSocket>
#include <QUrlQuery>

#include <functional>

struct HttpRequest
{
    QByteArray verb;        // as sent: "GET"
    QList<QByteArray> path; // its segments, decoded: "/zones/a%2Fb" is {"zones", "a/b"}
    QUrlQuery query;
    QByteArray authorization;
    QByteArray contentType;
    QByteArray body;
};

struct HttpReply
{
    int status = 200;
    QByteArray contentType;
    QByteArray body;
};

using HttpAnswer = std::function<HttpReply(const HttpRequest &)>;

/// Reads one request from a connection that has just begun, answers it, and ends the connection. What is
/// no request, or too long, is answered with 400, 413 or 431 and never handed on.
void answerHttp(QSslSocket &socket, const HttpAnswer &answer);

struct FormPart
{
    QByteArray name, contentType, body;
};
/// The parts of multipart/form-data; none where the type or the body is none of that.
[[nodiscard]] QList<FormPart> formParts(const QByteArray &contentType, const QByteArray &body);
/// The body of such a form; `boundary` stands in no part.
[[nodiscard]] QByteArray formBody(const QList<FormPart> &parts, const QByteArray &boundary);
