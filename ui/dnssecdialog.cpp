// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dnssecdialog.h"

#include "advicelist.h"
#include "banner.h"
#include "base/printable.h"
#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtConcurrentRun>
#include <QVBoxLayout>

namespace {

constexpr int AgainMs = 30000; // while the registrar is waited for

Severity severityOf(DelegationState state)
{
    switch (state) {
    case DelegationState::Proven:
        return Severity::Ok;
    case DelegationState::Dark:
    case DelegationState::Refused:
        return Severity::Error;
    case DelegationState::Unsigned:
    case DelegationState::NoDs:
    case DelegationState::Spreading:
    case DelegationState::Fits:
        return Severity::Info;
    case DelegationState::Unknown:
        break;
    }
    return Severity::Unknown;
}

QString stateText(const DnssecShown &shown)
{
    const QString zone = isolated(printable(shown.sight.zone));
    switch (shown.state) {
    case DelegationState::Proven:
        return DnssecDialog::tr("%1 is signed, and the proof holds up to the root.").arg(zone);
    case DelegationState::Dark:
        return DnssecDialog::tr("The DS record above %1 fits none of its keys: mail servers that "
                                "check DNSSEC cannot reach it at all.")
                .arg(zone);
    case DelegationState::Refused:
        return DnssecDialog::tr("%1 is signed, and a resolver that checks DNSSEC refuses it.")
                .arg(zone);
    case DelegationState::Unsigned:
        return DnssecDialog::tr("%1 is not signed.").arg(zone);
    case DelegationState::NoDs:
        return DnssecDialog::tr("%1 is signed, and the zone above does not say so yet.").arg(zone);
    case DelegationState::Spreading:
        return DnssecDialog::tr("The DS record of %1 is on its way: not every server above has it.")
                .arg(zone);
    case DelegationState::Fits:
        return DnssecDialog::tr("The DS record of %1 stands everywhere. Resolvers may need some "
                                "time to prove it.")
                .arg(zone);
    case DelegationState::Unknown:
        break;
    }
    return DnssecDialog::tr("How %1 is signed could not be seen.").arg(zone);
}

} // namespace

void openDnssec(const DnssecDoors &doors, QWidget *parent)
{
    if (doors.canLook())
        (new DnssecDialog(doors, parent))->open();
}

DnssecDialog::DnssecDialog(DnssecDoors doors, QWidget *parent)
    : QDialog(parent)
    , m_doors(std::move(doors))
    , m_banner(new Banner)
    , m_advice(new AdviceList)
    , m_steps(plainLabel({}, this))
    , m_message(plainLabel({}, this))
    , m_text(new QPlainTextEdit)
    , m_switch(new QPushButton(tr("&Switch DNSSEC on…")))
    , m_look(new QPushButton(tr("&Look again")))
    , m_copy(new QPushButton(tr("&Copy")))
    , m_close(nullptr)
{
    setObjectName(QStringLiteral("DnssecDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("DNSSEC of %1").arg(printable(m_doors.name, 255)));
    make();
    m_again.setSingleShot(true);
    m_again.setInterval(AgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] { start(DnssecDo::Look); });
    connect(m_look, &QPushButton::clicked, this, [this] { start(DnssecDo::Look); });
    connect(m_switch, &QPushButton::clicked, this, &DnssecDialog::askToSwitchOn);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text->toPlainText());
        tell(tr("Copied."));
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &DnssecDialog::take);
    start(DnssecDo::Look);
}

DnssecDialog::~DnssecDialog()
{
    m_cancel.cancel();
    m_watcher.waitForFinished();
}

void DnssecDialog::reject()
{
    if (m_isSwitching) // what was sent is not taken back by closing, and would be waited for
        tell(m_message->text());
    else
        QDialog::reject();
}

