// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing the policy file: RFC 8461 3.2, strict where senders differ.
#include "mail/policy.h"

#include "base/limits.h"
#include "base/printable.h"
#include "mail/policyfields.h"
#include "mail/policysyntax.h"

namespace {

constexpr auto ByteOrderMark = "\xef\xbb\xbf";

/// The whole body is something else; one sentence says what, instead of one for each line.
PolicyReading notAPolicy(const QByteArray &format, const QByteArray &body)
{
    PolicyReading reading;
    if (format == "STS-37.utf16") {
        reading.issues = {{format, Severity::Error, {}}};
        return reading;
    }
    const QList<PolicyLine> lines = policyLines(body);
    const auto bad = std::find_if(lines.begin(), lines.end(), [](const PolicyLine &line) {
        return !line.octets.contains(':') && !trimmedWsp(withoutFinalCr(line.octets)).isEmpty();
    });
    reading.issues = {{format, Severity::Error, {}}};
    const PolicyLine &line = bad == lines.end() ? lines.first() : *bad;
    reading.issues.append(
            {"STS-22", Severity::Error, {QString::number(line.number), printable(line.octets)}});
    return reading;
}

} // namespace

PolicyReading readPolicy(const QByteArray &body)
{
    PolicyReading reading;
    if (body.size() > Limits::PolicyBody) {
        reading.issues = {{"STS-55", Severity::Error, {QString::number(Limits::PolicyBody)}}};
        return reading;
    }
    if (body.isEmpty()) {
        reading.issues = {{"STS-27.empty", Severity::Error, {}}};
        return reading;
    }
    const bool isMarked = body.startsWith(ByteOrderMark);
    const QByteArray content = isMarked ? body.mid(3) : body;
    if (const QByteArray format = otherFormat(content); !format.isEmpty())
        return notAPolicy(format, content);

    PolicyFields fields;
    if (isMarked) // the mark becomes part of the first field's name for every sender
        fields.refuse("STS-37.mark");
    if (body.size() > Limits::PolicyBodyWarn)
        fields.issues.add("STS-43", Severity::Warning, {QString::number(body.size())});
    for (const PolicyLine &line : policyLines(content))
        fields.readLine(line);
    fields.finish();
    reading.grammarValid = fields.grammarValid;
    reading.issues = fields.issues.issues();
    if (fields.usable)
        reading.policy = fields.policy;
    return reading;
}

QByteArray writePolicy(const Policy &policy)
{
    QByteArray text = "version: STSv1\r\nmode: " + modeName(policy.mode) + "\r\n";
    for (const MxPattern &pattern : policy.mx)
        text += "mx: " + pattern.text() + "\r\n";
    text += "max_age: " + QByteArray::number(policy.maxAge) + "\r\n";
    return text;
}

QByteArray modeName(Policy::Mode mode)
{
    switch (mode) {
    case Policy::Mode::None:
        return "none";
    case Policy::Mode::Testing:
        return "testing";
    case Policy::Mode::Enforce:
        return "enforce";
    }
    return {};
}

std::optional<Policy::Mode> modeFromName(const QByteArray &name)
{
    for (const auto mode : {Policy::Mode::None, Policy::Mode::Testing, Policy::Mode::Enforce}) {
        if (name == modeName(mode)) // RFC 8461 3.2: %s literals, case-sensitive
            return mode;
    }
    return std::nullopt;
}
