// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishquestions.h"

#include "publishwords.h"
#include "push/guard.h"
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace {

constexpr qint64 Day = 86400; // seconds

class PublishPage // the context of the texts
{
    Q_DECLARE_TR_FUNCTIONS(PublishPage)
};

QMessageBox *question(const char *name, const QString &title, const QString &text,
                      const QString &why, QWidget *parent)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QLatin1String(name));
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(title);
    box->setText(text);
    box->setInformativeText(why);
    return box;
}

void answers(QMessageBox *box, const QString &no, const QString &yes)
{
    QPushButton *reject = box->addButton(no, QMessageBox::RejectRole);
    box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(reject);
    box->setEscapeButton(reject);
}

} // namespace

QMessageBox *enforceQuestion(const Deployment &wanted, QWidget *parent)
{
    const bool isOurs = !wanted.isDelegated();
    const int days = int(wanted.policy.maxAge / Day);
    const QString why = isOurs ? PublishPage::tr("From now on servers that honour MTA-STS will not "
                                                 "deliver to you when TLS or "
                                                 "the certificate is wrong: mail is then late or "
                                                 "lost. You can go back to "
                                                 "testing at any time; servers that looked up the "
                                                 "policy may keep it for up to "
                                                 "%n day(s).",
                                                 nullptr, days)
                               : PublishPage::tr("The policy of your mail provider says so. From "
                                                 "now on servers that honour "
                                                 "MTA-STS will not deliver to you when TLS or the "
                                                 "certificate of the provider is "
                                                 "wrong. Servers that looked up the policy may "
                                                 "keep it for up to %n day(s).",
                                                 nullptr, days);
    QMessageBox *box = question(
            "enforceDialog", PublishPage::tr("Switch to “Enforce”"),
            PublishPage::tr("Switch %1 to “Enforce”?").arg(isolated(wanted.domain.display())), why,
            parent);
    box->setIcon(QMessageBox::Warning);
    answers(box, isOurs ? PublishPage::tr("Stay in &testing") : PublishPage::tr("Do &not publish"),
            PublishPage::tr("&Switch to “Enforce”"));
    return box;
}

QMessageBox *removeQuestion(const KeptDomain &kept, const QDateTime &now, QWidget *parent)
{
    const QString domain = isolated(kept.domain.display());
    const QDateTime &until = kept.cachedUntil;
    const bool isOff = kept.lastCheck && kept.lastCheck->sts == Report::Sts::None;
    const bool isHeld = until.isValid() && until > now;
    const QString day = QLocale().toString(firstFreeDay(until), QLocale::LongFormat);
    QString why;
    if (isOff && isHeld)
        why = waitWords({Removal::Step::Wait, until}).text;
    else if (isOff && kept.wasOn)
        why = PublishPage::tr("All servers have forgotten the old policy. Record and file can be "
                              "deleted; you see every change before it is made.");
    else if (isOff || !isHeld)
        why = PublishPage::tr("This takes two steps, because other servers remember the policy "
                              "for as long as it said. First the policy is switched to “none”; "
                              "record and file are deleted when everybody has forgotten it.");
    else
        why = PublishPage::tr("This takes two steps, %n day(s) apart, because other servers "
                              "remember the policy that long. Now the policy is switched to "
                              "“none”; on %1 record and file can be deleted. The list of your "
                              "domains will say so.",
                              nullptr, int(now.date().daysTo(firstFreeDay(until))))
                      .arg(day);
    QMessageBox *box =
            question("removeDialog", PublishPage::tr("Remove MTA-STS"),
                     PublishPage::tr("Remove MTA-STS from %1?").arg(domain), why, parent);
    answers(box, PublishPage::tr("&Keep it"),
            isOff ? PublishPage::tr("&Show what goes…") : PublishPage::tr("&Start removing…"));
    return box;
}

QMessageBox *stopQuestion(QWidget *parent)
{
    QMessageBox *box = question(
            "stopDialog", PublishPage::tr("Stop publishing"),
            PublishPage::tr("Stop after this step?"),
            PublishPage::tr("What is done stays; you can go on or undo it afterwards."), parent);
    answers(box, PublishPage::tr("&Go on"), PublishPage::tr("&Stop after this step"));
    return box;
}

QMessageBox *forgetTokenQuestion(const QString &service, QWidget *parent)
{
    QMessageBox *box =
            question("forgetTokenDialog", PublishPage::tr("Forget a token"),
                     PublishPage::tr("Forget the token of %1?").arg(isolated(service)),
                     PublishPage::tr("To publish there again you need it, or a new one."), parent);
    answers(box, PublishPage::tr("&Keep it"), PublishPage::tr("&Forget it"));
    return box;
}
