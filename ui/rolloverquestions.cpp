// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window for a change of keys asks: the next key, whether to give up, where the dates go.
#include "base/printable.h"
#include "rolloverdialog.h"
#include "texts.h"

#include <QComboBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

void RolloverDialog::askForNextKey()
{
    auto *dialog = new QFileDialog(this, tr("Certificate, request or public key of the next key"));
    dialog->setObjectName(QStringLiteral("keyFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RolloverDialog::start);
    dialog->open();
}

void RolloverDialog::askToForget()
{
    auto *box = new QMessageBox(
            QMessageBox::Question, tr("Give up the change of keys?"),
            tr("What is kept of the change of keys of %1 is forgotten, with its dates. Nothing is "
               "changed in the zone or at the server.")
                    .arg(printable(host(), 255)),
            QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("forgetBox"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(tr("&Forget it"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("forgetItButton"));
    connect(yes, &QPushButton::clicked, this, [this] {
        const Result<bool> done = forgetRollover(m_folder, host());
        start({});
        if (!done)
            tell(phrase(done.error()));
    });
    box->open();
}

void RolloverDialog::saveCalendar()
{
    auto *dialog = new QFileDialog(this, tr("Save the dates for a calendar"));
    dialog->setObjectName(QStringLiteral("calendarDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("ics"));
    dialog->selectFile(QString::fromLatin1(host()) + QStringLiteral(".ics"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!m_told || !m_told->kept)
            return;
        const auto written = writeRolloverCalendar(
                path, rolloverCalendar(*m_told->kept, m_told->dates, m_told->look.sight.at));
        tell(written ? tr("Saved. A calendar program can open this file.")
                     : phrase(written.error()));
    });
    dialog->open();
}
