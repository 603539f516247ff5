// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A domain with two mail servers, for the tests of this room.

#include "deploy/deployment.h"

namespace Sample {

inline DomainName domain()
{
    return *DomainName::fromAscii("example.com");
}

inline QList<MxPattern> patterns(const QList<QByteArray> &texts)
{
    QList<MxPattern> list;
    for (const QByteArray &text : texts)
        list.append(*MxPattern::parse(text));
    return list;
}

inline Choices choices()
{
    Choices choices;
    choices.domain = domain();
    choices.mode = Policy::Mode::Testing;
    choices.mx = patterns({"mx1.example.com", "*.mail.example.net"});
    choices.maxAge = 86400;
    choices.reportTo = {"mailto:tlsrpt@example.org"};
    return choices;
}

inline QByteArray body()
{
    return "version: STSv1\r\nmode: testing\r\nmx: mx1.example.com\r\nmx: *.mail.example.net\r\n"
           "max_age: 86400\r\n";
}

inline QDateTime now()
{
    return {QDate(2026, 11, 24), QTime(10, 20, 30), Qt::UTC};
}

inline LiveState live()
{
    LiveState state;
    state.policyKnown = state.stsKnown = state.tlsRptKnown = true;
    state.policyBody = body();
    state.stsId = "old1";
    state.stsText = "v=STSv1; id=old1";
    state.tlsRptText = "v=TLSRPTv1;rua=mailto:tlsrpt@example.org";
    return state;
}

inline LiveState nothing()
{
    LiveState state;
    state.policyKnown = state.stsKnown = state.tlsRptKnown = true;
    return state;
}

} // namespace Sample
