// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverpage.h"

#include "base/printable.h"
#include "deploy/deliverysteps.h"
#include "draft.h"
#include "savedwords.h"
#include "session.h"
#include "texts.h"
#include "ui_deliverpage.h"

#include <QDesktopServices>
#include <QDir>
#include <QUrl>

DeliverPage::DeliverPage(Session &session, QSettings &settings, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::DeliverPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->filesBox->remember(settings);
    connect(ui->filesBox, &FilesBox::folderChanged, this, &DeliverPage::forget);
    connect(ui->filesBox, &FilesBox::ended, this, &DeliverPage::saved);
    connect(ui->withoutButton, &QPushButton::clicked, this, [this] {
        m_isWithout = true;
        Q_EMIT nextAsked();
    });
    connect(ui->nextSteps, &NextSteps::ticked, this, [this](const QByteArray &code, bool done) {
        Choices choices = m_session.choices();
        choices.delivery.done.removeAll(code);
        if (done)
            choices.delivery.done.append(code);
        m_session.setChoices(choices);
    });
    for (const auto signal : {&Session::surveyed, &Session::lookEnded})
        connect(&session, signal, this, &DeliverPage::compare);
    connect(ui->banner, &Banner::acted, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(ui->filesBox->target())); });
}

DeliverPage::~DeliverPage() = default;

void DeliverPage::enter()
{
    ui->titleLabel->setText(
            tr("Save the files for %1").arg(isolated(m_session.domain().display())));
    forget();
}

AssistantPage::State DeliverPage::state() const
{
    if (m_session.isLooking() && !isComparable(m_session.survey()))
        return State::Loading;
    if (ui->filesBox->isWriting())
        return State::Loading;
    return ui->filesBox->hasFolder() ? State::Ready : State::Incomplete;
}

QString DeliverPage::reason() const
{
    if (ui->filesBox->isWriting())
        return tr("Saving…");
    if (state() == State::Loading)
        return tr("Comparing with what is live…");
    if (state() == State::Incomplete)
        return tr("Choose a folder.");
    return m_saved ? QString() : tr("Saves to %1").arg(shownTarget());
}

QString DeliverPage::nextText() const
{
    return m_saved ? tr("&Next") : tr("&Save files");
}

bool DeliverPage::goOn()
{
    if (m_isWithout)
        return true;
    if (!m_saved && state() == State::Ready) {
        ui->filesBox->save();
        Q_EMIT changed();
    }
    return m_saved;
}

bool DeliverPage::isBackOffered() const
{
    return !ui->filesBox->isWriting();
}

QWidget *DeliverPage::firstField()
{
    return ui->filesBox->firstField();
}

QString DeliverPage::shownTarget() const
{
    return printable(QDir::toNativeSeparators(ui->filesBox->target()));
}

/// Another folder, other files: what was said about saving is no longer true.
void DeliverPage::forget()
{
    m_saved = false;
    m_isWithout = false;
    if (state() != State::Loading) // the id of what is handed over is not to change any more
        m_session.setChoices(handedOver(m_session.choices(), m_session.wanted()));
    ui->filesBox->setFiles(wantedFiles(), bundleFolder(m_session.domain()));
    const Deployment wanted = m_session.wanted();
    ui->nextSteps->show(deliverySteps(wanted, liveState(m_session.survey())), wanted,
                        m_session.choices().delivery.done);
    ui->withoutButton->show();
    ui->banner->clear();
    Q_EMIT changed();
}

/// What is live may be known better now than when the page was opened.
void DeliverPage::compare()
{
    if (!isVisible() || m_saved || ui->filesBox->isWriting())
        return;
    if (wantedFiles() != ui->filesBox->files())
        forget();
    else
        Q_EMIT changed();
}

QList<BundleFile> DeliverPage::wantedFiles() const
{
    const Deployment wanted = m_session.wanted();
    return bundle(wanted, wanted.hosting == Hosting::Undecided ? std::nullopt
                                                               : std::optional(wanted.hosting));
}

void DeliverPage::saved()
{
    const SavedWords words = savedWords(ui->filesBox->result(), shownTarget());
    m_saved = words.severity == Severity::Ok;
    ui->withoutButton->setVisible(!m_saved);
    ui->banner->tell(words.severity, words.text, m_saved ? tr("&Open the folder") : QString());
    Q_EMIT changed();
}
