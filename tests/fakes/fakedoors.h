// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A whole world made of data: a domain whose every part is right, to be spoilt one part at a time.
//
//     FakeWorld world;                       // shop.example, mx1 and mx2, policy, reports, all signed
//     world.smtp.facts["192.0.2.1"].end = SmtpFacts::End::NoStartTls;
//     const Survey survey = world.look();

#include "fakes/fakeresolver.h"
#include "survey/look.h"
#include "survey/sharedhosts.h"

#include <QHash>

#include <atomic>
#include <mutex>

class FakeHttp : public PolicyHttp
{
public:
    QHash<QString, PolicyFetch> fetches; // by address; others do not connect
    bool hangs = false;                  // until cancelled
    [[nodiscard]] PolicyFetch fetch(const PolicyRequest &request, const Cancel &cancel) override;
};

class FakeSmtp : public Smtp
{
public:
    QHash<QString, SmtpFacts> facts; // by address; others do not connect
    bool hangs = false;
    QString hangsAt; // this address alone
    [[nodiscard]] SmtpFacts probe(const SmtpTarget &target, const Cancel &cancel,
                                  const TlsSeen &onTls = {}) override;
    [[nodiscard]] int probes(const QString &address) const;

private:
    mutable std::mutex m_mutex;
    QHash<QString, int> m_probes;
};

/// A certificate as a value, for judges; no octets behind it.
[[nodiscard]] Certificate fakeCertificate(const QStringList &names, const QDateTime &notAfter);
/// The facts of a server that does everything right.
[[nodiscard]] SmtpFacts goodServer(const QString &name);

struct FakeWorld
{
    FakeWorld();
    void setPolicy(const QByteArray &body);
    [[nodiscard]] Doors doors();
    [[nodiscard]] Survey look(const Cancel &cancel = {},
                              const std::function<void(const Survey &)> &onProgress = {});

    DomainName domain = *DomainName::fromAscii("shop.example");
    FakeResolver dns;
    FakeHttp http;
    FakeSmtp smtp;
    SharedHosts shared;
    LookOptions options; // allowPrivate, because test addresses are documentation addresses
};
