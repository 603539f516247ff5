// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "danepage.h"

#include "base/printable.h"
#include "dane/sharedtlsa.h"
#include "dnssecdialog.h"
#include "publisher.h"
#include "renewaldialog.h"
#include "rolloverdialog.h"
#include "session.h"
#include "texts.h"
#include "ui_danepage.h"

#include <QLocale>

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
        ui->recordsBox->forget();
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
    connect(ui->recordsBox, &DaneRecordsBox::issuerChosen, this, [this](int chosen) {
        m_keys.issuer = chosen > 0 ? std::optional(chosen) : std::nullopt;
        showAll();
    });
    connect(ui->recordsBox, &DaneRecordsBox::filesAsked, this,
            [this] { askForFile(FileUse::Compare); });
    connect(ui->recordsBox, &DaneRecordsBox::nextKeyAsked, this,
            [this] { askForFile(FileUse::Next); });
    connect(ui->recordsBox, &DaneRecordsBox::lookAsked, this, [this] {
        m_look.forget();
        m_keys.files.clear();
        lookAtKeys();
        showAll();
    });
    connect(ui->recordsBox, &DaneRecordsBox::renewingAsked, this, &DanePage::openRenewing);
    connect(ui->recordsBox, &DaneRecordsBox::rolloverAsked, this, &DanePage::openRollover);
    connect(ui->banner, &Banner::acted, this,
            [this] { openDnssec(m_publisher.dnssecDoors(unsignedHost()), this); });
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
    return m_reader.isRunning()       ? State::Loading
           : !m_rows.errors.isEmpty() ? State::Incomplete
                                      : State::Ready;
}

QString DanePage::reason() const
{
    if (m_reader.isRunning())
        return tr("The file is being read.");
    return m_rows.errors.isEmpty()
                   ? QString()
                   : tr("With what is ticked, senders that check DANE would not deliver: see "
                        "below.");
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

/// One's own server in a zone that is not signed; empty: none.
QByteArray DanePage::unsignedHost() const
{
    for (const ServerDane &one : m_servers) {
        if (one.runner == Runner::Own && one.state == LiveHostDane::State::Unsigned)
            return one.host;
    }
    return {};
}

/// What stands above the certificates, of the longest chain that is shown.
QStringList DanePage::issuers() const
{
    QStringList names;
    for (const ServerDane &one : m_servers) {
        for (const SourceKey &key : one.keys) {
            for (qsizetype i = names.size() + 1; i < key.chain.size(); ++i)
                names << printable(key.chain.at(i).subject, 80);
        }
    }
    return names;
}

void DanePage::showBanner()
{
    const QStringList refused = namesOf(m_servers, isRefused);
    const QByteArray blank = unsignedHost();
    if (m_session.isLooking())
        ui->banner->tell(Severity::Unknown, tr("Still looking at the mail servers."));
    else if (!refused.isEmpty())
        ui->banner->tell(Severity::Error,
                         tr("Senders that check DANE do not deliver now to: %1. Mend that first; "
                            "the check says what is wrong.")
                                 .arg(QLocale().createSeparatedList(refused)));
    else if (!m_servers.isEmpty() && namesOf(m_servers, isOpen).isEmpty())
        ui->banner->tell(Severity::Ok, tr("Senders that check DANE verify every mail server."));
    else if (!blank.isEmpty())
        ui->banner->tell(
                Severity::Info,
                tr("The zone of %1 is not signed with DNSSEC, so TLSA records there would not "
                   "count. Sign it first: switch DNSSEC on at your DNS service, then give "
                   "the DS record that it shows to your registrar. MTA-STS works without.")
                        .arg(isolated(printable(blank, 255))),
                tr("&DNSSEC…"));
    else
        ui->banner->clear();
}

void DanePage::showRecords()
{
    const Choices kept = m_session.choices();
    m_rows = daneRows(m_servers, m_keys, kept, m_session.now());
    if (const Choices left = withoutStaleRemovals(kept, m_servers, m_rows); left != kept) {
        m_session.setChoices(left); // comes back here
        return;
    }
    const bool hasOwn = std::any_of(m_servers.begin(), m_servers.end(), [](const ServerDane &one) {
        return isOurs(one) && one.isSigned();
    });
    ui->recordsBox->setVisible(hasOwn);
    ui->recordsBox->show(m_rows.rows);
    ui->recordsBox->showIssuers(issuers(), m_keys.issuer.value_or(0));
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
    for (const QList<QByteArray> &hosts : std::as_const(m_rows.sharing)) {
        const QString names = QString::fromLatin1(hosts.join(' '));
        told << Told{Severity::Info,
                     tr("These servers show the same key: %1. One set of records can stand for all "
                        "of them: “mta-sts tlsa make %1 --shared %2” makes it, with an alias at "
                        "each server.")
                             .arg(isolated(printable(names, 255)),
                                  isolated(printable(sharedPlaceFor(hosts), 255)))};
    }
    const Choices &choices = m_session.choices();
    if (!choices.tlsa.isEmpty())
        told << Told{Severity::Warning,
                     tr("From then on, change the TLSA record before the key of the certificate "
                        "changes, or mail from senders that check DANE stops.")};
    ui->adviceList->show(m_rows.errors + m_rows.issues, told);
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
