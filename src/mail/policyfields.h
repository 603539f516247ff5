// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fields of a policy file, gathered line by line (used by readPolicy only).

#include "mail/policy.h"
#include "mail/policysyntax.h"

struct PolicyFields
{
    Policy policy;
    bool usable = true;
    bool grammarValid = true;
    IssueList issues;

    void readLine(const PolicyLine &line);
    /// Says what is missing; call once after the last line.
    void finish();
    /// No sender is sure to use the file: outside the grammar.
    void refuse(const QByteArray &id, const QStringList &values = {});

private:
    bool readCharacters(const PolicyLine &line);
    void readField(const PolicyLine &line, const QByteArray &name, const QByteArray &value);
    bool isFirst(std::optional<QByteArray> &seen, const QByteArray &name, const QByteArray &value);
    void readVersion(const QByteArray &value);
    void readMode(const QByteArray &value);
    void readMaxAge(const QByteArray &value);
    void readMx(const QByteArray &value);
    void readExtension(const PolicyLine &line, const QByteArray &name, const QByteArray &value);
    void noteMisspelling(const QByteArray &written, const QByteArray &right, bool isMissing);

    std::optional<QByteArray> m_version;
    std::optional<QByteArray> m_mode;
    std::optional<QByteArray> m_maxAge;
    bool m_hasMx = false;
    QByteArray m_firstName;
    bool m_hasFields = false;
};
