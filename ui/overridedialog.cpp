// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overridedialog.h"

#include "advicelist.h"
#include "plainlabel.h"
#include "texts.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

OverrideDialog::OverrideDialog(const DomainName &domain, const QList<Finding> &reasons,
                               QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("overrideDialog"));
    setWindowTitle(tr("Mail could be lost"));
    QLabel *why = plainLabel(tr("This is not safe now:"), this);
    auto *list = new AdviceList(this);
    list->tell(toldOf(reasons));
    QLabel *label = plainLabel(
            tr("To do it &all the same, type %1:").arg(isolated(domain.display())), this);
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QStringLiteral("overrideEdit"));
    label->setBuddy(edit);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *keep = buttons->addButton(tr("&Leave it as it is"), QDialogButtonBox::RejectRole);
    QPushButton *go = buttons->addButton(tr("&Do it all the same"), QDialogButtonBox::AcceptRole);
    keep->setObjectName(QStringLiteral("keepButton"));
    go->setObjectName(QStringLiteral("overrideButton"));
    keep->setDefault(true);
    go->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    for (QWidget *widget : std::initializer_list<QWidget *>{why, list, label, edit, buttons})
        layout->addWidget(widget);
    connect(edit, &QLineEdit::textChanged, this, [go, domain](const QString &text) {
        go->setEnabled(DomainName::parse(text).domain.ascii() == domain.ascii());
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    prepareForm(this);
    edit->setFocus();
}
