// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "renewaldialog.h"

#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

QString stepsText(const QString &title, const QList<RenewalStep> &steps)
{
    if (steps.isEmpty())
        return {};
    QStringList lines{title};
    for (int i = 0; i < steps.size(); ++i) {
        const RenewalStep &step = steps.at(i);
        lines << QStringLiteral("%1. %2").arg(QLocale().toString(i + 1), step.text);
        if (!step.command.isEmpty())
            lines << QStringLiteral("    ") + QString::fromUtf8(step.command);
        if (!step.file.isEmpty())
            lines << RenewalDialog::tr("    in %1:").arg(step.file);
        const QStringList block = QString::fromUtf8(step.line).split(QLatin1Char('\n'));
        for (const QString &line : block) {
            if (!line.isEmpty())
                lines << QStringLiteral("    ") + line;
        }
    }
    return lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n");
}

} // namespace

QString renewalText(const RenewalAdvice &advice)
{
    QString text = advice.keepsKeyByDefault
                           ? RenewalDialog::tr("%1 keeps the key at each renewal by itself.")
                           : RenewalDialog::tr("%1 makes a new key at each renewal, unless it is "
                                               "told to keep it.");
    text = text.arg(advice.name) + QStringLiteral("\n\n");
    text += stepsText(RenewalDialog::tr("Keep the key:"), advice.keep);
    text += stepsText(RenewalDialog::tr("Check the records after each renewal:"), advice.hook);
    text += stepsText(RenewalDialog::tr("When the key is to change, in this order:"),
                      advice.change);
    for (const QString &caution : advice.cautions)
        text += RenewalDialog::tr("Mind: %1").arg(caution) + QLatin1Char('\n');
    if (!advice.cautions.isEmpty())
        text += QLatin1Char('\n');
    return text +
           RenewalDialog::tr("Read on %1 in %2.")
                   .arg(QLocale().toString(advice.checked, QLocale::ShortFormat), advice.source) +
           QLatin1Char('\n');
}

RenewalDialog::RenewalDialog(const QList<DomainName> &servers, QWidget *parent)
    : QDialog(parent)
    , m_servers(servers)
    , m_advice(renewalAdvice(servers.value(0)))
    , m_tools(new QComboBox)
    , m_text(new QPlainTextEdit)
    , m_message(plainLabel({}, this))
{
    setObjectName(QStringLiteral("RenewalDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Renewing certificates"));
    m_tools->setObjectName(QStringLiteral("toolCombo"));
    for (const RenewalAdvice &advice : m_advice)
        m_tools->addItem(advice.name);
    m_text->setObjectName(QStringLiteral("renewalEdit"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("What to do"));
    m_message->setObjectName(QStringLiteral("copiedLabel"));
    auto *label = plainLabel(tr("&Program that renews the certificate:"), this);
    label->setBuddy(m_tools);
    auto *copyText = new QPushButton(tr("&Copy"));
    copyText->setObjectName(QStringLiteral("copyRenewalButton"));
    auto *copyHook = new QPushButton(tr("Copy the &script"));
    copyHook->setObjectName(QStringLiteral("copyHookButton"));
    copyHook->setAccessibleDescription(
            tr("The script that is named above, with your mail servers filled in"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeButton"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_tools);
    layout->addWidget(m_text, 1);
    auto *row = new QHBoxLayout;
    row->addWidget(copyText);
    row->addWidget(copyHook);
    row->addWidget(m_message, 1);
    layout->addLayout(row);
    layout->addWidget(buttons);
    connect(m_tools, &QComboBox::currentIndexChanged, this, &RenewalDialog::showTool);
    connect(copyText, &QPushButton::clicked, this, [this] { copy(m_text->toPlainText()); });
    connect(copyHook, &QPushButton::clicked, this,
            [this] { copy(QString::fromUtf8(tlsaDeployHook(m_servers))); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    prepareForm(this);
    showTool(0);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().lineSpacing() * 28);
    m_tools->setFocus();
}

void RenewalDialog::showTool(int index)
{
    if (index >= 0 && index < m_advice.size())
        m_text->setPlainText(renewalText(m_advice.at(index)));
    m_message->clear();
}

void RenewalDialog::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    m_message->setText(tr("Copied."));
    announce(m_message);
}
