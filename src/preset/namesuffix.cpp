// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/namesuffix.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

namespace {

QList<QByteArray> labels(const QByteArray &name)
{
    QByteArray normal = name.toLower();
    if (normal.endsWith('.'))
        normal.chop(1);
    return normal.split('.');
}

bool labelFits(const QByteArray &label, const QByteArray &wanted)
{
    if (wanted.endsWith('*'))
        return label.size() >= wanted.size() && label.startsWith(wanted.chopped(1));
    return label == wanted;
}

} // namespace

bool endsWithLabels(const QByteArray &host, const QByteArray &suffix)
{
    const QList<QByteArray> have = labels(host);
    const QList<QByteArray> want = labels(suffix);
    if (suffix.isEmpty() || want.size() > have.size())
        return false;
    const qsizetype shift = have.size() - want.size();
    for (qsizetype i = 0; i < want.size(); ++i) {
        if (!labelFits(have.at(shift + i), want.at(i)))
            return false;
    }
    return true;
}

QJsonObject presetFile(const char *resource)
{
    QFile file{QString::fromLatin1(resource)};
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}
