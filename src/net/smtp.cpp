// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The probe: one straight dialogue. Sends EHLO or HELO, STARTTLS and QUIT and nothing else (TLS-20).
#include "net/smtp.h"

#include "base/printable.h"
#include "net/smtpnotes.h"

#include <QElapsedTimer>

#include <algorithm>

namespace {

using Stage = SmtpFacts::Stage;
using End = SmtpFacts::End;

// RFC 5321 4.1.1.1: an address literal where we have no name of our own.
QByteArray addressLiteral(QHostAddress address)
{
    bool mapped = false;
    const quint32 four = address.toIPv4Address(&mapped);
    if (mapped)
        address = QHostAddress(four);
    address.setScopeId({});
    const QByteArray text = address.toString().toLatin1();
    return address.protocol() == QAbstractSocket::IPv6Protocol ? "[IPv6:" + text + ']'
                                                               : '[' + text + ']';
}

class Dialogue
{
public:
    Dialogue(const TrustStore &trust, const SmtpOptions &options, const SmtpTarget &target,
             const Cancel &cancel, const Smtp::TlsSeen &onTls)
        : m_options(options)
        , m_target(target)
        , m_cancel(cancel)
        , m_onTls(onTls)
        , m_stream(trust, options.proxy)
        , m_hostDeadline(options.limits.hostMs)
        , m_notes(target)
    {
    }
    SmtpFacts run();

private:
    bool connect();
    bool greeting();
    bool hello();
    bool oldHello();
    bool startTls();
    bool handshake();
    bool helloInTls();
    void quit();

    bool send(const QByteArray &command);
    std::optional<SmtpReply> reply();
    bool lost(const Error &error);
    QDeadlineTimer within(int milliseconds) const
    {
        return std::min(QDeadlineTimer(milliseconds), m_hostDeadline);
    }

