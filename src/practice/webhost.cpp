// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/webhost.h"

#include <QLocale>

namespace {

constexpr qsizetype MostRequest = 16384;

/// RFC 9110 5.6.7
QByteArray httpDate(const QDateTime &at)
{
    return QLocale::c()
            .toString(at.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
            .toLatin1();
}

QByteArray answerText(const WebAnswer &answer)
{
    // RFC 9112 4: the reason may be empty, the blank before it not.
    QByteArray text = "HTTP/1.1 " + QByteArray::number(answer.status) +
                      " \r\nDate: " + httpDate(QDateTime::currentDateTimeUtc()) + "\r\n";
    if (!answer.contentType.isEmpty())
        text += "Content-Type: " + answer.contentType + "\r\n";
    if (!answer.location.isEmpty())
        text += "Location: " + answer.location + "\r\n";
    text += "Content-Length: " + QByteArray::number(answer.body.size()) +
            "\r\nConnection: close\r\n\r\n";
    return text + (answer.isCut ? answer.body.left(answer.body.size() / 2) : answer.body);
}

WebAnswer plainAnswer(int status, const QByteArray &words)
{
    WebAnswer answer;
    answer.status = status;
    answer.body = words + "\n";
    return answer;
}

/// One connection; belongs to its socket.
class Visit : public QObject
{
public:
    Visit(QSslSocket &socket, const WebAnswer &answer)
        : QObject(&socket)
        , m_socket(socket)
        , m_answer(answer)
    {
        connect(&socket, &QSslSocket::readyRead, this, &Visit::read);
    }

private:
    void read();
    void end(const WebAnswer &answer);

    QSslSocket &m_socket;
    const WebAnswer m_answer;
    QByteArray m_request;
};

void Visit::read()
{
    if (!m_socket.isEncrypted())
        return;
    m_request += m_socket.readAll();
    if (m_request.contains("\r\n\r\n")) {
        const bool isPolicy = m_request.startsWith("GET /.well-known/mta-sts.txt HTTP/1.");
        end(isPolicy ? m_answer : plainAnswer(404, "Not here."));
    } else if (m_request.size() > MostRequest) {
        end(plainAnswer(431, "Too long."));
    }
}

void Visit::end(const WebAnswer &answer)
{
    disconnect(&m_socket, &QSslSocket::readyRead, this, nullptr);
    m_socket.write(answerText(answer));
    m_socket.disconnectFromHost();
}

Door doorOf(const WebAnswer &answer)
{
    if (answer.isRefused)
        return Door::Closed;
    return answer.isDeaf ? Door::Deaf : Door::Open;
}

} // namespace

PracticeWebHost::PracticeWebHost(ServerThread &thread, const QHostAddress &address, quint16 port,
                                 const WebAnswer &answer)
    : m_thread(thread)
    , m_answer(answer)
    , m_server(thread, address, port, [this](QSslSocket &socket) { welcome(socket); })
{
    set(answer);
}

void PracticeWebHost::set(const WebAnswer &answer)
{
    m_thread.run([&] {
        m_answer = answer;
        m_server.setDoor(doorOf(answer));
    });
}

void PracticeWebHost::welcome(QSslSocket &socket) const
{
    new Visit(socket, m_answer);
    answerTls(socket, m_answer.tls);
}
