// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/zonesigning.h"

#include "base/printable.h"

namespace {

constexpr quint8 Sha1 = 1, Sha256 = 2, Sha384 = 4; // RFC 8624 3.3

QList<DsRecord> ofType(const QList<DsRecord> &all, quint8 digestType)
{
    QList<DsRecord> some;
    for (const DsRecord &ds : all) {
        if (ds.digestType == digestType && !some.contains(ds))
            some.append(ds);
    }
    return some;
}

} // namespace

Result<QList<DsRecord>> dsForParent(const QByteArray &zone, const ZoneSigningState &state)
{
    QList<DsRecord> chosen;
    for (const SigningKey &one : state.keys) {
        for (const DsRecord &ds : one.ds) {
            if (ds.digestType != Sha1 && !fits(ds, zone, one.key))
                return failed(
                        Error::Kind::Refused,
                        QStringLiteral("a DS record that the service gives for %1 does not fit "
                                       "its key; do not enter it anywhere")
                                .arg(printable(zone)));
        }
        QList<DsRecord> best = ofType(one.ds, Sha256);
        if (best.isEmpty())
            best = ofType(one.ds, Sha384);
        if (best.isEmpty()) {
            if (const auto made = dsOf(zone, one.key, Sha256); made && fits(*made, zone, one.key))
                best.append(*made);
        }
        chosen += best;
    }
    return chosen;
}
