// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingsdialog.h"

#include "accountspane.h"
#include "help.h"
#include "language.h"
#include "testline.h"
#include "texts.h"
#include "ui_settingsdialog.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QSettings>
#include <QShortcut>
#include <QUrl>

namespace {

const QString RememberKey = QStringLiteral("privacy/rememberChecked");
constexpr QSize FirstSize(620, 520);

void say(QLabel *label, const QString &sentence)
{
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        announce(label);
}

} // namespace

SettingsDialog::SettingsDialog(QSettings &settings, QWidget *parent, const NetworkTests &tests)
    : QDialog(parent)
    , ui(std::make_unique<Ui::SettingsDialog>())
    , m_settings(settings)
    , m_tests(tests)
{
    ui->setupUi(this);
    prepareForm(this);
    resize(FirstSize);
    m_resolverTest = new TestLine(ui->testResolverButton, ui->resolverBanner, this);
    m_proxyTest = new TestLine(ui->testProxyButton, ui->proxyBanner, this);
    ui->buttonBox->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("okButton"));
    ui->buttonBox->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cancelButton"));
    ui->buttonBox->button(QDialogButtonBox::Help)->setObjectName(QStringLiteral("helpButton"));
    ui->buttonBox->button(QDialogButtonBox::RestoreDefaults)
            ->setObjectName(QStringLiteral("defaultsButton"));
    ui->timeoutSpin->setRange(NetworkSettings::LeastTimeoutS, NetworkSettings::LargestTimeoutS);
    ui->timeoutSpin->setSuffix(tr(" s", "seconds, after a number"));
    //: %1 is the name of that language
    ui->languageCombo->addItem(tr("As the system (%1)").arg(languageName(QLocale::system().name())),
                               QString());
    const QStringList codes = builtInLanguages();
    for (const QString &code : codes)
        ui->languageCombo->addItem(languageName(code), code);
    ui->languageCombo->setCurrentIndex(
            qMax(0, ui->languageCombo->findData(m_settings.value(LanguageKey).toString())));
    ui->rememberCheck->setChecked(m_settings.value(RememberKey, true).toBool());
    show(NetworkSettings::read(m_settings));
    setDataFolder({});
    connectFields();
    // A list that is searched by typing takes Ctrl+Tab for itself before the tabs hear of it.
    for (const auto &[key, step] :
         {std::pair(QKeySequence::NextChild, 1), {QKeySequence::PreviousChild, -1}}) {
        connect(new QShortcut(key, this), &QShortcut::activated, ui->tabs,
                [tabs = ui->tabs, step = step] {
                    tabs->setCurrentIndex((tabs->currentIndex() + step + tabs->count()) %
                                          tabs->count());
                });
    }
    // What is kept may have been written by hand: said at once, not when it first fails.
    using Field = NetworkSettings::Field;
    ui->tabs->setCurrentIndex(0);
    ui->languageCombo->setFocus();
    (void)sayProblems({Field::Resolvers, Field::TlsName, Field::Proxy, Field::CaFile});
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::connectFields()
{
    const auto onDns = [this] {
        say(ui->resolversProblemLabel, {});
        say(ui->tlsNameProblemLabel, {});
        m_resolverTest->forget();
        enableFields();
    };
    connect(ui->ownResolverRadio, &QRadioButton::toggled, this, onDns);
    connect(ui->tlsCheck, &QCheckBox::toggled, this, onDns);
    connect(ui->resolversEdit, &QLineEdit::textChanged, this, onDns);
    connect(ui->tlsNameEdit, &QLineEdit::textChanged, this, onDns);
    const auto onProxy = [this] {
        say(ui->proxyProblemLabel, {});
        m_proxyTest->forget();
        enableFields();
    };
    connect(ui->smtpCheck, &QCheckBox::toggled, this, onProxy);
    connect(ui->proxyEdit, &QLineEdit::textChanged, this, onProxy);
    connect(ui->caFileEdit, &QLineEdit::textChanged, this,
            [this] { say(ui->caFileProblemLabel, {}); });
    connect(ui->testResolverButton, &QPushButton::clicked, this, &SettingsDialog::testResolver);
    connect(ui->testProxyButton, &QPushButton::clicked, this, &SettingsDialog::testProxy);
    connect(ui->caFileButton, &QPushButton::clicked, this, &SettingsDialog::chooseCaFile);
    connect(ui->openFolderButton, &QPushButton::clicked, this, &SettingsDialog::openFolder);
    connect(ui->forgetAllButton, &QPushButton::clicked, this, &SettingsDialog::askToForget);
    connect(ui->buttonBox, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(ui->buttonBox, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    connect(ui->buttonBox, &QDialogButtonBox::helpRequested, this, [this] { showHelp(this); });
    connect(ui->buttonBox->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            &SettingsDialog::showDefaults);
    offerHelp(this);
}

void SettingsDialog::show(const NetworkSettings &network)
{
    ui->ownResolverRadio->setChecked(!network.resolvers.isEmpty());
    ui->systemResolverRadio->setChecked(network.resolvers.isEmpty());
    ui->resolversEdit->setText(network.resolvers.join(QStringLiteral(", ")));
    ui->tlsCheck->setChecked(!network.tlsName.isEmpty());
    ui->tlsNameEdit->setText(network.tlsName);
    ui->smtpCheck->setChecked(network.looksAtServers);
    ui->proxyEdit->setText(network.smtpProxy);
    ui->timeoutSpin->setValue(network.timeoutS);
    ui->caFileEdit->setText(network.caFile);
    enableFields();
}

void SettingsDialog::showDefaults()
{
    ui->languageCombo->setCurrentIndex(0);
    ui->rememberCheck->setChecked(true);
    show(NetworkSettings());
}

void SettingsDialog::enableFields()
{
    const bool own = ui->ownResolverRadio->isChecked();
    ui->resolversEdit->setEnabled(own);
    ui->tlsCheck->setEnabled(own);
    ui->tlsWhyLabel->setEnabled(own);
    ui->tlsNameEdit->setEnabled(own && ui->tlsCheck->isChecked());
    ui->tlsNameLabel->setEnabled(ui->tlsNameEdit->isEnabled());
    ui->proxyEdit->setEnabled(ui->smtpCheck->isChecked());
    ui->proxyLabel->setEnabled(ui->smtpCheck->isChecked());
    ui->testProxyButton->setEnabled(ui->smtpCheck->isChecked());
}

NetworkSettings SettingsDialog::typed() const
{
    NetworkSettings network;
    if (ui->ownResolverRadio->isChecked()) {
        network.resolvers = resolversFromText(ui->resolversEdit->text());
        if (ui->tlsCheck->isChecked())
            network.tlsName = ui->tlsNameEdit->text().trimmed();
    }
    network.looksAtServers = ui->smtpCheck->isChecked();
    network.smtpProxy = ui->proxyEdit->text().trimmed();
    network.caFile = ui->caFileEdit->text();
    network.timeoutS = ui->timeoutSpin->value();
    return network;
}

/// False, with the sentences under the fields and the first of them shown, when one can not be used.
bool SettingsDialog::sayProblems(const QList<NetworkSettings::Field> &fields)
{
    using Field = NetworkSettings::Field;
    struct Place
    {
        Field field;
        QWidget *edit;
        QLabel *label;
    };
    const QList<Place> places{
            {Field::Resolvers, ui->resolversEdit, ui->resolversProblemLabel},
            {Field::TlsName, ui->tlsNameEdit, ui->tlsNameProblemLabel},
            {Field::Proxy, ui->proxyEdit, ui->proxyProblemLabel},
            {Field::CaFile, ui->caFileEdit, ui->caFileProblemLabel},
    };
    QMap<Field, QString> problems = typed().problems();
    // These two are wrong as a choice, not as a value: chosen, and nothing written.
    const bool own = ui->ownResolverRadio->isChecked();
    if (own && resolversFromText(ui->resolversEdit->text()).isEmpty())
        problems[Field::Resolvers] = tr("Write the address of a name server, such as 192.0.2.53.");
    if (own && ui->tlsCheck->isChecked() && ui->tlsNameEdit->text().trimmed().isEmpty())
        problems[Field::TlsName] =
                tr("Write the name that stands in their certificate, such as "
                   "dns.example.net. Without it nobody can tell whose they are.");
    QWidget *first = nullptr;
    for (const Place &place : places) {
        if (!fields.contains(place.field))
            continue;
        say(place.label, problems.value(place.field));
        if (!first && problems.contains(place.field))
            first = place.edit;
    }
    if (!first)
        return true;
    for (int i = 0; i < ui->tabs->count(); ++i)
        if (ui->tabs->widget(i)->isAncestorOf(first))
            ui->tabs->setCurrentIndex(i);
    first->setFocus();
    return false;
}

void SettingsDialog::accept()
{
    using Field = NetworkSettings::Field;
    if (!sayProblems({Field::Resolvers, Field::TlsName, Field::Proxy, Field::CaFile}))
        return;
    typed().write(m_settings);
    const QString language = ui->languageCombo->currentData().toString();
    if (language.isEmpty())
        m_settings.remove(LanguageKey);
    else
        m_settings.setValue(LanguageKey, language);
    m_settings.setValue(RememberKey, ui->rememberCheck->isChecked());
    QDialog::accept();
}

void SettingsDialog::testResolver()
{
    using Field = NetworkSettings::Field;
    if (sayProblems({Field::Resolvers, Field::TlsName}))
        m_resolverTest->toggle(m_tests.resolver, optionsFrom(typed()));
}

void SettingsDialog::testProxy()
{
    using Field = NetworkSettings::Field;
    if (sayProblems({Field::Resolvers, Field::TlsName, Field::Proxy}))
        m_proxyTest->toggle(m_tests.proxy, optionsFrom(typed()));
}

void SettingsDialog::chooseCaFile()
{
    auto *dialog = new QFileDialog(this, tr("Certificates to trust"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, ui->caFileEdit, &QLineEdit::setText);
    dialog->open();
}

void SettingsDialog::setTokens(Tokens &tokens)
{
    auto *pane = new AccountsPane(tokens, ui->tabs);
    prepareForm(pane);
    ui->tabs->insertTab(ui->tabs->count() - 1, pane, tr("Accounts"));
}

void SettingsDialog::setDataFolder(const QString &folder)
{
    ui->folderEdit->setText(QDir::toNativeSeparators(folder));
    const QList<QWidget *> about{ui->folderLabel, ui->folderEdit, ui->openFolderButton,
                                 ui->forgetAllButton};
    for (QWidget *widget : about)
        widget->setVisible(!folder.isEmpty());
}

void SettingsDialog::openFolder()
{
    const QString folder = QDir::fromNativeSeparators(ui->folderEdit->text());
    if (!QDir(folder).exists())
        ui->privacyBanner->tell(Severity::Info,
                                tr("The folder is not there yet: nothing is kept so far."));
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        ui->privacyBanner->tell(Severity::Warning,
                                tr("No program of this computer could open the folder."));
}

void SettingsDialog::askToForget()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("forgetAllBox"));
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Forget all domains"));
    box->setText(tr("Forget all domains?"));
    box->setInformativeText(tr("What this computer remembers of them is deleted: choices, drafts, "
                               "last checks. Nothing changes in the DNS or at your hosts."));
    const QPushButton *forget = box->addButton(tr("&Forget all"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("&Keep them"), QMessageBox::RejectRole));
    connect(forget, &QPushButton::clicked, this, &SettingsDialog::forgetAllAsked);
    box->open();
}

void SettingsDialog::tellForgotten(Severity severity, const QString &sentence)
{
    ui->privacyBanner->tell(severity, sentence);
}
