// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/senderwords.h"

#include "base/printable.h"
#include "check/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

struct SenderWords
{
    Q_DECLARE_TR_FUNCTIONS(SenderWords)
};

QString namesOf(const QList<QByteArray> &hosts)
{
    constexpr qsizetype Most = 5;
    QStringList shown;
    for (const QByteArray &host : hosts.mid(0, Most))
        shown.append(printable(host));
    if (hosts.size() > Most)
        shown.append(QStringLiteral("…"));
    return shown.join(QStringLiteral(", "));
}

} // namespace

QString senderName(SenderKind kind)
{
    switch (kind) {
    case SenderKind::Gmail:
        return QStringLiteral("Gmail");
    case SenderKind::Microsoft365:
        return QStringLiteral("Microsoft 365");
    case SenderKind::PostfixMtaSts:
        return SenderWords::tr("Postfix with MTA-STS");
    case SenderKind::PostfixDane:
        return SenderWords::tr("Postfix with DANE");
    case SenderKind::Neither:
        break;
    }
    return SenderWords::tr("A sender that checks neither");
}

QString senderMethods(const SenderTraits &sender)
{
    const QString methods = sender.mtaSts && sender.dane
                                    ? SenderWords::tr("Checks MTA-STS and DANE.")
                            : sender.mtaSts ? SenderWords::tr("Checks MTA-STS.")
                            : sender.dane   ? SenderWords::tr("Checks DANE.")
                                            : SenderWords::tr("Uses TLS where it is offered.");
    if (!sender.asOf.isValid())
        return methods;
    //: %1 is one of the sentences above, %2 a month and a year
    return fillIn(SenderWords::tr("%1 As publicly known in %2."),
                  {methods, QLocale().toString(sender.asOf, QStringLiteral("MMMM yyyy"))});
}

QString deliverySentence(Handling delivery)
{
    switch (delivery) {
    case Handling::Verified:
        return SenderWords::tr("Delivers over verified TLS");
    case Handling::Encrypted:
        return SenderWords::tr("Delivers over TLS without verification");
    case Handling::Plain:
        return SenderWords::tr("Delivers without encryption");
    case Handling::Deferred:
        return SenderWords::tr("Does not deliver; mail waits");
    case Handling::NoMail:
        return SenderWords::tr("Returns the mail at once");
    case Handling::Unknown:
        break;
    }
    return SenderWords::tr("Not known");
}

QString stepSentence(Handling delivery)
{
    return delivery == Handling::Deferred
                   ? SenderWords::tr("Does not deliver here; tries the next server")
                   : deliverySentence(delivery);
}

QString outcomeSentence(const SenderOutcome &outcome)
{
    const QStringList hosts{namesOf(outcome.hosts)};
    switch (outcome.delivery) {
    case Handling::Verified:
        return fillIn(SenderWords::tr("Delivers over verified TLS to %1."), hosts);
    case Handling::Encrypted:
        return fillIn(
                SenderWords::tr("Delivers over TLS to %1, without verifying whose server it is."),
                hosts);
    case Handling::Plain:
        return fillIn(SenderWords::tr("Delivers to %1 without encryption."), hosts);
    case Handling::Deferred:
        return SenderWords::tr(
                "Does not deliver to any server. The mail waits and is tried again.");
    case Handling::NoMail:
        return SenderWords::tr("Returns the mail at once, because the domain receives none.");
    case Handling::Unknown:
        break;
    }
    switch (outcome.asFarAsSeen) {
    case Handling::Verified:
        return fillIn(
                SenderWords::tr(
                        "Not known for every address. Where it could be tested: verified TLS to "
                        "%1."),
                hosts);
    case Handling::Encrypted:
        return fillIn(
                SenderWords::tr(
                        "Not known for every address. Where it could be tested: TLS to %1, without "
                        "verification."),
                hosts);
    case Handling::Plain:
        return fillIn(
                SenderWords::tr(
                        "Not known for every address. Where it could be tested: to %1 without "
                        "encryption."),
                hosts);
    case Handling::Deferred:
        return SenderWords::tr(
                "Not known for every address. Where it could be tested, it does not deliver.");
    default:
        break;
    }
    return SenderWords::tr("Not known: something that decides could not be tested.");
}

QString outcomeMeaning(const SenderOutcome &outcome)
{
    switch (outcome.delivery) {
    case Handling::Encrypted:
        return SenderWords::tr("Mail arrives, but somebody on the way could read or redirect it.");
    case Handling::Plain:
        return SenderWords::tr("Mail arrives, and anybody on the way can read it.");
    case Handling::Deferred:
        return SenderWords::tr(
                "If nothing is mended, the mail is returned to its writer after some days; some "
                "senders give up after one.");
    case Handling::Unknown:
        return SenderWords::tr(
                "This says nothing good or bad. Mend what is named below, or check from another "
                "network.");
    case Handling::Verified:
    case Handling::NoMail:
        break;
    }
    return {};
}

QString cachedHeading(const QDateTime &until)
{
    return fillIn(SenderWords::tr("With a policy it may still hold, until %1 at the latest"),
                  {QLocale().toString(until.toLocalTime().date(), QLocale::LongFormat)});
}

QString cachedPolicyText(const SenderView &view)
{
    const Policy &policy = view.cached.policy;
    QList<QByteArray> names;
    for (const MxPattern &pattern : policy.mx)
        names.append(pattern.text());
    const QString mode = QString::fromLatin1(modeName(policy.mode));
    QString text = policy.mode == Policy::Mode::None
                           ? SenderWords::tr("That policy switches MTA-STS off (mode none).")
                           : fillIn(SenderWords::tr("That policy is in mode %1 and lists %2."),
                                    {mode, namesOf(names)});
    if (view.othersHeld > 0)
        text += QLatin1Char(' ') +
                SenderWords::tr("%n other earlier policy(s) may be held instead; this is the one "
                                "that does most harm.",
                                nullptr, view.othersHeld);
    return text;
}

Severity deliverySeverity(Handling delivery)
{
    switch (delivery) {
    case Handling::Verified:
        return Severity::Ok;
    case Handling::Encrypted:
        return Severity::Info;
    case Handling::NoMail:
        return Severity::Info;
    case Handling::Plain:
        return Severity::Warning;
    case Handling::Deferred:
        return Severity::Error;
    case Handling::Unknown:
        break;
    }
    return Severity::Unknown;
}

QString reasonText(const Issue &reason)
{
    return wordsFor(toFinding(reason, Group::Mx, {})).title;
}

QString reasonReference(const Issue &reason)
{
    return wordsFor(toFinding(reason, Group::Mx, {})).reference;
}
