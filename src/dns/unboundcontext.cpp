// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/unboundcontext.h"

#include "base/printable.h"
#include "dns/trustanchor.h"

#include <QFileInfo>

#include <unbound.h>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace {

struct Option
{
    const char *name;
    const char *value;
};

/// Set for every context. Ids and ports are random by default (DNS-13).
constexpr Option Common[] = {
        {"edns-buffer-size:", "1232"},     // DNS flag day 2020; larger answers come by TCP (DNS-5)
        {"do-not-query-localhost:", "no"}, // systemd-resolved, dnsmasq and unbound live there
        {"so-reuseport:", "no"},           {"num-queries-per-thread:", "4096"},
        {"outgoing-num-tcp:", "24"},       {"cache-min-ttl:", "0"},
        {"msg-cache-size:", "1m"},         {"rrset-cache-size:", "2m"}, // a list seldom asks twice
        {"val-bogus-ttl:", "10"},          {"val-permissive-mode:", "no"},
        {"aggressive-nsec:", "no"}, // a name added a minute ago must not be denied from memory
        {"infra-host-ttl:", "10"},  // a network that comes back is noticed
        {"infra-keep-probing:", "yes"},
};

/// Two contexts share the process's descriptors with hundreds of probes; questions beyond this
/// number wait inside libunbound for a free port.
int outgoingPorts()
{
    constexpr int Most = 1024;
    int ports = 256;
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        ports = int(qMin<rlim_t>(limit.rlim_cur / 4, Most));
#endif
    return qBound(32, ports, Most);
}

class Maker
{
public:
    explicit Maker(const ResolverOptions &options)
        : m_options(options)
    {
    }

    UnboundContext make()
    {
        m_made.context.reset(ub_ctx_create());
        if (!m_made.context) {
            m_made.problems.append(QStringLiteral("The DNS library could not be started."));
            return std::move(m_made);
        }
        ub_ctx_debugout(context(), nullptr); // its log would go to the terminal
        ub_ctx_async(context(), 1);          // a thread; the default forks a process
        for (const Option &option : Common)
            set(option.name, option.value);
        set("cache-max-negative-ttl:", QByteArray::number(LongestAbsence));
#ifdef Q_OS_UNIX // Windows: the defaults fit its event loop of 64 sockets
        set("outgoing-range:", QByteArray::number(outgoingPorts()));
#endif
        addAnchors();
        checkTls();
        if (!addServers())
            m_made.context.reset();
        return std::move(m_made);
    }

private:
    ub_ctx *context() const
    {
        return m_made.context.get();
    }

    /// Older libraries do not know every option; each of ours only tunes.
    void set(const char *name, const QByteArray &value)
    {
        ub_ctx_set_option(context(), name, value.constData());
    }

    void note(const QString &sentence, const QString &value)
    {
        m_made.problems.append(sentence.arg(printable(value)) + QLatin1Char('.'));
    }

    void addAnchors()
    {
        if (m_options.validation == ResolverOptions::Validation::Off) {
            set("module-config:", "iterator");
            return;
        }
        set("module-config:", "validator iterator");
        const auto anchors = trustAnchors(m_options.trustAnchorFile);
        if (!anchors) {
            note(QStringLiteral("No DNSSEC trust anchor could be read from %1"),
                 m_options.trustAnchorFile);
            return;
        }
        for (const QByteArray &anchor : *anchors) {
            if (ub_ctx_add_ta(context(), anchor.constData()) == 0)
                m_made.validating = true;
        }
    }

    /// The address libunbound is to forward to: the server itself, or the bridge to it.
    QByteArray forwarder(const ServerAddress &server)
    {
        if (m_options.tlsName.isEmpty())
            return server.address.toString().toLatin1() + '@' + QByteArray::number(server.port);
        auto bridge = std::make_unique<TlsBridge>(
                TlsBridge::Peer{server.address, server.port, m_options.tlsName, m_options.caFile});
        const quint16 port = bridge->port();
        m_made.bridges.push_back(std::move(bridge));
        return port == 0 ? QByteArray() : "127.0.0.1@" + QByteArray::number(port);
    }

    void checkTls()
    {
        if (m_options.tlsName.isEmpty())
            return;
        set("tcp-upstream:", "yes");
        if (!m_options.caFile.isEmpty() && !QFileInfo(m_options.caFile).isReadable())
            note(QStringLiteral("The file of certificates %1 cannot be read"), m_options.caFile);
    }

    /// DNS-2: without one usable server there are no answers; libunbound's own fallback, asking
    /// the root servers directly, would be a resolver nobody chose.
    bool addServers()
    {
        if (m_options.servers.isEmpty() && !m_options.tlsName.isEmpty()) {
            m_made.problems.append(
                    QStringLiteral("DNS over TLS needs the address of a name server."));
            return false;
        }
        if (m_options.servers.isEmpty()) {
            if (ub_ctx_resolvconf(context(), nullptr) == 0)
                return true;
            m_made.problems.append(
                    QStringLiteral("The system's list of name servers cannot be read."));
            return false;
        }
        constexpr quint16 DnsPort = 53;
        constexpr quint16 TlsPort = 853; // RFC 7858 3.1
        bool any = false;
        for (const QString &text : m_options.servers) {
            const auto server =
                    serverAddress(text, m_options.tlsName.isEmpty() ? DnsPort : TlsPort);
            if (!server) {
                note(QStringLiteral("%1 is not the address of a name server"), text);
                continue;
            }
            const QByteArray address = forwarder(*server);
            if (!address.isEmpty() && ub_ctx_set_fwd(context(), address.constData()) == 0)
                any = true;
            else
                note(QStringLiteral("The name server %1 cannot be used"), text);
        }
        return any;
    }

    const ResolverOptions &m_options;
    UnboundContext m_made;
};

} // namespace

void UnboundContextDelete::operator()(ub_ctx *context) const
{
    ub_ctx_delete(context);
}

UnboundContext makeUnboundContext(const ResolverOptions &options)
{
    return Maker(options).make();
}

std::optional<ServerAddress> serverAddress(const QString &server, quint16 defaultPort)
{
    const QStringList parts = server.trimmed().split(QLatin1Char('@'));
    ServerAddress result{QHostAddress(parts.first()), defaultPort};
    if (parts.size() > 2 || result.address.isNull())
        return std::nullopt;
    if (parts.size() == 2) {
        bool ok = false;
        result.port = parts.at(1).toUShort(&ok);
        if (!ok || result.port == 0)
            return std::nullopt;
    }
    return result;
}
