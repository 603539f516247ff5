// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "danepage.h"

#include "base/printable.h"
#include "dane/keysourcefile.h"
#include "dnssecdialog.h"
#include "publisher.h"
#include "renewaldialog.h"
#include "rolloverdialog.h"
#include "session.h"
#include "texts.h"
#include "ui_danepage.h"

#include <QFileDialog>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>

namespace {

using Runner = ServerDane::Runner;

bool isOurs(const ServerDane &server)
{
    return server.runner != Runner::Provider;
}

QStringList namesOf(const QList<ServerDane> &servers, bool (*isWanted)(const ServerDane &))
{
    QStringList names;
    for (const ServerDane &server : servers) {
        if (isWanted(server))
            names << isolated(printable(server.host, 255));
    }
    return names;
}

bool isRefused(const ServerDane &server)
{
    return server.senders == DaneResult::Fail || server.senders == DaneResult::Unreachable;
}

bool isOpen(const ServerDane &server)
{
    return server.senders != DaneResult::Authenticated;
}

} // namespace

DanePage::DanePage(Session &session, const Publisher &publisher, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::DanePage>())
    , m_session(session)
    , m_publisher(publisher)
{
    ui->setupUi(this);
    for (const auto signal : {&Session::judged, &Session::lookEnded, &Session::choicesChanged})
        connect(&session, signal, this, [this] {
            if (isVisible())
                showAll();
        });
    connect(&session, &Session::domainChanged, this, [this] {
        m_keys = {};
        m_look.forget();
        ui->recordsBox->tell({});
    });
    connect(&session, &Session::lookStarted, this, [this] { m_look.forget(); });
    connect(&m_look, &KeyLook::changed, this, &DanePage::showAll);
    connect(ui->recordsBox, &DaneRecordsBox::tickAsked, this, [this](int row, bool isOn) {
        m_session.setChoices(ticked(m_session.choices(), m_rows.rows.at(row), isOn));
    });
    connect(ui->recordsBox, &DaneRecordsBox::confirmed, this, [this](const QString &fingerprint) {
        m_keys.confirmed.insert(fingerprint);
        showAll();
        ui->recordsBox->firstField()->setFocus();
    });
    connect(ui->recordsBox, &DaneRecordsBox::filesAsked, this,
            [this] { askForFile(FileUse::Compare); });
    connect(ui->recordsBox, &DaneRecordsBox::nextKeyAsked, this,
            [this] { askForFile(FileUse::Next); });
    connect(ui->recordsBox, &DaneRecordsBox::lookAsked, this, [this] {
        m_look.forget();
        lookAtKeys();
        showAll();
    });
    connect(ui->recordsBox, &DaneRecordsBox::renewingAsked, this, &DanePage::openRenewing);
    connect(ui->recordsBox, &DaneRecordsBox::rolloverAsked, this, &DanePage::openRollover);
    connect(ui->banner, &Banner::acted, this, &DanePage::openDnssec);
    connect(&m_reader, &QFutureWatcherBase::finished, this, &DanePage::takeFile);
}

DanePage::~DanePage()
{
    m_reader.waitForFinished();
}

void DanePage::enter()
{
    ui->recordsBox->tell({});
    showAll();
}

AssistantPage::State DanePage::state() const
{
    return m_reader.isRunning() ? State::Loading : State::Ready;
}

QString DanePage::reason() const
{
    return m_reader.isRunning() ? tr("The file is being read.") : QString();
}

void DanePage::refresh()
{
    m_session.look();
}

QWidget *DanePage::firstField()
{
    return ui->recordsBox->isHidden() ? ui->serversView : ui->recordsBox->firstField();
}

const ServerDane *DanePage::server(const QByteArray &host) const
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&](const ServerDane &one) { return one.host == host; });
    return found == m_servers.end() ? nullptr : &*found;
}

void DanePage::showAll()
{
    m_servers = serverDane(m_session.survey());
    lookAtKeys();
    for (ServerDane &one : m_servers) {
        if (const LiveServerKeys *seen = m_look.seen(one.host))
            takeKeys(one, *seen);
    }
    ui->serversView->show(m_servers);
    showBanner();
    QList<LiveHostDane> others;
    for (const LiveHostDane &host : liveHostsDane(m_servers)) {
        if (!isOurs(*server(host.host)))
            others << host;
    }
    if (others.isEmpty())
        ui->providerBox->clear();
    else
        ui->providerBox->show(providerWord(m_session.domain(), others));
    showRecords();
    Q_EMIT changed();
}

/// Only where records would count, or stand already; nobody else's servers are asked twice.
void DanePage::lookAtKeys()
{
    if (m_session.isLooking())
        return; // the server may allow few connections at a time
    QList<QByteArray> hosts;
    for (const ServerDane &one : std::as_const(m_servers)) {
        if (isOurs(one) && one.isSigned())
            hosts << one.host;
    }
    m_look.look(m_session.engine().serverKeys, hosts);
    ui->recordsBox->setLooking(m_look.isLooking());
}

