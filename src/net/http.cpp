// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/http.h"

#include "base/printable.h"
#include "net/inflater.h"

#include <algorithm>
#include <utility>
namespace {

constexpr qsizetype ChunkLine = 1024; // a size and extensions nobody uses

bool isTokenOctet(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// RFC 9110 5.5: visible characters, obs-text, space and tab; never a bare CR or another control.
bool isFieldOctet(char c)
{
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

QByteArray withoutWhitespace(const QByteArray &value)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    const auto first = std::find_if_not(value.begin(), value.end(), isSpace);
    const auto last = std::find_if_not(value.rbegin(), value.rend(), isSpace).base();
    return first < last ? QByteArray(&*first, last - first) : QByteArray();
}

} // namespace

std::optional<QByteArray> HttpAnswer::header(const QByteArray &lowerName) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const auto &field) { return field.first == lowerName; });
    return found == headers.end() ? std::nullopt : std::optional(found->second);
}

QList<QByteArray> HttpAnswer::headersNamed(const QByteArray &lowerName) const
{
    QList<QByteArray> values;
    for (const auto &[name, value] : headers) {
        if (name == lowerName)
            values.append(value);
    }
    return values;
}

HttpReader::HttpReader(HttpLimits limits)
    : m_limits(limits)
{
}

HttpReader::~HttpReader() = default;

HttpReader::State HttpReader::feed(const QByteArray &octets)
{
    if (m_state != State::Reading)
        return m_state;
    m_pending.append(octets);
    while (m_state == State::Reading && step()) {
    }
    if (m_state != State::Reading)
        m_pending.clear();
    return m_state;
}

HttpReader::State HttpReader::finish(bool truncated)
{
    if (m_state != State::Reading)
        return m_state;
    if (m_step != Step::UntilClose)
        breakOff(QStringLiteral("the connection was cut in the middle of the answer"));
    else if (truncated)
        // RFC 9112 9.8: without a length, an end without close_notify means an incomplete body.
        breakOff(QStringLiteral("the end of the answer was not confirmed (no TLS close_notify)"));
    else
        complete();
    return m_state;
}

// One line or one piece of the body; false when more octets are needed.
bool HttpReader::step()
{
    if (m_step == Step::Counted || m_step == Step::UntilClose || m_step == Step::ChunkData)
        return takeBody();
    const std::optional<QByteArray> line = takeLine();
    if (!line)
        return false;
    switch (m_step) {
    case Step::StatusLine:
        readStatusLine(*line);
        break;
    case Step::Header:
        line->isEmpty() ? endHead() : readHeader(*line, true);
        break;
    case Step::ChunkSize:
        readChunkSize(*line);
        break;
    case Step::ChunkEnd:
        if (!line->isEmpty())
            breakOff(QStringLiteral("a chunk is longer than its size"));
        m_step = Step::ChunkSize;
        break;
    case Step::Trailer:
        line->isEmpty() ? complete() : readHeader(*line, false);
        break;
    case Step::Counted:
    case Step::UntilClose:
    case Step::ChunkData:
        break;
    }
    return true;
}

std::optional<QByteArray> HttpReader::takeLine()
{
    const bool isChunk = m_step == Step::ChunkSize || m_step == Step::ChunkEnd;
    const qsizetype limit = isChunk ? ChunkLine : m_limits.head - m_headOctets;
    const qsizetype end = m_pending.indexOf('\n', m_searched);
    const qsizetype length = end < 0 ? m_pending.size() : end + 1;
    if (length > limit) {
        tooLarge(QStringLiteral("the headers are longer than %1 octets").arg(m_limits.head));
        return std::nullopt;
    }
    // A peer that speaks something else may never send an end of line.
    if (m_step == Step::StatusLine && m_pending.size() >= 9 &&
        m_pending.mid(3, 6) == QByteArray("\x04\0\0\0\0\0", 6)) {
        m_sawHttp2 = true;
        breakOff(QStringLiteral("the server speaks only HTTP/2"));
        return std::nullopt;
    }
    m_searched = m_pending.size();
    if (end < 0)
        return std::nullopt;
    QByteArray line = m_pending.left(end);
    m_pending.remove(0, end + 1);
    m_searched = 0;
    if (!isChunk)
        m_headOctets += end + 1;
    if (line.endsWith('\r')) {
        line.chop(1);
    } else if (isChunk) {
        // RFC 9112 2.2 lets a lone LF end a header line, not a chunk's.
        breakOff(QStringLiteral("a chunk line does not end with CR LF"));
        return std::nullopt;
    }
    if (!std::all_of(line.begin(), line.end(), isFieldOctet)) {
        breakOff(QStringLiteral("control characters in the headers"));
        return std::nullopt;
    }
    return line;
}

// RFC 9112 4: HTTP-version SP status-code SP [ reason-phrase ]; many leave the last space out.
void HttpReader::readStatusLine(const QByteArray &line)
{
    const bool isHttp1 = line.startsWith("HTTP/1.") && line.size() >= 12 && isDigit(line.at(7)) &&
                         line.at(8) == ' ' &&
                         std::all_of(line.begin() + 9, line.begin() + 12, isDigit) &&
                         (line.size() == 12 || line.at(12) == ' ');
    const int status = isHttp1 ? line.mid(9, 3).toInt() : 0;
    if (status < 100 || status > 599)
        return breakOff(QStringLiteral("not an HTTP/1.1 answer: %1").arg(printable(line, 80)));
    m_http10 = line.at(7) == '0';
    m_answer.status = status;
    m_step = Step::Header;
}

