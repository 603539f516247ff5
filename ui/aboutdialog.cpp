// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "aboutdialog.h"

#include "dns/libraryversion.h"
#include "net/libraryversion.h"
#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QUrl>
#include <QVBoxLayout>

namespace {

constexpr char LicenceAddress[] = "https://www.gnu.org/licenses/gpl-3.0.html";

} // namespace

QString versionsText()
{
    const QStringList lines{
            QStringLiteral("MTA-STS Assistant ") + QCoreApplication::applicationVersion(),
            QStringLiteral("Qt ") + QString::fromLatin1(qVersion()), openSslVersion(),
            QStringLiteral("libunbound ") + unboundVersion(),
            QSysInfo::prettyProductName() + QLatin1Char(' ') + QSysInfo::currentCpuArchitecture()};
    return lines.join(QLatin1Char('\n'));
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("AboutDialog"));
    setWindowTitle(tr("About MTA-STS Assistant"));
    auto *title = plainLabel(tr("MTA-STS Assistant %1").arg(QCoreApplication::applicationVersion()),
                             this);
    title->setObjectName(QStringLiteral("titleLabel"));
    auto *what =
            plainLabel(tr("Sets up and checks MTA-STS, TLS-RPT and DANE for a mail domain."), this);
    what->setObjectName(QStringLiteral("purposeLabel"));
    auto *licence =
            plainLabel(tr("Free software under the GNU General Public License, version 3 or "
                          "later. It comes with no warranty. Copyright: the MTA-STS "
                          "Assistant contributors."),
                       this);
    licence->setObjectName(QStringLiteral("licenceLabel"));
    auto *versions = new QPlainTextEdit(versionsText(), this);
    versions->setObjectName(QStringLiteral("versionsView"));
    versions->setAccessibleName(tr("Versions"));
    versions->setReadOnly(true);
    versions->setTabChangesFocus(true);
    versions->setLayoutDirection(Qt::LeftToRight);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *close = buttons->button(QDialogButtonBox::Close);
    close->setObjectName(QStringLiteral("closeButton"));
    auto *copy = buttons->addButton(tr("Cop&y versions"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyButton"));
    auto *read = buttons->addButton(tr("Read the &licence"), QDialogButtonBox::ActionRole);
    read->setObjectName(QStringLiteral("licenceButton"));
    read->setToolTip(QString::fromLatin1(LicenceAddress));
    auto *layout = new QVBoxLayout(this);
    for (QWidget *widget : {static_cast<QWidget *>(title), static_cast<QWidget *>(what),
                            static_cast<QWidget *>(licence), static_cast<QWidget *>(versions),
                            static_cast<QWidget *>(buttons)})
        layout->addWidget(widget);
    prepareForm(this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this,
            [] { QGuiApplication::clipboard()->setText(versionsText()); });
    connect(read, &QPushButton::clicked, this,
            [] { QDesktopServices::openUrl(QUrl(QString::fromLatin1(LicenceAddress))); });
    close->setFocus();
    // A dialog asks for the height of one width, and may get another: texts that wrap need theirs.
    const int width = sizeHint().width();
    resize(width, layout->totalHeightForWidth(width));
}
