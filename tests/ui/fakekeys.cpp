// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakekeys.h"

#include "fakes/testpki.h"

#include <QHash>
#include <QMutex>

namespace {

struct Fake
{
    QByteArray leaf;
    QList<Certificate> chain;
};

Fake fakeOf(const QByteArray &host)
{
    static QMutex mutex;
    static const TestPki pki;
    static QHash<QByteArray, Fake> made;
    const QMutexLocker lock(&mutex);
    const auto found = made.constFind(host);
    if (found != made.constEnd())
        return *found;
    const TestIdentity leaf = pki.leaf(QList<QByteArray>{host});
    return *made.insert(host, {leaf.certificate, certificatesFromPem(pki.chain(leaf))});
}

} // namespace

QList<Certificate> fakeChain(const QByteArray &host)
{
    return fakeOf(host).chain;
}

QByteArray fakeCertificateFile(const QByteArray &host)
{
    return fakeOf(host).leaf;
}
