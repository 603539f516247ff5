// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is left of a program that a test has run.

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

struct Ran
{
    int status = -1;
    QByteArray out, err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QByteArray told() const
    {
        return "status " + QByteArray::number(status) + '\n' + out + err;
    }
};

/// When the program has ended.
inline Ran ended(QProcess &process)
{
    Ran ran;
    if (process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit)
        ran.status = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}
