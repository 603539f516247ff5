// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishquestions.h"

#include "texts.h"

#include <QCoreApplication>
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

QMessageBox *enforceQuestion(const Choices &choices, QWidget *parent)
{
    QMessageBox *box = question(
            "enforceDialog", PublishPage::tr("Switch to “Enforce”"),
            PublishPage::tr("Switch %1 to “Enforce”?").arg(isolated(choices.domain.display())),
            PublishPage::tr(
                    "From now on servers that honour MTA-STS will not deliver to you when TLS or "
                    "the certificate is wrong: mail is then late or lost. You can go back to "
                    "testing at any time; servers that looked up the policy may keep it for up to "
                    "%n day(s).",
                    nullptr, int(choices.maxAge / Day)),
            parent);
    box->setIcon(QMessageBox::Warning);
    answers(box, PublishPage::tr("Stay in &testing"), PublishPage::tr("&Switch to “Enforce”"));
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
