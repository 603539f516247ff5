// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverwords.h"

#include "base/printable.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

using Runner = ServerDane::Runner;
using State = LiveHostDane::State;

struct Page
{
    Q_DECLARE_TR_FUNCTIONS(DanePage)
};

QString zoneWord(State state)
{
    switch (state) {
    case State::Unsigned:
        return Page::tr("not signed");
    case State::NoTlsa:
    case State::Publishes:
        return Page::tr("signed");
    case State::Fails:
        return Page::tr("look-ups fail");
    case State::Unknown:
        break;
    }
    return Page::tr("not tested");
}

QString sendersWord(DaneResult result)
{
    switch (result) {
    case DaneResult::Authenticated:
        return Page::tr("deliver, and verify the server");
    case DaneResult::NotApplicable:
        return Page::tr("deliver, and verify nothing");
    case DaneResult::EncryptUnauthenticated:
        return Page::tr("deliver with TLS, and verify nothing");
    case DaneResult::Fail:
    case DaneResult::Unreachable:
        return Page::tr("do not deliver");
    case DaneResult::Unknown:
        break;
    }
    return Page::tr("not tested");
}

Severity severityOf(DaneResult result)
{
    switch (result) {
    case DaneResult::Authenticated:
        return Severity::Ok;
    case DaneResult::NotApplicable:
        return Severity::Info;
    case DaneResult::EncryptUnauthenticated:
        return Severity::Warning;
    case DaneResult::Fail:
    case DaneResult::Unreachable:
        return Severity::Error;
    case DaneResult::Unknown:
        break;
    }
    return Severity::Unknown;
}

QString runnerWord(const ServerDane &server)
{
    switch (server.runner) {
    case Runner::Own:
        return Page::tr("your domain");
    case Runner::Provider:
        return server.provider;
    case Runner::Elsewhere:
        break;
    }
    return Page::tr("another domain");
}

} // namespace

ServerWords wordsOf(const ServerDane &server)
{
    ServerWords words;
    words.host = printable(server.host, 255);
    words.runner = runnerWord(server);
    words.zone = zoneWord(server.state);
    words.records = !server.published             ? Page::tr("not tested")
                    : server.published->isEmpty() ? Page::tr("none")
                                                  : QLocale().toString(server.published->size());
    words.senders = sendersWord(server.senders);
    words.severity = severityOf(server.senders);
    return words;
}
