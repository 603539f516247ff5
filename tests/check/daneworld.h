// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A domain whose two mail servers have real certificates, which DANE needs.

#include "fakes/fakedoors.h"
#include "fakes/testpki.h"
#include "net/dane.h"

inline const QString Mx1 = QStringLiteral("192.0.2.1");
inline const QString Mx2 = QStringLiteral("192.0.2.2");
inline const QByteArray Tlsa1 = "_25._tcp.mx1.shop.example";
inline const QByteArray Tlsa2 = "_25._tcp.mx2.shop.example";

struct DaneWorld : FakeWorld
{
    DaneWorld()
    {
        const TestPki pki;
        for (const auto &[address, name] :
             {std::pair(Mx1, QByteArray("mx1.shop.example")), {Mx2, "mx2.shop.example"}}) {
            const TestIdentity leaf = pki.leaf(QList<QByteArray>{name});
            smtp.facts[address].tls.chain = certificatesFromPem(pki.chain(leaf));
        }
    }
    [[nodiscard]] const Certificate &leaf(const QString &address)
    {
        return smtp.facts[address].tls.chain.first();
    }
    void publishBoth()
    {
        dns.tlsa(Tlsa1, {{3, 1, 1, tlsaData(leaf(Mx1), 1, 1)}});
        dns.tlsa(Tlsa2, {{3, 1, 1, tlsaData(leaf(Mx2), 1, 1)}});
    }
};