void HttpReader::readHeader(const QByteArray &line, bool keep)
{
    // RFC 9112 5.2: a line that starts with a space would go on with the one before.
    if (line.startsWith(' ') || line.startsWith('\t'))
        return breakOff(QStringLiteral("a folded header line"));
    const qsizetype colon = line.indexOf(':');
    // RFC 9112 5.1: no whitespace between the name and the colon.
    if (colon < 1 || !std::all_of(line.begin(), line.begin() + colon, isTokenOctet))
        return breakOff(QStringLiteral("not a header line: %1").arg(printable(line, 80)));
    if (keep)
        m_answer.headers.append(
                {line.left(colon).toLower(), withoutWhitespace(line.mid(colon + 1))});
}

void HttpReader::endHead()
{
    if (m_answer.status == 101)
        return breakOff(QStringLiteral("another protocol, which was not asked for"));
    if (m_answer.status < 200) { // RFC 9110 15.2: any number of these comes before the answer
        m_answer.headers.clear();
        m_step = Step::StatusLine;
        return;
    }
    if (m_answer.status != 200) // RFC 8461 3.3: nothing but 200 counts, so the rest is not needed
        return complete();
    chooseEncoding();
    if (m_state == State::Reading)
        chooseFraming();
}

void HttpReader::chooseEncoding()
{
    for (const QByteArray &value : m_answer.headersNamed("content-encoding")) {
        const QByteArray coding = value.toLower();
        if (coding.isEmpty() || coding == "identity")
            continue;
        const bool known = coding == "gzip" || coding == "x-gzip" || coding == "deflate";
        if (!known || m_inflater)
            return breakOff(QStringLiteral("encoded as %1, which was not asked for")
                                    .arg(printable(value, 80)));
        m_inflater = std::make_unique<Inflater>();
    }
}

// RFC 9112 6.3.
void HttpReader::chooseFraming()
{
    const QList<QByteArray> codings = m_answer.headersNamed("transfer-encoding");
    if (!codings.isEmpty()) {
        if (m_http10 || codings.size() > 1 || codings.first().toLower() != "chunked")
            return breakOff(QStringLiteral("transfer encoding %1, which was not asked for")
                                    .arg(printable(codings.first(), 80)));
        m_step = Step::ChunkSize;
        return;
    }
    const QList<QByteArray> lengths = m_answer.headersNamed("content-length");
    if (lengths.isEmpty())
        m_step = Step::UntilClose;
    else
        readContentLength(lengths);
}

// RFC 9112 6.3: several equal lengths count as one, different ones are an error.
void HttpReader::readContentLength(const QList<QByteArray> &values)
{
    const QList<QByteArray> parts = values.join(',').split(',');
    const QByteArray first = withoutWhitespace(parts.first());
    for (const QByteArray &part : parts) {
        const QByteArray length = withoutWhitespace(part);
        if (length.isEmpty() || length != first ||
            !std::all_of(length.begin(), length.end(), isDigit))
            return breakOff(QStringLiteral("the length %1 is not a number")
                                    .arg(printable(values.join(", "), 80)));
    }
    bool fits = false;
    const qlonglong length = first.toLongLong(&fits);
    if (!fits || length > m_limits.body)
        return tooLarge(QStringLiteral("%1 octets are announced").arg(printable(first, 40)));
    m_left = static_cast<qsizetype>(length);
    m_step = Step::Counted;
    if (m_left == 0)
        complete();
}

// RFC 9112 7.1: chunk-size [ chunk-ext ] CRLF
void HttpReader::readChunkSize(const QByteArray &line)
{
    const QByteArray size = withoutWhitespace(line.split(';').first());
    bool isHex = !size.isEmpty() && std::all_of(size.begin(), size.end(), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!isHex)
        return breakOff(QStringLiteral("not the size of a chunk: %1").arg(printable(line, 80)));
    const qlonglong value = size.toLongLong(&isHex, 16);
    if (!isHex || value > m_limits.body - m_bodyOctets)
        return tooLarge(QStringLiteral("the file is larger than %1 octets").arg(m_limits.body));
    m_left = static_cast<qsizetype>(value);
    m_step = m_left == 0 ? Step::Trailer : Step::ChunkData;
}

bool HttpReader::takeBody()
{
    if (m_pending.isEmpty())
        return false;
    if (m_step == Step::UntilClose) {
        addBody(std::exchange(m_pending, {}));
        return true;
    }
    const QByteArray piece = m_pending.left(m_left);
    m_pending.remove(0, piece.size());
    m_left -= piece.size();
    addBody(piece);
    if (m_left > 0 || m_state != State::Reading)
        return true;
    if (m_step == Step::Counted)
        complete();
    else
        m_step = Step::ChunkEnd;
    return true;
}

void HttpReader::addBody(const QByteArray &octets)
{
    m_bodyOctets += octets.size();
    const QString over = QStringLiteral("the file is larger than %1 octets").arg(m_limits.body);
    if (m_bodyOctets > m_limits.body)
        return tooLarge(over);
    if (!m_inflater) {
        m_answer.body.append(octets);
        return;
    }
    switch (m_inflater->add(octets, m_answer.body, m_limits.body)) {
    case Inflater::Result::More:
    case Inflater::Result::End:
        return;
    case Inflater::Result::Full:
        return tooLarge(over);
    case Inflater::Result::Bad:
        return breakOff(QStringLiteral("the compressed file is damaged"));
    }
}

void HttpReader::complete()
{
    if (m_inflater && m_bodyOctets > 0 && !m_inflater->hasEnded())
        return breakOff(QStringLiteral("the compressed file is cut"));
    m_state = State::Complete;
}

void HttpReader::breakOff(const QString &problem)
{
    m_state = State::Broken;
    m_problem = problem;
}

void HttpReader::tooLarge(const QString &problem)
{
    m_state = State::TooLarge;
    m_problem = problem;
}
