// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/httpexchange.h"

#include <QRegularExpression>

#include <optional>

namespace {

constexpr qsizetype MostHead = 16384, MostBody = 1048576; // octets
const QByteArray HeadEnd = "\r\n\r\n";

HttpReply plainReply(int status, const QByteArray &words)
{
    return {status, "text/plain", words + "\n"};
}

/// The value of a field, of the first if there are several; empty when there is none.
QByteArray field(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// RFC 9112 3: method, target and version. Nothing when it is no request.
std::optional<HttpRequest> requestFrom(const QByteArray &head)
{
    const QList<QByteArray> line = head.left(head.indexOf('\r')).split(' ');
    if (line.size() != 3 || line.at(0).isEmpty() || !line.at(1).startsWith('/') ||
        !line.at(2).startsWith("HTTP/1."))
        return std::nullopt;
    const QByteArray &target = line.at(1);
    const qsizetype mark = target.indexOf('?');
    HttpRequest request;
    request.verb = line.at(0);
    for (const QByteArray &segment : target.left(mark < 0 ? target.size() : mark).mid(1).split('/'))
        request.path.append(QByteArray::fromPercentEncoding(segment));
    if (mark >= 0)
        request.query.setQuery(QString::fromLatin1(target.mid(mark + 1)));
    request.authorization = field(head, "Authorization");
    request.contentType = field(head, "Content-Type");
    return request;
}

/// One connection; belongs to its socket.
class Exchange : public QObject
{
public:
    Exchange(QSslSocket &socket, const HttpAnswer &answer)
        : QObject(&socket)
        , m_socket(socket)
        , m_answer(answer)
    {
        connect(&socket, &QSslSocket::readyRead, this, &Exchange::read);
    }

private:
    void read();
    void readBody(qsizetype headSize);
    void end(const HttpReply &reply);

    QSslSocket &m_socket;
    const HttpAnswer m_answer;
    QByteArray m_read;
};

void Exchange::read()
{
    m_read += m_socket.readAll();
    const qsizetype headSize = m_read.left(MostHead).indexOf(HeadEnd);
    if (headSize >= 0)
        readBody(headSize);
    else if (m_read.size() > MostHead)
        end(plainReply(431, "Too long."));
}

void Exchange::readBody(qsizetype headSize)
{
    const QByteArray head = m_read.left(headSize);
    std::optional<HttpRequest> request = requestFrom(head);
    const QByteArray length = field(head, "Content-Length");
    bool isNumber = length.isEmpty();
    const qulonglong size = isNumber ? 0 : length.toULongLong(&isNumber);
    // A body in chunks is nothing that a client of this service sends.
    if (!request || !isNumber || !field(head, "Transfer-Encoding").isEmpty()) {
        end(plainReply(400, "This is no request."));
    } else if (size > qulonglong(MostBody)) {
        end(plainReply(413, "Too much."));
    } else if (m_read.size() - headSize - HeadEnd.size() >= qsizetype(size)) {
        request->body = m_read.mid(headSize + HeadEnd.size(), qsizetype(size));
        end(m_answer(*request));
    }
}

void Exchange::end(const HttpReply &reply)
{
    disconnect(&m_socket, &QSslSocket::readyRead, this, nullptr);
    // RFC 9112 4: the reason may be empty, the blank before it not.
    m_socket.write("HTTP/1.1 " + QByteArray::number(reply.status) +
                   " \r\nContent-Type: " + reply.contentType +
                   "\r\nContent-Length: " + QByteArray::number(reply.body.size()) +
                   "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + reply.body);
    m_socket.disconnectFromHost();
}

} // namespace

void answerHttp(QSslSocket &socket, const HttpAnswer &answer)
{
    new Exchange(socket, answer);
}

QList<FormPart> formParts(const QByteArray &contentType, const QByteArray &body)
{
    static const QRegularExpression form(
            QStringLiteral("^multipart/form-data\\s*;\\s*boundary=\"?([^\";]+)\"?\\s*$"),
            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression name(QStringLiteral("[;\\s]name=\"([^\"]*)\""));
    const QByteArray boundary = form.match(QString::fromLatin1(contentType)).captured(1).toLatin1();
    if (boundary.isEmpty())
        return {};
    // RFC 2046 5.1.1: the line end before a delimiter belongs to it; the first may have none before it.
    const QByteArray delimiter = "\r\n--" + boundary;
    const QByteArray text = "\r\n" + body;
    QList<FormPart> parts;
    for (qsizetype at = text.indexOf(delimiter); at >= 0;) {
        const qsizetype begin = at + delimiter.size();
        at = text.indexOf(delimiter, begin);
        if (at < 0) // the last delimiter: nothing but the two hyphens that close the form
            return text.mid(begin, 2) == "--" ? parts : QList<FormPart>();
        const QByteArray part = text.mid(begin, at - begin);
        const qsizetype headSize = part.indexOf(HeadEnd);
        if (headSize < 0)
            return {};
        const QByteArray head = part.left(headSize);
        const QString disposition = QString::fromLatin1(field(head, "Content-Disposition"));
        parts.append({name.match(disposition).captured(1).toLatin1(), field(head, "Content-Type"),
                      part.mid(headSize + HeadEnd.size())});
    }
    return {};
}

QByteArray formBody(const QList<FormPart> &parts, const QByteArray &boundary)
{
    QByteArray body;
    for (const FormPart &part : parts)
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name +
                "\"; filename=\"" + part.name + "\"\r\nContent-Type: " + part.contentType +
                HeadEnd + part.body + "\r\n";
    return body + "--" + boundary + "--\r\n";
}
