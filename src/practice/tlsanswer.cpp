// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/tlsanswer.h"

#include "practice/clienthello.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace {

// RFC 8446 6.2
constexpr char HandshakeFailure = 40;
constexpr char ProtocolVersion = 70;
constexpr char UnrecognizedName = 112;

constexpr qint64 MostHello = 16384;

/// TLS 1.2 and 1.3, unless the fault is another.
QSslConfiguration configurationOf(const ServerTls &tls, bool isRsa)
{
    QSslConfiguration made = QSslConfiguration::defaultConfiguration();
    made.setCaCertificates({}); // nobody's certificate is asked about: spares reading the system's
    made.setLocalCertificateChain(
            QSslCertificate::fromData(isRsa ? tls.rsaChain : tls.chain, QSsl::Pem));
    made.setPrivateKey(isRsa ? QSslKey(tls.rsaKey, QSsl::Rsa) : QSslKey(tls.key, QSsl::Ec));
    made.setProtocol(QSsl::TlsV1_2OrLater);
    // What is weak is to be seen and judged, so a library that is stricter must not hide it.
    made.setBackendConfigurationOption("CipherString", QByteArray("DEFAULT:@SECLEVEL=0"));
    if (tls.fault == TlsFault::OnlyOld) {
        made.setProtocol(QSsl::AnyProtocol);
        made.setBackendConfigurationOption("MinProtocol", QByteArray("TLSv1.1"));
        made.setBackendConfigurationOption("MaxProtocol", QByteArray("TLSv1.1"));
    } else if (tls.fault == TlsFault::WantsCertificate) {
        made.setPeerVerifyMode(QSslSocket::VerifyPeer);
        made.setMissingCertificateIsFatal(true);
    }
    return made;
}

/// The alert that the fault has for such a client; 0: none.
char alertFor(TlsFault fault, const ClientHello &hello)
{
    switch (fault) {
    case TlsFault::RefusesVersion:
        return ProtocolVersion;
    case TlsFault::RefusesName:
        return UnrecognizedName;
    case TlsFault::NeedsName:
        return hello.serverName.isEmpty() ? UnrecognizedName : 0;
    case TlsFault::FailsHandshake:
        return HandshakeFailure;
    case TlsFault::None:
    case TlsFault::OnlyOld:
    case TlsFault::WantsCertificate:
        break;
    }
    return 0;
}

void begin(QSslSocket &socket, const ServerTls &tls, bool isRsa)
{
    socket.setSslConfiguration(configurationOf(tls, isRsa));
    socket.startServerEncryption();
}

/// Waits for the hello where the answer depends on it; belongs to its socket.
class Waiting : public QObject
{
public:
    Waiting(QSslSocket &socket, const ServerTls &tls)
        : QObject(&socket)
        , m_socket(socket)
        , m_tls(tls)
    {
        connect(&socket, &QSslSocket::readyRead, this, &Waiting::look);
        look();
    }

private:
    void look();

    QSslSocket &m_socket;
    const ServerTls m_tls;
};

void Waiting::look()
{
    const std::optional<ClientHello> hello = clientHello(m_socket.peek(MostHello));
    if (!hello)
        return;
    disconnect(&m_socket, &QSslSocket::readyRead, this, nullptr);
    if (const char alert = alertFor(m_tls.fault, *hello)) {
        m_socket.readAll(); // what is left unread would cut off the alert
        // RFC 8446 5.1, 6: a record of type alert, TLS 1.2, two octets: fatal, and why.
        m_socket.write(QByteArray::fromHex("1503030002") + '\x02' + alert);
        m_socket.disconnectFromHost();
    } else {
        begin(m_socket, m_tls, !m_tls.rsaChain.isEmpty() && !hello->takesEcdsa);
    }
}

} // namespace

void answerTls(QSslSocket &socket, const ServerTls &tls)
{
    const bool isPlain = tls.rsaChain.isEmpty() &&
                         (tls.fault == TlsFault::None || tls.fault == TlsFault::OnlyOld ||
                          tls.fault == TlsFault::WantsCertificate);
    if (isPlain)
        begin(socket, tls, false);
    else
        new Waiting(socket, tls);
}
