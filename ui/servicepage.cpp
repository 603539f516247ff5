// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicepage.h"

#include "banner.h"
#include "base/nocoredump.h"
#include "base/printable.h"
#include "deploy/hostingoptions.h"
#include "dns/record.h"
#include "dnssecdialog.h"
#include "publishwords.h"
#include "texts.h"
#include "ui_servicepage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalBlocker>

ServicePage::ServicePage(Session &session, Publisher &publisher, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ServicePage>())
    , m_session(session)
    , m_publisher(publisher)
{
    forbidCoreDumps(); // a token is typed here
    ui->setupUi(this);
    for (const ProviderInfo &info : providers())
        ui->serviceCombo->addItem(QString(), QByteArray(info.id));
    ui->serviceCombo->addItem(QString(), QByteArray());
    connect(ui->serviceCombo, &QComboBox::activated, this, [this] {
        m_isChosen = true;
        showService();
        forgetResult();
    });
    connect(ui->tokenCombo, &QComboBox::activated, this, [this] {
        showNew();
        forgetResult();
    });
    for (QLineEdit *edit : {ui->addressEdit, ui->secretEdit, ui->nameEdit})
        connect(edit, &QLineEdit::textEdited, this, &ServicePage::forgetResult);
    connect(ui->showButton, &QPushButton::toggled, this, [this](bool on) {
        ui->secretEdit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(ui->openPageButton, &QPushButton::clicked, this, [this] {
        if (const ProviderInfo *info = service(); info && info->secretLink)
            m_publisher.openTokenPage(info->secretLink(needsHost()));
    });
    connect(ui->copyPermissionsButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui->permissionLabel->text()); });
    connect(ui->testButton, &QPushButton::clicked, this, [this] {
        m_goesOn = false;
        if (m_publisher.phase() == Publisher::Phase::Testing)
            m_publisher.byHand(); // stops it
        else
            test();
    });
    connect(ui->dnssecButton, &QPushButton::clicked, this,
            [this] { openDnssec(m_publisher.dnssecDoors(m_session.domain().ascii()), this); });
    connect(ui->forgetButton, &QPushButton::clicked, this, [this] {
        if (const auto kept = keptAccount())
            m_publisher.tokens().forget(*kept);
    });
    connect(&publisher.tokens(), &Tokens::changed, this, [this] {
        if (isVisible() && m_publisher.phase() == Publisher::Phase::Idle)
            showTokens();
    });
    connect(&publisher, &Publisher::testEnded, this, &ServicePage::testEnded);
    connect(&publisher, &Publisher::changed, this, [this] {
        showDnssec();
        if (isVisible())
            showResult();
    });
    connect(&session, &Session::domainChanged, this, [this] { m_isChosen = false; });
    for (const auto signal : {&Session::surveyed, &Session::lookEnded})
        connect(&session, signal, this, [this] {
            if (isVisible())
                showRecognised();
        });
}

ServicePage::~ServicePage() = default;

void ServicePage::enter()
{
    m_goesOn = false;
    ui->titleLabel->setText(
            tr("Where does the DNS of %1 live?").arg(isolated(m_session.domain().display())));
    showRecognised();
    showService();
    showResult();
}

/// Nothing of a token stays in a field that nobody looks at.
void ServicePage::leave()
{
    m_goesOn = false;
    ui->secretEdit->clear();
    ui->showButton->setChecked(false);
    if (m_publisher.phase() == Publisher::Phase::Testing)
        m_publisher.byHand();
}

AssistantPage::State ServicePage::state() const
{
    if (!service()) // an undo is the service's to do
        return m_session.aim() == Session::Aim::Undo ? State::Incomplete : State::Ready;
    if (m_publisher.phase() == Publisher::Phase::Testing)
        return State::Loading;
    if (m_publisher.isReady())
        return State::Ready;
    const bool isTyped = keptAccount() || !ui->secretEdit->text().trimmed().isEmpty();
    return isTyped ? State::Ready : State::Incomplete;
}

QString ServicePage::reason() const
{
    if (state() == State::Loading)
        return tr("Testing…");
    if (!service() && state() == State::Incomplete)
        return tr("Choose the service where the change was made.");
    return state() == State::Incomplete ? tr("Paste the token, or choose to publish by hand.")
                                        : QString();
}

QString ServicePage::nextText() const
{
    return !service() || m_publisher.isReady() ? tr("&Next") : tr("Test a&nd continue");
}

bool ServicePage::goOn()
{
    if (!service()) {
        if (state() == State::Incomplete)
            return false;
        if (m_publisher.isReady())
            m_publisher.byHand();
        return true;
    }
    if (m_publisher.isReady())
        return true;
    if (state() == State::Ready) {
        m_goesOn = true;
        test();
    } else if (state() == State::Incomplete) {
        ui->secretEdit->setFocus();
    }
    return false;
}

QWidget *ServicePage::firstField()
{
    return ui->serviceCombo;
}

const ProviderInfo *ServicePage::service() const
{
    return providerInfo(ui->serviceCombo->currentData().toByteArray());
}

/// The token must be good for the policy host, too.
bool ServicePage::needsHost() const
{
    return m_session.aim() == Session::Aim::SetUp ? m_session.wanted().isWorker()
                                                  : service() && service()->isPolicyHost;
}

std::optional<Account> ServicePage::keptAccount() const
{
    const int row = ui->tokenCombo->currentIndex();
    return row >= 0 && row < m_accounts.size() ? std::optional(m_accounts.at(row)) : std::nullopt;
}

