// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakedoors.h"

#include <thread>

namespace {

void waitUntilCancelled(const Cancel &cancel)
{
    while (!cancel.isCancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

TlsFacts goodTls(const QString &name)
{
    TlsFacts tls;
    tls.established = true;
    tls.protocol = "TLSv1.3";
    tls.cipher = "TLS_AES_256_GCM_SHA384";
    tls.chain = {fakeCertificate({name}, QDateTime::currentDateTimeUtc().addDays(60))};
    tls.pkix.looked = tls.pkix.trusted = tls.pkix.nameMatches = true;
    return tls;
}

} // namespace

PolicyFetch FakeHttp::fetch(const PolicyRequest &request, const Cancel &cancel)
{
    PolicyFetch fetch;
    fetch.end = PolicyFetch::End::NoConnection;
    fetch.problem = QStringLiteral("connection refused");
    if (hangs) {
        waitUntilCancelled(cancel);
        fetch.end = PolicyFetch::End::Cancelled;
    } else if (fetches.contains(request.address.toString())) {
        fetch = fetches.value(request.address.toString());
    }
    fetch.address = request.address;
    return fetch;
}

SmtpFacts FakeSmtp::probe(const SmtpTarget &target, const Cancel &cancel, const TlsSeen &)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_probes[target.address.toString()];
    }
    SmtpFacts none;
    none.stage = SmtpFacts::Stage::Connect;
    none.end = SmtpFacts::End::NoConnection;
    none.problem = QStringLiteral("connection refused");
    if (hangs || target.address.toString() == hangsAt) {
        waitUntilCancelled(cancel);
        none.end = SmtpFacts::End::Cancelled;
        return none;
    }
    return facts.value(target.address.toString(), none);
}

int FakeSmtp::probes(const QString &address) const
{
    const std::lock_guard lock(m_mutex);
    return m_probes.value(address);
}

Certificate fakeCertificate(const QStringList &names, const QDateTime &notAfter)
{
    Certificate certificate;
    certificate.der = names.join(QLatin1Char(' ')).toUtf8();
    certificate.subject = QStringLiteral("CN = ") + names.value(0);
    certificate.issuer = QStringLiteral("CN = Test CA");
    certificate.commonName = names.value(0);
    certificate.dnsNames = names;
    certificate.notBefore = notAfter.addDays(-90);
    certificate.notAfter = notAfter;
    certificate.keyType = "EC";
    certificate.keyBits = 256;
    certificate.signatureAlgorithm = "ecdsa-with-SHA256";
    certificate.publicKey = certificate.der;
    return certificate;
}

SmtpFacts goodServer(const QString &name)
{
    SmtpFacts facts;
    facts.stage = SmtpFacts::Stage::Done;
    facts.end = SmtpFacts::End::Done;
    facts.greeting = name + QStringLiteral(" ESMTP");
    facts.extensions = QStringList{QStringLiteral("STARTTLS")};
    facts.offersStartTls = true;
    facts.tls = goodTls(name);
    return facts;
}

FakeWorld::FakeWorld()
{
    options.allowPrivate = true;
    dns.setDefaultSecurity(Security::Secure);
    dns.rootKey(Security::Secure);
    dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}});
    dns.ns("shop.example", {"ns.shop.example"});
    dns.a("mx1.shop.example", {QStringLiteral("192.0.2.1")});
    dns.a("mx2.shop.example", {QStringLiteral("192.0.2.2")});
    dns.a("mta-sts.shop.example", {QStringLiteral("192.0.2.80")});
    dns.txt("_mta-sts.shop.example", {"v=STSv1; id=20260101T000000;"});
    dns.txt("_smtp._tls.shop.example", {"v=TLSRPTv1; rua=mailto:tls@reports.example"});
    smtp.facts.insert(QStringLiteral("192.0.2.1"), goodServer(QStringLiteral("mx1.shop.example")));
    smtp.facts.insert(QStringLiteral("192.0.2.2"), goodServer(QStringLiteral("mx2.shop.example")));
    setPolicy("version: STSv1\r\nmode: enforce\r\nmx: mx1.shop.example\r\nmx: mx2.shop.example\r\n"
              "max_age: 2592000\r\n");
}

void FakeWorld::setPolicy(const QByteArray &body)
{
    PolicyFetch fetch;
    fetch.end = PolicyFetch::End::Answered;
    fetch.tls = goodTls(QStringLiteral("mta-sts.shop.example"));
    fetch.status = 200;
    fetch.contentType = "text/plain";
    fetch.hasContentType = true;
    fetch.body = body;
    fetch.serverDate = QDateTime::currentDateTimeUtc();
    http.fetches.insert(QStringLiteral("192.0.2.80"), fetch);
}

Doors FakeWorld::doors()
{
    return {dns, dns, http, smtp, shared};
}

Survey FakeWorld::look(const Cancel &cancel, const std::function<void(const Survey &)> &onProgress)
{
    return ::look(domain, options, doors(), cancel, onProgress);
}
