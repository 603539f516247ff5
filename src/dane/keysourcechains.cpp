// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which certificates of a file are those of servers, and which lead up from them.
#include "dane/keysource_p.h"
#include "net/openssl.h"

#include <openssl/err.h>

namespace {

class Bundle
{
public:
    explicit Bundle(const QList<Certificate> &all)
        : m_all(all)
        , m_stack(x509Stack(all))
    {
    }

    void sortInto(KeySource &source) const
    {
        if (m_all.isEmpty() || !m_stack)
            return;
        QList<int> used;
        for (const int leaf : leaves()) {
            QList<Certificate> chain;
            for (int at = leaf; at >= 0; at = issuerOf(at)) {
                if (chain.contains(m_all.at(at))) // cross-signed in a circle
                    break;
                chain.append(m_all.at(at));
                used.append(at);
            }
            if (std::optional<SourceKey> key = keyOfChain(chain))
                source.keys.append(*std::move(key));
        }
        for (int i = 0; i < m_all.size(); ++i) {
            if (!used.contains(i))
                source.others.append(m_all.at(i));
        }
        ERR_clear_error();
    }

private:
    X509 *at(int index) const { return sk_X509_value(m_stack.get(), index); }
    bool hasIssued(int issuer, int subject) const
    {
        return issuer != subject && X509_check_issued(at(issuer), at(subject)) == X509_V_OK;
    }
    int issuerOf(int subject) const
    {
        for (int i = 0; i < m_all.size(); ++i) {
            if (hasIssued(i, subject))
                return i;
        }
        return -1;
    }
    // What has issued nothing else here; beside certificates of servers those of authorities are not.
    QList<int> leaves() const
    {
        QList<int> all, servers;
        for (int i = 0; i < m_all.size(); ++i) {
            bool isUpper = false;
            for (int other = 0; other < m_all.size() && !isUpper; ++other)
                isUpper = hasIssued(i, other);
            if (isUpper)
                continue;
            all.append(i);
            if (X509_check_ca(at(i)) == 0)
                servers.append(i);
        }
        return servers.isEmpty() ? all : servers;
    }

    const QList<Certificate> &m_all;
    X509StackPointer m_stack;
};

} // namespace

void sortIntoChains(const QList<Certificate> &certificates, KeySource &source)
{
    Bundle(certificates).sortInto(source);
}
