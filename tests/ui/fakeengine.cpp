// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeengine.h"

#include "base/limits.h"
#include "check/checks.h"
#include "fakekeys.h"
#include "fakes/fakedoors.h"
#include "net/dane.h"

namespace {

constexpr char Hostile[] = "<b>x</b><img src=\"file:///etc/passwd\">%1%2";

class World : public FakeWorld
{
public:
    World(const DomainName &name, int delayMs)
    {
        domain = name;
        dns.setDelay(delayMs);
        dns.setDefaultSecurity(Security::Insecure);
        fill(name.ascii().left(name.ascii().indexOf('.')));
    }

private:
    [[nodiscard]] QByteArray mx(int number) const
    {
        return "mx" + QByteArray::number(number) + '.' + domain.ascii();
    }
    void servers(int count)
    {
        QList<MxRecord> hosts;
        for (int i = 1; i <= count; ++i) {
            hosts << MxRecord{10 * i, mx(i)};
            const QString address = QStringLiteral("192.0.%1.%2").arg(2 + i / 250).arg(i % 250);
            dns.a(mx(i), {address});
            smtp.facts[address] = goodServer(QString::fromLatin1(mx(i)));
        }
        dns.mx(domain.ascii(), hosts);
    }
    void deployed(const QByteArray &mode, const QByteArray &maxAge, int listed)
    {
        QByteArray body = "version: STSv1\r\nmode: " + mode + "\r\n";
        for (int i = 1; i <= listed; ++i)
            body += "mx: " + mx(i) + "\r\n";
        setPolicy(body + "max_age: " + maxAge + "\r\n");
        for (PolicyFetch &fetch : http.fetches) {
            const QString host = QString::fromLatin1(domain.child("mta-sts"));
            fetch.at = QDateTime::currentDateTimeUtc();
            fetch.tls.chain = {
                    fakeCertificate({host}, QDateTime::currentDateTimeUtc().addDays(60))};
        }
        dns.a(domain.child("mta-sts"), http.fetches.keys());
        dns.txt(domain.child("_mta-sts"), {"v=STSv1; id=20260301T101200;"});
        dns.txt(domain.child("_smtp._tls"), {"v=TLSRPTv1; rua=mailto:tlsrpt@" + domain.ascii()});
    }
    void fill(const QByteArray &kind);
    [[nodiscard]] bool fillSpecial(const QByteArray &kind);
    void spoil();
    void makeHostile();
};

void World::fill(const QByteArray &kind)
{
    const QByteArray name = domain.ascii();
    dns.ns(name, {"ns.example.org"});
    if (kind == "good") {
        dns.setDefaultSecurity(Security::Secure);
        servers(2);
        deployed("enforce", "2592000", 2);
    } else if (kind == "dane") { // one server with a record and one that is left over, one without
        dns.setDefaultSecurity(Security::Secure);
        servers(2);
        deployed("testing", "86400", 2);
        for (int i = 1; i <= 2; ++i)
            smtp.facts[QStringLiteral("192.0.2.%1").arg(i)].tls.chain = fakeChain(mx(i));
        dns.tlsa("_25._tcp." + mx(1), {{3, 1, 1, tlsaData(fakeChain(mx(1)).first(), 1, 1)},
                                       {3, 1, 1, QByteArray(32, 'x')}});
    } else if (kind == "testing") {
        servers(2);
        deployed("testing", "86400", 2);
    } else if (kind == "crowd") {
        servers(300);
        deployed("enforce", "604800", 40);
    } else if (kind == "mixed") {
        servers(3);
        deployed("enforce", "604800", 2);
        spoil();
    } else if (kind == "blocked" || kind == "offline") {
        if (kind == "blocked") {
            servers(2);
            deployed("enforce", "2592000", 2);
        }
        smtp.facts.clear();
        options.controlHosts = {"control.example.org"};
        dns.a("control.example.org", {QStringLiteral("192.0.2.99")});
        if (kind == "offline") {
            for (const QByteArray &label : {QByteArray(), QByteArray("_mta-sts."),
                                            QByteArray("_smtp._tls."), QByteArray("mta-sts.")})
                dns.failsAll(label + name);
        }
    } else if (kind == "slow") {
        servers(2);
        smtp.hangs = true;
    } else if (kind == "deaf") {
        dns.hold();
    } else if (kind == "null") {
        dns.mx(name, {{0, QByteArray()}});
    } else if (kind == "failed") {
        dns.fails(name, RecordType::MX);
    } else if (fillSpecial(kind)) {
        return;
    } else if (kind == "hostile") {
        servers(1);
        deployed("testing", "86400", 1);
        makeHostile();
    } else {
        servers(2);
    }
}

/// Domains that the assistant explains.
bool World::fillSpecial(const QByteArray &kind)
{
    const QByteArray name = domain.ascii();
    if (kind == "google") {
        QList<MxRecord> hosts{{1, "aspmx.l.google.com"}};
        for (int i = 1; i <= 4; ++i)
            hosts << MxRecord{5 * i, "alt" + QByteArray::number(i) + ".aspmx.l.google.com"};
        for (int i = 0; i < hosts.size(); ++i) {
            const QString address = QStringLiteral("192.0.2.%1").arg(i + 1);
            dns.a(hosts.at(i).host, {address});
            smtp.facts[address] = goodServer(QString::fromLatin1(hosts.at(i).host));
        }
        dns.mx(name, hosts);
        dns.ns(name, {"ada.ns.cloudflare.com", "bob.ns.cloudflare.com"});
    } else if (kind == "routing") { // Cloudflare's mail, and its DNS
        QList<MxRecord> hosts;
        for (const char *host : {"amir.mx.cloudflare.net", "isaac.mx.cloudflare.net"}) {
            hosts << MxRecord{quint16(10 + hosts.size()), host};
            const QString address = QStringLiteral("192.0.2.%1").arg(hosts.size());
            dns.a(host, {address});
            smtp.facts[address] = goodServer(QLatin1String(host));
        }
        dns.mx(name, hosts);
        dns.ns(name, {"ada.ns.cloudflare.com", "bob.ns.cloudflare.com"});
    } else if (kind == "delegated") {
        servers(1);
        deployed("enforce", "86400", 1);
        dns.txt("_mta-sts.mx.cloudflare.net", {"v=STSv1; id=2;"});
        dns.remove(domain.child("_mta-sts"));
        dns.alias(domain.child("_mta-sts"), "_mta-sts.mx.cloudflare.net");
    } else if (kind == "implicit") {
        dns.a(name, {QStringLiteral("192.0.2.1")});
        smtp.facts[QStringLiteral("192.0.2.1")] = goodServer(QString::fromLatin1(name));
    } else if (kind == "nomail") {
        return true; // the name server alone makes the name exist
    } else if (kind == "noname") {
        dns.remove(name);
    } else if (kind == "bogus") {
        servers(1);
        dns.bogus(name, RecordType::MX);
    } else if (kind == "many") {
        servers(60);
        dns.cut(name, RecordType::MX, Limits::MxRecords);
    } else {
        return false;
    }
    return true;
}

/// mx2's certificate has expired, mx3 is not in the policy and does not answer.
void World::spoil()
{
    SmtpFacts &second = smtp.facts[QStringLiteral("192.0.2.2")];
    second.tls.pkix.expired = true;
    second.tls.chain = {fakeCertificate({QString::fromLatin1(mx(2))},
                                        QDateTime::currentDateTimeUtc().addDays(-3))};
    SmtpFacts third;
    third.stage = SmtpFacts::Stage::Connect;
    third.end = SmtpFacts::End::TimedOut;
    third.problem = QStringLiteral("no answer within 15 s");
    smtp.facts[QStringLiteral("192.0.2.3")] = third;
    dns.fails(domain.child("_smtp._tls"), RecordType::TXT);
}

void World::makeHostile()
{
    SmtpFacts facts;
    facts.stage = SmtpFacts::Stage::Greeting;
    facts.end = SmtpFacts::End::PermanentRefusal;
    facts.problem = facts.greeting = QString::fromLatin1(Hostile);
    smtp.facts[QStringLiteral("192.0.2.1")] = facts;
    dns.txt(domain.child("_mta-sts"), {QByteArray("v=STSv1; id=1; ") + Hostile});
    dns.txt(domain.child("_smtp._tls"), {QByteArray("v=TLSRPTv1; rua=") + Hostile});
    setPolicy(QByteArray("version: STSv1\r\nmode: testing\r\nmx: ") + Hostile +
              "\r\nmax_age: 86400\r\n");
}

} // namespace

Engine fakeEngine(int delayMs)
{
    return {[delayMs](const DomainName &domain, const Cancel &cancel,
                      const Engine::Progress &progress) {
                World world(domain, delayMs);
                return world.look(cancel, progress);
            },
            judge,
            {},
            [](const QByteArray &host, const Cancel &) {
                LiveServerKeys keys;
                keys.canonicalName = host;
                if (host.startsWith("mx"))
                    keys.chains = {{fakeChain(host), {QHostAddress(QStringLiteral("192.0.2.1"))}}};
                else
                    keys.unseen = {{{}, QStringLiteral("no answer within 15 s")}};
                return keys;
            }};
}
