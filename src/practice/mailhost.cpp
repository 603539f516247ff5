// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mailhost.h"

namespace {

constexpr int MostCommands = 100; // so that replies nobody reads stay few
constexpr int EndlessLines = 200; // more than anybody reads

/// The whole reply to EHLO of a server with such a fault; empty: it is as usual.
QByteArray faultyHello(MailFault fault, const QByteArray &name)
{
    switch (fault) {
    case MailFault::NoEhlo:
        return "502 command not implemented\r\n";
    case MailFault::FirstLineOnly:
        return "250-STARTTLS\r\n250 8BITMIME\r\n";
    case MailFault::StartTlsParameter:
        return "250-" + name + "\r\n250-STARTTLS REQUIRED\r\n250 8BITMIME\r\n";
    case MailFault::StartTlsMasked:
        return "250-" + name + "\r\n250-XXXXXXXA\r\n250 8BITMIME\r\n";
    case MailFault::TwoCodes:
        return "250-" + name + "\r\n220-STARTTLS\r\n250 8BITMIME\r\n";
    case MailFault::OddCode:
        return "650 " + name + "\r\n";
    case MailFault::ShortCode:
        return "25 " + name + "\r\n";
    case MailFault::OtherReply:
        return "354 start mail input\r\n";
    case MailFault::EndlessReply:
        return "250-" + name + "\r\n" + QByteArray("250-8BITMIME\r\n").repeated(EndlessLines);
    default:
        break;
    }
    return {};
}

/// One connection; belongs to its socket.
class Dialogue : public QObject
{
public:
    Dialogue(QSslSocket &socket, const MailAnswer &answer)
        : QObject(&socket)
        , m_socket(socket)
        , m_answer(answer)
    {
        connect(&socket, &QSslSocket::readyRead, this, &Dialogue::read);
        if (answer.fault == MailFault::NotSmtp)
            end("HTTP/1.1 400 Bad Request\r\nServer: practice\r\n");
        else if (answer.fault == MailFault::NeverTakesMail)
            end("521 " + answer.name + " does not accept mail");
        else
            say("220 " + answer.name + " ESMTP practice server");
    }

private:
    void read();
    void obey(const QByteArray &line);
    void hello();
    void startTls(const QByteArray &line);
    void say(const QByteArray &reply) { m_socket.write(reply + "\r\n"); }
    void end(const QByteArray &lastReply);

    QSslSocket &m_socket;
    const MailAnswer m_answer;
    QByteArray m_unread;
    int m_commands = 0;
    bool m_isTlsNext = false; // nothing that comes is SMTP until it is encrypted
    bool m_isOver = false;
};

void Dialogue::read()
{
    if (m_isTlsNext && !m_socket.isEncrypted())
        return;
    m_unread += m_socket.readAll();
    for (qsizetype size; !m_isOver && (size = m_unread.indexOf('\n') + 1) > 0;) {
        const QByteArray line = m_unread.left(size).trimmed();
        m_unread.remove(0, size);
        obey(line);
    }
    if (!m_isOver && m_unread.size() > Limits::SmtpLine)
        end("500 line too long");
}

void Dialogue::obey(const QByteArray &line)
{
    const QByteArray verb = line.left((line + ' ').indexOf(' ')).toUpper();
    if (++m_commands > MostCommands)
        end("421 too many commands");
    else if (verb == "EHLO")
        hello();
    else if (verb == "HELO")
        say("250 " + m_answer.name);
    else if (verb == "STARTTLS" && m_answer.offersStartTls)
        startTls(line);
    else if (verb == "NOOP" || verb == "RSET")
        say("250 OK");
    else if (verb == "QUIT")
        end("221 " + m_answer.name + " closing");
    else if (verb == "MAIL")
        say("550 this is a practice server");
    else if (verb == "RCPT" || verb == "DATA")
        say("503 MAIL comes first");
    else
        say("500 unknown command");
}

void Dialogue::hello()
{
    if (const QByteArray odd = faultyHello(m_answer.fault, m_answer.name);
        !odd.isEmpty() && !m_socket.isEncrypted()) {
        m_socket.write(odd);
        return;
    }
    say("250-" + m_answer.name);
    say("250-PIPELINING");
    say("250-SIZE 26214400");
    if (m_answer.offersStartTls && !m_socket.isEncrypted()) // RFC 3207 4.2: not again inside TLS
        say("250-STARTTLS");
    say("250 8BITMIME");
}

void Dialogue::startTls(const QByteArray &line)
{
    if (m_socket.isEncrypted())
        return say("503 TLS is there already");
    if (line.contains(' '))
        return say("501 STARTTLS takes no parameter"); // RFC 3207 4
    if (m_answer.fault == MailFault::RefusesStartTls)
        return say("454 TLS not available due to temporary reason"); // RFC 3207 4
    if (m_answer.fault == MailFault::RefusesStartTlsForGood)
        return say("502 command not implemented");
    if (m_answer.fault == MailFault::ClosesAtStartTls) {
        m_isOver = true;
        m_socket.disconnectFromHost();
        return;
    }
    m_unread.clear(); // RFC 3207 4.2: nothing that was said before TLS is known inside it
    say(m_answer.fault == MailFault::TalksAhead ? "220 go ahead\r\n250 from nobody knows whom"
                                                : "220 go ahead");
    m_isTlsNext = true;
    answerTls(m_socket, m_answer.tls);
}

void Dialogue::end(const QByteArray &lastReply)
{
    m_isOver = true;
    disconnect(&m_socket, &QSslSocket::readyRead, this, nullptr);
    say(lastReply);
    m_socket.disconnectFromHost();
}

Door doorOf(const MailAnswer &answer)
{
    if (answer.isRefused)
        return Door::Closed;
    return answer.isDeaf ? Door::Deaf : Door::Open;
}

} // namespace

PracticeMailHost::PracticeMailHost(ServerThread &thread, const QHostAddress &address, quint16 port,
                                   const MailAnswer &answer)
    : m_thread(thread)
    , m_answer(answer)
    , m_server(thread, address, port,
               [this](QSslSocket &socket) { new Dialogue(socket, m_answer); })
{
    set(answer);
}

void PracticeMailHost::set(const MailAnswer &answer)
{
    m_thread.run([&] {
        m_answer = answer;
        m_server.setDoor(doorOf(answer));
    });
}
