// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/scriptedtlsserver.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <chrono>

namespace {

constexpr int SliceMs = 10;

bool useIdentity(SSL *ssl, const ScriptedTlsServer::Identity &identity)
{
    std::unique_ptr<BIO, decltype(&BIO_free)> key(
            BIO_new_mem_buf(identity.key.constData(), static_cast<int>(identity.key.size())),
            &BIO_free);
    std::unique_ptr<BIO, decltype(&BIO_free)> chain(
            BIO_new_mem_buf(identity.chain.constData(), static_cast<int>(identity.chain.size())),
            &BIO_free);
    EVP_PKEY *secret = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
    bool isLeaf = true;
    while (X509 *certificate = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
        if (isLeaf)
            SSL_use_certificate(ssl, certificate);
        else
            SSL_add1_chain_cert(ssl, certificate);
        X509_free(certificate);
        isLeaf = false;
    }
    ERR_clear_error(); // the end of the PEM text
    const bool usable = !isLeaf && secret && SSL_use_PrivateKey(ssl, secret) == 1;
    EVP_PKEY_free(secret);
    return usable;
}

} // namespace

ScriptedTlsServer::ScriptedTlsServer(Settings settings, Script script)
    : m_settings(std::move(settings))
    , m_script(std::move(script))
{
    m_context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(m_context, 0);
    SSL_CTX_set_cipher_list(m_context, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(m_context,
                                  m_settings.minProtocol ? m_settings.minProtocol : TLS1_VERSION);
    SSL_CTX_set_max_proto_version(m_context, m_settings.maxProtocol);
    SSL_CTX_set_cert_cb(m_context, &ScriptedTlsServer::chooseIdentity, this);
    if (m_settings.requireClientCertificate)
        SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    m_thread = std::thread([this] { run(); });
    m_listening.wait(false);
}

ScriptedTlsServer::~ScriptedTlsServer()
{
    m_stop = true;
    m_thread.join();
    SSL_CTX_free(m_context);
}

QList<QByteArray> ScriptedTlsServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int ScriptedTlsServer::chooseIdentity(SSL *ssl, void *server)
{
    const auto *self = static_cast<const ScriptedTlsServer *>(server);
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (auto *session = static_cast<Session *>(SSL_get_app_data(ssl)))
        session->m_serverName = name;
    const Settings &settings = self->m_settings;
    return useIdentity(ssl, settings.bySni.value(QByteArray(name), settings.identity)) ? 1 : 0;
}

void ScriptedTlsServer::run()
{
    QTcpServer server;
    server.setProxy(QNetworkProxy::NoProxy);
    server.listen(m_settings.address);
    m_port = server.serverPort();
    m_listening = true;
    m_listening.notify_all();
    while (!m_stop) {
        if (!server.waitForNewConnection(SliceMs))
            continue;
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            ++m_connections;
            serve(*socket);
            socket->abort();
            delete socket;
            ++m_finished;
        }
    }
    OPENSSL_thread_stop();
}

void ScriptedTlsServer::serve(QTcpSocket &socket)
{
    Session session(*this, socket);
    m_script(session);
}

ScriptedTlsServer::Session::Session(ScriptedTlsServer &server, QTcpSocket &socket)
    : m_server(server)
    , m_socket(socket)
    , m_ssl(SSL_new(server.m_context))
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    SSL_set_bio(m_ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_app_data(m_ssl, this);
    SSL_set_accept_state(m_ssl);
}

ScriptedTlsServer::Session::~Session()
{
    SSL_free(m_ssl);
}

bool ScriptedTlsServer::Session::writeRaw(const QByteArray &octets)
{
    QByteArray now = octets;
    const qint64 cut = m_server.m_settings.cutAfter;
    if (cut >= 0)
        now.truncate(std::max<qint64>(0, std::min<qint64>(now.size(), cut - m_sent)));
    m_sent += now.size();
    m_socket.write(now);
    m_socket.flush();
    while (m_socket.bytesToWrite() > 0 && !m_server.m_stop &&
           m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.waitForBytesWritten(SliceMs);
    if (now.size() < octets.size())
        m_socket.abort();
    return m_socket.state() == QAbstractSocket::ConnectedState && !m_server.m_stop;
}

QByteArray ScriptedTlsServer::Session::readRaw(qsizetype octets)
{
    while (m_socket.bytesAvailable() < octets && !m_server.m_stop &&
           m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.waitForReadyRead(SliceMs);
    return m_socket.read(octets);
}

bool ScriptedTlsServer::Session::flush()
{
    BIO *out = SSL_get_wbio(m_ssl);
    QByteArray octets(static_cast<qsizetype>(BIO_ctrl_pending(out)), Qt::Uninitialized);
    if (!octets.isEmpty())
        BIO_read(out, octets.data(), static_cast<int>(octets.size()));
    return octets.isEmpty() || writeRaw(octets);
}

bool ScriptedTlsServer::Session::receive()
{
    if (!flush())
        return false;
    while (m_socket.bytesAvailable() == 0) {
        if (m_server.m_stop || m_socket.state() != QAbstractSocket::ConnectedState)
            return false;
        m_socket.waitForReadyRead(SliceMs);
    }
    const QByteArray octets = m_socket.readAll();
    BIO_write(SSL_get_rbio(m_ssl), octets.constData(), static_cast<int>(octets.size()));
    return true;
}

bool ScriptedTlsServer::Session::handshake()
{
    for (;;) {
        ERR_clear_error();
        const int done = SSL_do_handshake(m_ssl);
        if (done == 1)
            return flush();
        if (SSL_get_error(m_ssl, done) != SSL_ERROR_WANT_READ) {
            flush(); // the alert
            return false;
        }
        if (!receive())
            return false;
    }
}

QByteArray ScriptedTlsServer::Session::readRequest()
{
    QByteArray request;
    std::array<char, 4096> buffer;
    while (!request.contains("\r\n\r\n")) {
        ERR_clear_error();
        const int octets = SSL_read(m_ssl, buffer.data(), static_cast<int>(buffer.size()));
        if (octets > 0)
            request.append(buffer.data(), octets);
        else if (SSL_get_error(m_ssl, octets) != SSL_ERROR_WANT_READ || !receive())
            return request;
    }
    const std::lock_guard lock(m_server.m_mutex);
    m_server.m_requests.append(request);
    return request;
}

bool ScriptedTlsServer::Session::write(const QByteArray &octets)
{
    ERR_clear_error();
    return SSL_write(m_ssl, octets.constData(), static_cast<int>(octets.size())) > 0 && flush();
}

bool ScriptedTlsServer::Session::wait(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!m_server.m_stop && clock.elapsed() < milliseconds)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return !m_server.m_stop;
}

bool ScriptedTlsServer::Session::waitForPeerToGo()
{
    while (!m_server.m_stop && m_socket.state() == QAbstractSocket::ConnectedState) {
        m_socket.waitForReadyRead(SliceMs);
        m_socket.readAll();
    }
    return !m_server.m_stop;
}

void ScriptedTlsServer::Session::closeNotify()
{
    ERR_clear_error();
    SSL_shutdown(m_ssl);
    flush();
}

void ScriptedTlsServer::Session::abort()
{
    m_socket.abort();
}

ScriptedTlsServer::Script answering(const QByteArray &answer)
{
    return [answer](ScriptedTlsServer::Session &session) {
        if (!session.handshake() || session.readRequest().isEmpty())
            return;
        session.write(answer);
        session.closeNotify();
        session.waitForPeerToGo(); // closing first could lose what is on its way
    };
}
