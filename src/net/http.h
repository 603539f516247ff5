// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads one HTTP/1.1 answer as it arrives (RFC 9112), strictly and within limits. Octets in, answer
// out; knows nothing of connections.

#include "base/limits.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

#include <memory>
#include <optional>

struct HttpLimits
{
    qsizetype head = Limits::HttpHeader; // status line, headers and trailers, all answers together
    qsizetype body = Limits::PolicyBody; // as sent, and as decoded
};

struct HttpAnswer
{
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case, values trimmed
    QByteArray body;                              // decoded; only read for status 200
    [[nodiscard]] std::optional<QByteArray> header(const QByteArray &lowerName) const; // the first
    [[nodiscard]] QList<QByteArray> headersNamed(const QByteArray &lowerName) const;
};

class Inflater;

class HttpReader
{
public:
    enum class State {
        Reading,
        Complete, // answer() is whole; for another status than 200 it ends with its headers
        Broken,   // not what RFC 9112 allows, or cut
        TooLarge, // over a limit
    };
    explicit HttpReader(HttpLimits limits = {});
    ~HttpReader();
    HttpReader(const HttpReader &) = delete;
    HttpReader &operator=(const HttpReader &) = delete;

    /// Any split of the octets gives the same result. Octets after the end are ignored.
    State feed(const QByteArray &octets);
    /// The connection has ended; `truncated` when the end may not be the peer's (no close_notify).
    State finish(bool truncated);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const HttpAnswer &answer() const { return m_answer; }
    [[nodiscard]] QString problem() const { return m_problem; } // printable
    /// The first octets were those of an HTTP/2 connection (RFC 9113 3.4).
    [[nodiscard]] bool sawHttp2() const { return m_sawHttp2; }

private:
    enum class Step {
        StatusLine,
        Header,
        Counted,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer
    };

    bool step();
    std::optional<QByteArray> takeLine();
    void readStatusLine(const QByteArray &line);
    void readHeader(const QByteArray &line, bool keep);
    void endHead();
    void chooseEncoding();
    void chooseFraming();
    void readContentLength(const QList<QByteArray> &values);
    void readChunkSize(const QByteArray &line);
    bool takeBody();
    void addBody(const QByteArray &octets);
    void complete();
    void breakOff(const QString &problem);
    void tooLarge(const QString &problem);

    HttpLimits m_limits;
    State m_state = State::Reading;
    Step m_step = Step::StatusLine;
    HttpAnswer m_answer;
    QString m_problem;
    QByteArray m_pending;     // arrived, not yet read
    qsizetype m_searched = 0; // of m_pending, without an end of line
    qsizetype m_headOctets = 0;
    qsizetype m_bodyOctets = 0; // as sent
    qsizetype m_left = 0;       // of the counted body or the chunk
    bool m_http10 = false;
    bool m_sawHttp2 = false;
    std::unique_ptr<Inflater> m_inflater;
};
