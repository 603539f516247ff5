// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reviewpage.h"

#include "deploy/bundle.h"
#include "previewitem.h"
#include "session.h"
#include "texts.h"
#include "ui_reviewpage.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

ReviewPage::ReviewPage(Session &session, QSettings &settings, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ReviewPage>())
    , m_session(session)
    , m_settings(settings)
{
    ui->setupUi(this);
    connect(ui->copyAllButton, &QPushButton::clicked, this, &ReviewPage::copyAll);
    connect(ui->banner, &Banner::acted, this, &ReviewPage::refresh);
    for (const auto signal : {&Session::surveyed, &Session::judged, &Session::lookStarted,
                              &Session::lookEnded, &Session::choicesChanged})
        connect(&session, signal, this, [this] {
            if (isVisible())
                showPreview();
        });
}

ReviewPage::~ReviewPage() = default;

void ReviewPage::enter()
{
    ui->statusLabel->clear();
    showPreview();
}

AssistantPage::State ReviewPage::state() const
{
    return m_session.isLooking() && !isComparable(m_session.survey()) ? State::Loading
                                                                      : State::Ready;
}

QString ReviewPage::reason() const
{
    return state() == State::Loading ? tr("Comparing with what is live…") : QString();
}

void ReviewPage::refresh()
{
    m_session.look();
}

QWidget *ReviewPage::firstField()
{
    return ui->copyAllButton;
}

void ReviewPage::showPreview()
{
    const QList<PreviewPart> parts = previewParts(m_session.survey(), m_session.wanted());
    const int changes = int(std::count_if(parts.begin(), parts.end(), [](const PreviewPart &part) {
        return part.kind != PreviewPart::Kind::Keep;
    }));
    const QString domain = isolated(m_session.domain().display());
    ui->titleLabel->setText(
            changes == 0 ? tr("Everything at %1 is already as you want it").arg(domain)
                         : tr("Preview: %n change(s) for %1", nullptr, changes).arg(domain));
    showParts(parts);
    showBanner(parts);
    ui->adviceList->show(advice(m_session.choices(), m_session.survey(), m_session.report(),
                                AdviceAbout::Everything));
    Q_EMIT changed();
}

void ReviewPage::showParts(const QList<PreviewPart> &parts)
{
    if (parts == m_parts)
        return;
    m_parts = parts;
    const auto old = findChildren<PreviewItem *>();
    qDeleteAll(old);
    QWidget *before = nullptr;
    for (int i = 0; i < parts.size(); ++i) {
        auto *item = new PreviewItem(parts.at(i), i + 1, this);
        connect(item, &PreviewItem::copied, this, &ReviewPage::tellCopied);
        ui->itemsLayout->addWidget(item);
        item->show();
        // Tab goes through the items before it reaches the buttons below them.
        const auto inside = item->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            if (!(widget->focusPolicy() & Qt::TabFocus))
                continue;
            if (before)
                setTabOrder(before, widget);
            before = widget;
        }
    }
    if (before)
        setTabOrder(before, ui->copyAllButton);
}

void ReviewPage::showBanner(const QList<PreviewPart> &parts)
{
    if (state() == State::Loading) {
        ui->banner->tell(Severity::Info, tr("Comparing with what is live…"));
        return;
    }
    const bool unknown = std::any_of(parts.begin(), parts.end(), [](const PreviewPart &part) {
        return part.kind == PreviewPart::Kind::NotCompared;
    });
    if (unknown)
        ui->banner->tell(
                Severity::Unknown,
                tr("Not everything could be compared with what is live now. You can go on; "
                   "look at what is there before you replace it."),
                tr("C&ompare again"));
    else
        ui->banner->clear();
}

void ReviewPage::copyAll()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(zoneText(m_session.wanted())));
    tellCopied();
}

void ReviewPage::tellCopied()
{
    ui->statusLabel->setText(tr("Copied."));
    announce(ui->statusLabel);
}
