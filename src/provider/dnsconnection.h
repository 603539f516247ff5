// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DNS messages to one name server and back, over TCP (RFC 7766): nothing is cut, nobody else answers.

#include "base/cancel.h"
#include "base/error.h"
#include "dns/unboundcontext.h"
#include "net/tcpstream.h"

#include <memory>

class DnsConnection
{
public:
    enum class Repeat {
        Never,   // an update: may have been done although no answer came
        Allowed, // a question: asked once more when the server has ended an idle connection
    };
    explicit DnsConnection(ServerAddress server);
    /// The octets of one message, and those of the answer. Connects when first needed.
    [[nodiscard]] Result<QByteArray> exchange(const QByteArray &message, Repeat repeat,
                                              const Cancel &cancel);

private:
    Result<QByteArray> carry(const QByteArray &message, const Cancel &cancel);
    Result<QByteArray> read(qsizetype octets, QDeadlineTimer deadline, const Cancel &cancel);

    ServerAddress m_server;
    std::unique_ptr<TcpStream> m_stream; // kept between questions
    QByteArray m_unread;
};
