// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/issuername.h"

#include <array>

namespace {

struct Authority
{
    const char *organization; // as it stands in the issuer of its certificates
    const char *names;        // as its policy documents give them
};

// As of November 2026. Whoever is not in it is not judged.
constexpr std::array<Authority, 14> Authorities{{
        {"Let's Encrypt", "letsencrypt.org"},
        {"Google Trust Services", "pki.goog"},
        {"DigiCert", "digicert.com symantec.com geotrust.com rapidssl.com thawte.com"},
        {"Sectigo", "sectigo.com comodoca.com comodo.com usertrust.com trust-provider.com"},
        {"ZeroSSL", "sectigo.com zerossl.com"},
        {"GlobalSign", "globalsign.com"},
        {"Amazon", "amazon.com amazontrust.com awstrust.com amazonaws.com"},
        {"GoDaddy", "godaddy.com starfieldtech.com"},
        {"Starfield", "starfieldtech.com godaddy.com"},
        {"SSL Corp", "ssl.com"},
        {"Buypass", "buypass.com buypass.no"},
        {"Actalis", "actalis.it"},
        {"HARICA", "harica.gr"},
        {"Certum", "certum.pl certum.eu"},
}};

} // namespace

QList<QByteArray> issuerNames(const Certificate &certificate)
{
    for (const Authority &authority : Authorities) {
        if (certificate.issuer.contains(QLatin1String(authority.organization), Qt::CaseInsensitive))
            return QByteArray(authority.names).split(' ');
    }
    return {};
}