void DanePage::showBanner()
{
    const QStringList refused = namesOf(m_servers, isRefused);
    const bool isUnsigned =
            std::any_of(m_servers.begin(), m_servers.end(), [](const ServerDane &one) {
                return isOurs(one) && one.state == LiveHostDane::State::Unsigned;
            });
    if (m_session.isLooking())
        ui->banner->tell(Severity::Unknown, tr("Still looking at the mail servers."));
    else if (!refused.isEmpty())
        ui->banner->tell(Severity::Error,
                         tr("Senders that check DANE do not deliver now to: %1. Mend that first; "
                            "the check says what is wrong.")
                                 .arg(QLocale().createSeparatedList(refused)));
    else if (!m_servers.isEmpty() && namesOf(m_servers, isOpen).isEmpty())
        ui->banner->tell(Severity::Ok, tr("Senders that check DANE verify every mail server."));
    else if (isUnsigned)
        ui->banner->tell(
                Severity::Info,
                tr("The zone is not signed with DNSSEC, so TLSA records there would not "
                   "count. Sign it first: switch DNSSEC on at your DNS service, then give "
                   "the DS record that it shows to your registrar. MTA-STS works without."),
                tr("&DNSSEC…"));
    else
        ui->banner->clear();
}

void DanePage::showRecords()
{
    m_rows = daneRows(m_servers, m_keys, m_session.choices(), m_session.now());
    const bool hasOwn = std::any_of(m_servers.begin(), m_servers.end(), [](const ServerDane &one) {
        return isOurs(one) && one.isSigned();
    });
    ui->recordsBox->setVisible(hasOwn);
    ui->recordsBox->show(m_rows.rows);
    ui->recordsBox->setLooking(m_look.isLooking());
    QList<Told> told;
    for (const ServerDane &one : std::as_const(m_servers)) {
        if (one.wasLookedAt && !one.unseen.isEmpty())
            told << Told{Severity::Unknown,
                         tr("Not every key of %1 could be seen: %2. Give the certificates with "
                            "“Keys from files”, or run “mta-sts tlsa make” on the server.")
                                 .arg(isolated(printable(one.host, 255)),
                                      one.unseen.join(QStringLiteral("; ")))};
    }
    const Choices &choices = m_session.choices();
    if (!choices.tlsa.isEmpty())
        told << Told{Severity::Warning,
                     tr("From then on, change the TLSA record before the key of the certificate "
                        "changes, or mail from senders that check DANE stops.")};
    ui->adviceList->show(m_rows.issues, told);
}

void DanePage::askForFile(FileUse use)
{
    if (m_reader.isRunning())
        return;
    m_fileUse = use;
    m_fileFor = ui->recordsBox->currentServer();
    if (m_fileFor.isEmpty()) {
        for (const ServerDane &one : std::as_const(m_servers)) {
            if (m_fileFor.isEmpty() && isOurs(one) && one.isSigned())
                m_fileFor = one.host;
        }
    }
    auto *dialog = new QFileDialog(
            this, use == FileUse::Next ? tr("Certificate, request or public key of the next key")
                                       : tr("Certificate of %1").arg(printable(m_fileFor, 255)));
    dialog->setObjectName(QStringLiteral("keyFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.der *.csr *.pub)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_reader.setFuture(QtConcurrent::run([path] { return readKeySourceFile(path); }));
        Q_EMIT changed();
    });
    dialog->open();
}

void DanePage::takeFile()
{
    const Read read = m_reader.result();
    Q_EMIT changed();
    if (!read)
        ui->recordsBox->tell(phrase(read.error()));
    else if (m_fileUse == FileUse::Next)
        takeNext(*read);
    else
        compare(*read);
}

/// A file on this computer is no proof of what a server shows; but it comes from the user, so a key that
/// both have is confirmed.
void DanePage::compare(const KeySource &source)
{
    const ServerDane *of = server(m_fileFor);
    int same = 0;
    for (const SourceKey &key : source.keys) {
        for (const ServerDane &one : std::as_const(m_servers)) {
            for (const SourceKey &seen : one.keys) {
                if (seen.publicKey == key.publicKey) {
                    m_keys.confirmed.insert(seen.fingerprint);
                    ++same;
                }
            }
        }
    }
    if (same == 0 && of && !of->isComplete()) { // what could not be seen is taken from the file
        for (const SourceKey &key : source.keys) {
            m_keys.files[m_fileFor].append(key);
            m_keys.confirmed.insert(key.fingerprint);
        }
        ++same;
    }
    showAll();
    ui->recordsBox->tell(
            same > 0 ? tr("The key of the file is the one of the mail server: it is confirmed.")
                     : tr("No mail server shows the key of this file. For a key that is to come, "
                          "use “Next key”."));
}

void DanePage::takeNext(const KeySource &source)
{
    m_keys.next[m_fileFor] = source.keys;
    showAll();
    ui->recordsBox->tell(
            tr("Its record can be published beside the one in use. Change the certificate when "
               "two TTLs have passed since then."));
}

void DanePage::openRenewing()
{
    QList<DomainName> names;
    for (const ServerDane &one : std::as_const(m_servers)) {
        const auto name = DomainName::fromAscii(one.host);
        if (isOurs(one) && name)
            names << *name;
    }
    auto *dialog = new RenewalDialog(names, this);
    dialog->open();
}

/// Only where records stand already is there an order to keep; the window says so otherwise.
void DanePage::openRollover()
{
    QList<QByteArray> hosts;
    const QByteArray current = ui->recordsBox->currentServer();
    for (const ServerDane &one : std::as_const(m_servers)) {
        if (isOurs(one) && one.isSigned())
            hosts.insert(one.host == current ? 0 : hosts.size(), one.host);
    }
    auto *dialog = new RolloverDialog(hosts, m_session.engine().rolloverLook,
                                      m_publisher.rollovers(), this);
    dialog->open();
}

void DanePage::openDnssec()
{
    const DnssecDoors doors = m_publisher.dnssecDoors(m_session.domain().ascii());
    if (!doors.zoneAbove || !doors.delegation)
        return;
    auto *dialog = new DnssecDialog(doors, this);
    dialog->open();
}