    const SmtpOptions &m_options;
    const SmtpTarget &m_target;
    const Cancel &m_cancel;
    const Smtp::TlsSeen &m_onTls;
    TlsStream m_stream;
    QDeadlineTimer m_hostDeadline;
    SmtpReplyReader m_reader;
    SmtpNotes m_notes;
    SmtpFacts &m_facts = m_notes.facts;
    QByteArray m_name;
    bool m_ourTurn = false; // a reply has come and nothing was said since
};

SmtpFacts Dialogue::run()
{
    QElapsedTimer clock;
    clock.start();
    if (connect() && greeting() && hello() && startTls() && handshake() && helloInTls()) {
        m_facts.stage = Stage::Done;
        m_facts.end = End::Done;
    }
    quit();
    m_stream.close();
    m_facts.tookMs = clock.elapsed();
    return m_facts;
}

bool Dialogue::connect()
{
    m_facts.stage = Stage::Connect;
    const Result<void> connected = m_stream.connectTo(m_target.address, m_target.port,
                                                      within(m_options.limits.connectMs), m_cancel);
    if (!connected)
        return lost(connected.error());
    m_name = m_options.ehloName.isEmpty() ? addressLiteral(m_stream.localAddress())
                                          : m_options.ehloName;
    return true;
}

bool Dialogue::greeting()
{
    m_facts.stage = Stage::Greeting;
    QElapsedTimer clock;
    clock.start();
    // RFC 5321 3.1: nothing is said before the whole greeting is there (TLS-2).
    const std::optional<SmtpReply> said = reply();
    m_facts.greetingMs = clock.elapsed();
    if (!said)
        return false;
    m_facts.greeting = printable(said->text());
    if (m_facts.greetingMs >= m_options.limits.slowGreetingMs)
        m_notes.note("TLS-21.slow", Severity::Info,
                     QString::number((m_facts.greetingMs + 500) / 1000));
    if (said->code == 220)
        return true;
    if (said->kind() == 4 || said->kind() == 5)
        return m_notes.refused(*said);
    m_facts.foreign = true;
    return m_notes.ended(End::NotSmtp, m_facts.greeting, "TLS-3.foreign", Severity::Error);
}

bool Dialogue::hello()
{
    m_facts.stage = Stage::Ehlo;
    if (!send("EHLO " + m_name))
        return false;
    const std::optional<SmtpReply> said = reply();
    if (!said)
        return false;
    if (said->code == 250)
        return m_notes.extensions(*said);
    // RFC 5321 4.1.4: HELO where EHLO is not known, and only there.
    if (said->kind() == 5 && !demandsTls(*said) && !refusesUs(*said))
        return oldHello();
    return m_notes.refused(*said);
}

bool Dialogue::oldHello()
{
    if (!send("HELO " + m_name))
        return false;
    const std::optional<SmtpReply> said = reply();
    if (!said)
        return false;
    if (said->code != 250)
        return m_notes.refused(*said);
    m_notes.note("TLS-7.helo", Severity::Error);
    return m_notes.ended(End::NoStartTls, printable(said->text()), "STS-77", Severity::Error);
}

bool Dialogue::startTls()
{
    m_facts.stage = Stage::StartTls;
    if (!send("STARTTLS"))
        return false;
    const std::optional<SmtpReply> said = reply();
    if (!said)
        return false;
    // RFC 3207 4: 220 and nothing else begins TLS (TLS-8).
    if (said->code != 220)
        return m_notes.ended(End::StartTlsRefused,
                             QStringLiteral("%1 %2").arg(said->code).arg(printable(said->text())),
                             said->kind() == 4 ? "TLS-8.temporary" : "TLS-8", Severity::Error);
    m_ourTurn = false;
    // RFC 3207 4.2: nothing learnt before TLS survives. Octets that came along with the 220 would
    // be read as if they had been said inside TLS (TLS-9).
    if (m_reader.pendingOctets() > 0 || m_stream.unreadOctets() > 0)
        return m_notes.ended(End::Injection, QStringLiteral("extra octets before TLS"), "TLS-9",
                             Severity::Error);
    m_reader = SmtpReplyReader();
    return true;
}

bool Dialogue::handshake()
{
    m_facts.stage = Stage::Handshake;
    TlsSettings settings;
    settings.certifiedName = m_target.host;
    if (m_target.sni == SmtpTarget::Sni::Host)
        settings.serverName = m_target.host;
    settings.signatureAlgorithms = m_target.signatureAlgorithms;
    const Result<TlsFacts> tls =
            m_stream.startTls(settings, within(m_options.limits.handshakeMs), m_cancel);
    if (!tls)
        return lost(tls.error());
    m_facts.tls = *tls;
    return tls->established || m_notes.handshakeFailed();
}

bool Dialogue::helloInTls()
{
    m_facts.stage = Stage::EhloInTls;
    if (!send("EHLO " + m_name)) // RFC 3207 4.2: what was said before TLS counts no more (TLS-10)
        return false;
    if (m_onTls)
        m_onTls(m_facts);
    const std::optional<SmtpReply> said = reply();
    if (!said)
        return false;
    if (said->code != 250)
        return m_notes.refused(*said);
    m_notes.extensionsInTls(*said);
    return true;
}

// RFC 5321 4.1.1.10 wants QUIT before the end of the connection. The answer is not waited for.
void Dialogue::quit()
{
    if (!m_ourTurn || m_facts.foreign || m_cancel.isCancelled())
        return;
    const Result<void> sent =
            m_stream.write("QUIT\r\n", within(m_options.limits.replyMs), m_cancel);
    Q_UNUSED(sent) // whoever has hung up already needs no goodbye
}

bool Dialogue::send(const QByteArray &command)
{
    m_ourTurn = false;
    const Result<void> sent =
            m_stream.write(command + "\r\n", within(m_options.limits.replyMs), m_cancel);
    // A peer that has closed may have said why: what it sent is read first.
    return sent || sent.error().kind == Error::Kind::Network || lost(sent.error());
}

std::optional<SmtpReply> Dialogue::reply()
{
    const QDeadlineTimer deadline = within(m_options.limits.replyMs);
    for (;;) {
        if (const std::optional<SmtpReply> said = m_reader.take()) {
            m_notes.noteOddities(*said);
            m_ourTurn = said->code != 421; // RFC 5321 3.8: it is closing already
            return said;
        }
        if (m_reader.fault() != SmtpReplyReader::Fault::None) {
            m_notes.fault(m_reader);
            return std::nullopt;
        }
        const Result<QByteArray> octets = m_stream.read(deadline, m_cancel);
        if (!octets || octets->isEmpty()) {
            lost(octets ? Error{Error::Kind::Network, QStringLiteral("closed"), {}}
                        : octets.error());
            return std::nullopt;
        }
        m_reader.feed(*octets);
    }
}

bool Dialogue::lost(const Error &error)
{
    m_ourTurn = false;
    const QString words = error.detail.isEmpty() ? error.what : error.detail;
    if (error.kind == Error::Kind::Cancelled)
        return m_notes.ended(End::Cancelled, words);
    if (error.kind == Error::Kind::Unexpected) // a fault of ours says nothing of the server
        return m_notes.ended(End::NotTried, words);
    const bool late = error.kind == Error::Kind::Timeout;
    if (m_facts.stage == Stage::Connect)
        return m_notes.ended(late ? End::TimedOut : End::NoConnection, words, "TLS-22.connect",
                             Severity::Warning);
    if (late)
        return m_notes.ended(End::TimedOut, words, "TLS-21", Severity::Warning);
    // TLS 1.3 lets the server turn us away after its handshake is done for us.
    if (m_facts.stage == Stage::EhloInTls && !m_stream.peerAlert().isEmpty())
        return m_notes.ended(End::TlsFailed, m_stream.peerAlert(), "TLS-8.handshake",
                             Severity::Error);
    if (m_facts.stage == Stage::StartTls)
        return m_notes.ended(End::Closed, words, "TLS-8.closed", Severity::Error);
    return m_notes.ended(End::Closed, words, "TLS-3.closed", Severity::Warning);
}

} // namespace

SmtpFacts SmtpProbe::probe(const SmtpTarget &target, const Cancel &cancel, const TlsSeen &onTls)
{
    return Dialogue(m_trust, m_options, target, cancel, onTls).run();
}
