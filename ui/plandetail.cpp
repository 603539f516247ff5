// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plandetail.h"

#include "base/printable.h"
#include "deploy/bundle.h"
#include "deploy/linedifference.h"
#include "dns/presentation.h"
#include "hostingwords.h"
#include "mail/passedon.h"
#include "textcolours.h"
#include "texts.h"
#include "ui_plandetail.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QSettings>
#include <QSignalBlocker>

namespace {

const auto FullNamesKey = QLatin1String("review/fullNames");
const auto QuotesKey = QLatin1String("review/quotes");
enum Tab { DifferenceTab, PolicyTab, ZoneTab };

QString differenceText(const PlanPart &part)
{
    QStringList lines;
    for (const LineChange &change : lineDifferences(part.before, part.after)) {
        QString sign = QStringLiteral("  ");
        if (change.kind == LineChange::Kind::Added)
            sign = QStringLiteral("+ ");
        else if (change.kind == LineChange::Kind::Removed)
            sign = QChar(0x2212) + QStringLiteral(" ");
        lines << sign + printable(change.line);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

PlanDetail::PlanDetail(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::PlanDetail>())
{
    ui->setupUi(this);
    ui->textView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    ui->textView->setLayoutDirection(Qt::LeftToRight);
    m_colours = new TextColours(ui->textView->document(), TextColours::Language::Difference);
    for (const QString &title : {tr("Difference"), tr("Policy file"), tr("Zone file")})
        ui->viewTabs->addTab(title);
    connect(ui->viewTabs, &QTabBar::currentChanged, this, &PlanDetail::showText);
    for (QCheckBox *box : {ui->fullNamesCheck, ui->quotesCheck})
        connect(box, &QCheckBox::clicked, this, [this] {
            if (m_settings) {
                m_settings->setValue(FullNamesKey, ui->fullNamesCheck->isChecked());
                m_settings->setValue(QuotesKey, ui->quotesCheck->isChecked());
            }
            showCopies();
        });
    connect(ui->copyNameButton, &QPushButton::clicked, this,
            [this] { copy(panelName(*m_part.record, m_wanted.domain, form())); });
    connect(ui->copyValueButton, &QPushButton::clicked, this,
            [this] { copy(panelValue(*m_part.record, form())); });
    connect(ui->copyLineButton, &QPushButton::clicked, this,
            [this] { copy(zoneLine(*m_part.record)); });
    connect(ui->copyFileButton, &QPushButton::clicked, this, [this] { copy(m_wanted.policyText); });
    connect(ui->copyAllButton, &QPushButton::clicked, this, [this] { copy(zoneText(m_wanted)); });
}

PlanDetail::~PlanDetail() = default;

void PlanDetail::show(const PlanPart &part, const Deployment &wanted, PanelForm usual)
{
    m_part = part;
    m_wanted = wanted;
    m_usual = usual;
    QString why;
    if (part.host)
        why = hostRecordText(*part.host);
    else if (!part.reason.isEmpty())
        why = issueText({part.reason, Severity::Info, {}});
    if (part.raisedTtl)
        why = joined({why, tr("Its TTL is %1 seconds: this zone takes no shorter one.")
                                   .arg(locale().toString(*part.raisedTtl))});
    if (!passedOnDomain(part.after).isEmpty())
        why = tr("Whoever asks for the policy file gets what stands at this address: it is passed "
                 "on.");
    ui->whyLabel->setText(why);
    ui->whyLabel->setVisible(!why.isEmpty());
    ui->viewTabs->setTabVisible(PolicyTab, !wanted.isDelegated());
    showForm();
    showText();
    showCopies();
}

PanelForm PlanDetail::form() const
{
    return {ui->fullNamesCheck->isChecked(), ui->quotesCheck->isChecked()};
}

void PlanDetail::showForm()
{
    const auto kept = [this](QLatin1String key, bool usual) {
        return m_settings ? m_settings->value(key, usual).toBool() : usual;
    };
    ui->fullNamesCheck->setChecked(kept(FullNamesKey, m_usual.fullNames));
    ui->quotesCheck->setChecked(kept(QuotesKey, m_usual.quotes));
}

void PlanDetail::showText()
{
    QString text = differenceText(m_part);
    TextColours::Language language = TextColours::Language::Difference;
    if (ui->viewTabs->currentIndex() == PolicyTab) {
        text = QString::fromUtf8(m_wanted.policyText);
        text.remove(QLatin1Char('\r'));
        language = TextColours::Language::Policy;
    } else if (ui->viewTabs->currentIndex() == ZoneTab) {
        text = QString::fromUtf8(zoneText(m_wanted));
        language = TextColours::Language::Zone;
    }
    m_colours->setLanguage(language);
    if (ui->textView->toPlainText() != text)
        ui->textView->setPlainText(text);
}

void PlanDetail::showCopies()
{
    const bool isRecord = m_part.record.has_value();
    for (QWidget *widget : std::initializer_list<QWidget *>{ui->copyNameButton, ui->copyValueButton,
                                                            ui->copyLineButton, ui->fullNamesCheck})
        widget->setVisible(isRecord);
    ui->quotesCheck->setVisible(isRecord && m_part.record->type == RecordType::TXT);
    ui->copyFileButton->setVisible(m_part.what == PlanPart::What::File &&
                                   passedOnDomain(m_part.after).isEmpty());
    ui->panelLabel->setVisible(isRecord);
    if (isRecord)
        ui->panelLabel->setText(
                tr("To type into the panel: %1")
                        .arg(isolated(
                                printable(panelName(*m_part.record, m_wanted.domain, form())) +
                                QStringLiteral("  ") + m_part.type + QStringLiteral("  ") +
                                printable(panelValue(*m_part.record, form())))));
}

void PlanDetail::copy(const QByteArray &content)
{
    QString text = QString::fromUtf8(content);
    text.remove(
            QLatin1Char('\r')); // the clipboard's own line ends; the saved file has the right ones
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied();
}

QString PlanDetail::kindWord(PlanPart::Kind kind)
{
    switch (kind) {
    case PlanPart::Kind::Keep:
        return tr("Keep");
    case PlanPart::Kind::Create:
        return tr("Create");
    case PlanPart::Kind::Update:
        return tr("Update");
    case PlanPart::Kind::Delete:
        return tr("Delete");
    case PlanPart::Kind::NotCompared:
        break;
    }
    return tr("Not compared");
}

Severity PlanDetail::kindSeverity(PlanPart::Kind kind)
{
    switch (kind) {
    case PlanPart::Kind::Keep:
        return Severity::Ok;
    case PlanPart::Kind::Create:
    case PlanPart::Kind::Update:
        return Severity::Info;
    case PlanPart::Kind::Delete:
        return Severity::Warning;
    case PlanPart::Kind::NotCompared:
        break;
    }
    return Severity::Unknown;
}

QString PlanDetail::whatWord(const PlanPart &part)
{
    switch (part.what) {
    case PlanPart::What::HostRecord:
        return tr("Address of the policy host (%1)").arg(part.type);
    case PlanPart::What::File:
        return tr("Policy file");
    case PlanPart::What::Record:
        break;
    }
    return tr("%1 record").arg(part.type);
}
