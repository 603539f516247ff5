// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "startpage.h"

#include "base/printable.h"
#include "checkall.h"
#include "domainspane.h"
#include "keptdomains.h"
#include "texts.h"
#include "ui_startlinks.h"
#include "ui_startpage.h"

#include <QLineEdit>

StartPage::StartPage(KeptDomains &kept, CheckAll &checkAll, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::StartPage>())
    , m_kept(kept)
    , m_checkAll(checkAll)
    , m_settings(settings)
{
    ui->setupUi(this);
    prepareForm(this);
    ui->domainField->placeBeside(ui->checkButton);
    ui->domainField->placeBeside(ui->setupButton);
    connect(ui->checkButton, &QPushButton::clicked, this, &StartPage::check);
    connect(ui->domainField, &DomainField::confirmed, this, &StartPage::check);
    connect(ui->setupButton, &QPushButton::clicked, this, &StartPage::setUp);
    connectKept();
    if (m_kept.isLoaded())
        showDomains();
}

StartPage::~StartPage() = default;

void StartPage::connectKept()
{
    connect(&m_kept, &KeptDomains::loaded, this, &StartPage::tellLoaded);
    connect(&m_kept, &KeptDomains::changed, this, &StartPage::showDomains);
    connect(&m_kept, &KeptDomains::forgotten, this, [this](const DomainName &domain) {
        offerUndo(tr("%1 was forgotten on this computer. Nothing was changed in DNS.")
                          .arg(isolated(domain.display())));
    });
    connect(&m_kept, &KeptDomains::draftDiscarded, this, [this](const DomainName &domain) {
        offerUndo(tr("The draft for %1 was discarded. Nothing was changed in DNS.")
                          .arg(isolated(domain.display())));
    });
    connect(&m_kept, &KeptDomains::notWritten, this, &StartPage::tellNotWritten);
    connect(&m_kept, &KeptDomains::written, ui->banner, &Banner::clear);
    connect(ui->banner, &Banner::acted, &m_kept, &KeptDomains::retry);
    connect(ui->undoBanner, &Banner::acted, this, [this] {
        ui->undoBanner->clear();
        m_kept.undo();
    });
    connect(&m_checkAll, &CheckAll::ended, this, &StartPage::tellUnanswered);
}

void StartPage::setMenu(QMenu *menu)
{
    ui->menuButton->setMenu(menu);
}

void StartPage::hidePractice()
{
    m_offersPractice = false;
    if (m_emptyBox)
        m_links->practiceLink->hide();
}

void StartPage::show(const DomainName &domain, const QString &typed)
{
    if (!typed.isEmpty())
        ui->domainField->showTyped(typed);
    else if (!domain.isEmpty() && !ui->domainField->isTyped())
        ui->domainField->show(domain);
}

void StartPage::focusField()
{
    ui->domainField->setFocus();
    ui->domainField->edit()->selectAll();
}

void StartPage::enter()
{
    ui->undoBanner->clear();
    takeTime();
}

void StartPage::takeTime()
{
    if (m_pane)
        m_pane->refresh();
}

void StartPage::remember()
{
    if (m_pane)
        m_pane->remember();
}

void StartPage::check()
{
    if (const auto domain = ui->domainField->take())
        Q_EMIT checkAsked(*domain);
}

void StartPage::setUp()
{
    if (ui->domainField->edit()->text().trimmed().isEmpty())
        Q_EMIT setupAsked({});
    else if (const auto domain = ui->domainField->take())
        Q_EMIT setupAsked(*domain);
}

void StartPage::makeEmptyBox()
{
    m_emptyBox = new QWidget(this);
    m_links = std::make_unique<Ui::StartLinks>();
    m_links->setupUi(m_emptyBox);
    prepareForm(m_emptyBox);
    ui->pageLayout->insertWidget(ui->pageLayout->indexOf(ui->listLayout), m_emptyBox);
    m_links->practiceLink->setVisible(m_offersPractice);
    connect(m_links->checkLink, &QPushButton::clicked, this, &StartPage::check);
    connect(m_links->setupLink, &QPushButton::clicked, this, &StartPage::setUp);
    connect(m_links->practiceLink, &QPushButton::clicked, this, &StartPage::practiceAsked);
}

/// The list, or where there is nothing to list what can be done.
void StartPage::showDomains()
{
    const bool isEmpty = m_kept.all().isEmpty();
    if (isEmpty && !m_emptyBox)
        makeEmptyBox();
    if (m_emptyBox)
        m_emptyBox->setVisible(isEmpty);
    if (!isEmpty && !m_pane) {
        m_pane = new DomainsPane(m_kept, m_checkAll, m_settings, this);
        m_pane->setObjectName(QStringLiteral("domainsPane"));
        ui->listLayout->addWidget(m_pane);
        connect(m_pane, &DomainsPane::checkAsked, this, &StartPage::checkAsked);
        connect(m_pane, &DomainsPane::setupAsked, this, &StartPage::setupAsked);
        connect(m_pane, &DomainsPane::sendersAsked, this, &StartPage::sendersAsked);
        connect(m_pane, &DomainsPane::removalAsked, this, &StartPage::removalAsked);
        connect(m_pane, &DomainsPane::historyAsked, this, &StartPage::historyAsked);
        connect(m_pane, &DomainsPane::daneAsked, this, &StartPage::daneAsked);
    }
    if (m_pane)
        m_pane->setVisible(!isEmpty);
}

void StartPage::tellLoaded(const QStringList &setAside, const QList<Error> &errors)
{
    showDomains();
    int newer = 0;
    for (const KeptDomain &kept : m_kept.all())
        newer += kept.isFromNewer;
    QStringList sentences;
    if (!setAside.isEmpty())
        sentences << tr("%n file(s) of kept domains could not be understood and were set aside "
                        "under other names in %1; nothing was deleted.",
                        nullptr, int(setAside.size()))
                             .arg(isolated(printable(m_kept.folder())));
    if (!errors.isEmpty())
        sentences << tr("%n file(s) of kept domains could not be read: %1", nullptr,
                        int(errors.size()))
                             .arg(isolated(errors.constFirst().what));
    if (newer > 0)
        sentences << tr("%n domain(s) were kept by a newer version of this program. They are shown "
                        "as far as they are understood, and their files are left as they are.",
                        nullptr, newer);
    if (!sentences.isEmpty())
        ui->banner->tell(Severity::Warning, joined(sentences));
}

void StartPage::tellNotWritten(const DomainName &domain, const Error &error)
{
    ui->banner->tell(
            Severity::Warning,
            tr("What is remembered about %1 could not be written to the disk: %2. It stays "
               "in the program until it is closed. Make room, or allow writing in %3, and "
               "try again.")
                    .arg(isolated(domain.display()), isolated(phrase(error)),
                         isolated(printable(m_kept.folder()))),
            tr("&Try again"));
}

void StartPage::offerUndo(const QString &what)
{
    showDomains();
    if (!m_kept.canUndo()) // all were forgotten at once
        ui->undoBanner->clear();
    else
        ui->undoBanner->tell(Severity::Info, what, tr("Un&do"));
}

void StartPage::tellUnanswered(int count)
{
    if (count > 0)
        ui->banner->tell(
                Severity::Unknown,
                tr("%n domain(s) could not be checked, because no answer came. The earlier "
                   "results stay.",
                   nullptr, count));
}