void DnssecDialog::make()
{
    m_banner->setObjectName(QStringLiteral("dnssecBanner"));
    m_steps->setObjectName(QStringLiteral("dnssecStepsLabel"));
    m_message->setObjectName(QStringLiteral("dnssecMessageLabel"));
    m_switch->setObjectName(QStringLiteral("switchOnButton"));
    m_look->setObjectName(QStringLiteral("lookDnssecButton"));
    m_copy->setObjectName(QStringLiteral("copyDsButton"));
    m_text->setObjectName(QStringLiteral("dsEdit"));
    m_text->setAccessibleName(tr("What the registrar has to know"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLayoutDirection(Qt::LeftToRight);
    auto *closing = new QDialogButtonBox(QDialogButtonBox::Close);
    m_close = closing->button(QDialogButtonBox::Close);
    m_close->setObjectName(QStringLiteral("closeButton"));
    connect(closing, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_banner);
    layout->addWidget(m_advice);
    layout->addWidget(m_steps);
    layout->addWidget(m_text, 1);
    auto *row = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_copy, m_switch, m_look})
        row->addWidget(widget);
    row->addWidget(m_message, 1);
    layout->addLayout(row);
    layout->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding));
    layout->addWidget(closing);
    prepareForm(this);
    const int letter = fontMetrics().averageCharWidth();
    resize(95 * letter, 60 * letter);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_steps, m_text, m_copy, m_switch})
        widget->hide();
}

void DnssecDialog::start(DnssecDo what)
{
    if (m_isLooking)
        return;
    m_isLooking = true;
    m_doing = what;
    m_again.stop();
    m_cancel = Cancel();
    if (!m_isSwitching)
        m_message->clear();
    m_look->setEnabled(false);
    m_switch->setEnabled(false);
    if (m_banner->text().isEmpty() || what == DnssecDo::SwitchOn)
        m_banner->tell(Severity::Unknown, tr("Asking the name servers of %1, and those above it.")
                                                  .arg(isolated(printable(m_doors.name, 255))));
    m_watcher.setFuture(QtConcurrent::run(
            [doors = m_doors, what, cancel = m_cancel] { return seeDnssec(doors, what, cancel); }));
}

void DnssecDialog::take()
{
    m_isLooking = false;
    const DnssecShown shown = m_watcher.result();
    if (m_isSwitching && m_doing == DnssecDo::Look) { // that look was cut short for it
        start(DnssecDo::SwitchOn);
        return;
    }
    m_isSwitching = false;
    for (QPushButton *button : {m_look, m_switch, m_close})
        button->setEnabled(true);
    m_message->clear();
    showFound(shown);
}

void DnssecDialog::showFound(const DnssecShown &shown)
{
    if (shown.error && shown.sight.zone.isEmpty())
        m_banner->tell(Severity::Error, phrase(*shown.error));
    else
        m_banner->tell(severityOf(shown.state), stateText(shown));
    m_advice->tell(toldOf(shown.findings));
    m_steps->setText(shown.steps.join(QLatin1Char('\n')));
    m_steps->setVisible(!shown.steps.isEmpty());
    const QString wish = wishText(shown.wish);
    if (m_text->toPlainText() != wish)
        m_text->setPlainText(wish);
    m_text->setVisible(!wish.isEmpty());
    m_copy->setVisible(!wish.isEmpty());
    m_switch->setVisible(shown.canSwitchOn);
    if (shown.error && !shown.sight.zone.isEmpty())
        tell(phrase(*shown.error));
    m_isOnItsWay = shown.state == DelegationState::NoDs ||
                   shown.state == DelegationState::Spreading ||
                   shown.state == DelegationState::Fits;
    if (m_isOnItsWay)
        m_again.start();
}

void DnssecDialog::askToSwitchOn()
{
    m_again.stop();
    auto *box = new QMessageBox(
            QMessageBox::Question, tr("Switch DNSSEC on?"),
            tr("%1 signs the zone from then on. Nothing changes for anybody before the DS record "
               "stands at the registrar; this window shows it when every name server has the key.")
                    .arg(QString::fromUtf8(m_doors.info ? m_doors.info->title : "")),
            QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("switchOnBox"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(tr("&Switch it on"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("switchItOnButton"));
    connect(yes, &QPushButton::clicked, this, &DnssecDialog::switchOn);
    connect(box, &QDialog::finished, this, [this] {
        if (m_isOnItsWay && !m_isLooking)
            m_again.start();
    });
    box->open();
}

void DnssecDialog::switchOn()
{
    m_isSwitching = true;
    m_close->setEnabled(false);
    tell(tr("It is being switched on; this takes a moment."));
    if (m_isLooking)
        m_cancel.cancel(); // take() goes on
    else
        start(DnssecDo::SwitchOn);
}

void DnssecDialog::tell(const QString &message)
{
    m_message->setText(message);
    announce(m_message);
}