Account ServicePage::account() const
{
    if (const auto kept = keptAccount())
        return *kept;
    const bool hasAddress = service()->addressExample[0] != '\0';
    return {service()->id, hasAddress ? ui->addressEdit->text().trimmed() : QString(),
            ui->nameEdit->text().trimmed(), m_session.now()};
}

/// Until the user chooses, the service that the name servers belong to is chosen.
void ServicePage::showRecognised()
{
    const auto host = dnsHost(m_session.survey());
    const ProviderInfo *known = host ? providerInfo(host->id) : nullptr;
    for (int i = 0; i < ui->serviceCombo->count(); ++i) {
        const ProviderInfo *info = providerInfo(ui->serviceCombo->itemData(i).toByteArray());
        const QString name = info ? QString::fromLatin1(info->title) : QString();
        ui->serviceCombo->setItemText(i, !info           ? tr("By hand")
                                         : info == known ? tr("At %1 (recognised)").arg(name)
                                                         : tr("At %1").arg(name));
    }
    ui->recognisedLabel->setText(nameServerText(m_session.survey()));
    if (m_isChosen || m_publisher.isReady())
        return;
    const int row = known ? ui->serviceCombo->findData(QByteArray(known->id))
                          : ui->serviceCombo->count() - 1;
    if (row == ui->serviceCombo->currentIndex())
        return;
    ui->serviceCombo->setCurrentIndex(row);
    showService();
}

void ServicePage::showService()
{
    const ProviderInfo *info = service();
    ui->tokenBox->setVisible(info != nullptr);
    if (info) {
        const QString address = QString::fromLatin1(info->addressExample);
        ui->addressEdit->setPlaceholderText(address);
        ui->addressEdit->setVisible(!address.isEmpty());
        ui->addressLabel->setVisible(!address.isEmpty());
        ui->openPageButton->setVisible(info->secretLink != nullptr);
        ui->permissionLabel->setText(permissionText(*info, needsHost()));
        showTokens();
    }
    Q_EMIT changed();
}

void ServicePage::showTokens()
{
    const QSignalBlocker quiet(ui->tokenCombo);
    const std::optional<Account> before = keptAccount();
    m_accounts.clear();
    ui->tokenCombo->clear();
    for (const Account &one : m_publisher.tokens().accounts()) {
        if (!service() || one.provider != service()->id)
            continue;
        m_accounts.append(one);
        QStringList words;
        for (const QString &word : {one.label, one.address})
            if (!word.isEmpty())
                words << printable(word);
        const QString day =
                locale().toString(one.keptAt.toLocalTime().date(), QLocale::ShortFormat);
        words << (m_publisher.tokens().isOfThisRun(one) ? tr("until the program is closed")
                                                        : tr("kept on %1").arg(day));
        ui->tokenCombo->addItem(words.join(QStringLiteral(", ")));
    }
    ui->tokenCombo->addItem(tr("A new one"));
    const std::optional<Publisher::Tested> &tested = m_publisher.tested();
    int row = m_accounts.isEmpty() ? 0 : int(m_accounts.size()) - 1;
    for (int i = 0; i < m_accounts.size(); ++i)
        if ((tested && tested->facts && m_accounts.at(i).isFor(tested->account)) ||
            (before && m_accounts.at(i).isFor(*before)))
            row = i;
    ui->tokenCombo->setCurrentIndex(row);
    const bool isAnyKept = !m_accounts.isEmpty();
    ui->tokenCombo->setVisible(isAnyKept);
    ui->tokenLabel->setVisible(isAnyKept);
    showNew();
}

void ServicePage::showNew()
{
    const bool isNew = !keptAccount();
    ui->newBox->setVisible(isNew);
    ui->addressEdit->setEnabled(isNew);
    ui->forgetButton->setVisible(!isNew);
    showDnssec();
    Q_EMIT changed();
}

/// With a token that has opened the zone it can be switched on from here.
void ServicePage::showDnssec()
{
    ui->dnssecButton->setVisible(m_publisher.isReady() &&
                                 m_publisher.dnssecDoors(m_session.domain().ascii()).canLook());
}

/// What was said speaks of other fields.
void ServicePage::forgetResult()
{
    if (m_publisher.tested() || m_publisher.isReady())
        m_publisher.byHand();
    ui->banner->clear();
    Q_EMIT changed();
}

void ServicePage::test()
{
    if (state() != State::Ready)
        return;
    const auto keep = keptAccount()                    ? Publisher::Keep::AsItIs
                      : ui->keychainRadio->isChecked() ? Publisher::Keep::InKeyStore
                                                       : Publisher::Keep::ForThisRun;
    const Account wanted = account();
    Secret typed;
    if (!keptAccount())
        typed = pastedSecret(Secret(ui->secretEdit->text().toUtf8()));
    m_publisher.test(wanted, std::move(typed), keep);
}

void ServicePage::testEnded()
{
    if (!isVisible())
        return;
    if (m_publisher.isReady()) {
        ui->secretEdit->clear();
        showTokens();
    }
    showResult();
    if (std::exchange(m_goesOn, false) && m_publisher.isReady() && !m_publisher.tested()->notKept)
        Q_EMIT nextAsked();
}

void ServicePage::showResult()
{
    const bool isTesting = m_publisher.phase() == Publisher::Phase::Testing;
    ui->testButton->setText(isTesting ? tr("St&op") : tr("T&est the token"));
    if (isTesting)
        ui->banner->tell(Severity::Info, tr("Testing… If your key store asks for its password, a "
                                            "window of its own is open."));
    else if (const auto &tested = m_publisher.tested()) {
        const PublishWords words = tokenWords(*tested, m_session.domain(), locale());
        ui->banner->tell(words.severity, words.text);
    } else {
        ui->banner->clear();
    }
    Q_EMIT changed();
}
