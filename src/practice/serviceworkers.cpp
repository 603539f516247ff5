// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/serviceworkers.h"

#include "mail/workerscript.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace {

tl::unexpected<ServiceRefusal> noRoute()
{
    return serviceRefusal(404, 7003, "No route for the URI");
}

QByteArray textAt(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toUtf8();
}

QJsonObject bodyOf(const HttpRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

} // namespace

ServiceAnswer<HttpReply> ServiceWorkers::scripts(const QList<QByteArray> &rest,
                                                 const HttpRequest &request)
{
    const QByteArray name = rest.value(0), below = rest.mid(1).join('/');
    if (request.verb == "PUT" && below.isEmpty())
        return upload(name, request);
    const auto script = m_scripts.find(name);
    if (script == m_scripts.end())
        return serviceRefusal(404, 10007, "This Worker does not exist on your account.");
    if (request.verb == "GET" && below == "content/v2") {
        const QByteArray boundary = "practice" + serviceId(script->module.body).toLatin1();
        return HttpReply{200, "multipart/form-data; boundary=" + boundary,
                         formBody({script->module}, boundary)};
    }
    if (request.verb == "POST" && below == "subdomain")
        script->subdomain = bodyOf(request);
    if ((request.verb == "GET" || request.verb == "POST") && below == "subdomain")
        return serviceReply(script->subdomain);
    if (request.verb != "DELETE" || !below.isEmpty())
        return noRoute();
    m_scripts.erase(script);
    return serviceReply(QJsonValue());
}

ServiceAnswer<HttpReply> ServiceWorkers::upload(const QByteArray &name, const HttpRequest &request)
{
    static const QRegularExpression legal(QStringLiteral("^[a-z0-9_][a-z0-9_-]{0,62}\\z"));
    if (!legal.match(QString::fromUtf8(name)).hasMatch())
        return serviceRefusal(400, 10016, "Invalid Worker name.");
    const QList<FormPart> parts = formParts(request.contentType, request.body);
    const auto part = [&](const QByteArray &wanted) {
        return std::find_if(parts.begin(), parts.end(),
                            [&](const FormPart &each) { return each.name == wanted; });
    };
    const auto metadata = part("metadata");
    const auto module =
            metadata == parts.end()
                    ? parts.end()
                    : part(textAt(QJsonDocument::fromJson(metadata->body).object(), "main_module"));
    if (module == parts.end() || module->contentType != "application/javascript+module")
        return serviceRefusal(400, 10021, "No such module: main_module");
    if (!module->body.contains("export default"))
        return serviceRefusal(400, 10021, "Uncaught SyntaxError");
    Script &script = m_scripts[name];
    script.module = *module;
    if (script.subdomain.isEmpty()) // nobody promises that a new one is not served at workers.dev
        script.subdomain = {{QStringLiteral("enabled"), true},
                            {QStringLiteral("previews_enabled"), true}};
    return serviceReply(QJsonObject{{QStringLiteral("id"), QString::fromLatin1(name)}});
}

ServiceAnswer<HttpReply> ServiceWorkers::domains(const QList<QByteArray> &rest,
                                                 const HttpRequest &request)
{
    if (request.verb == "PUT" && rest.isEmpty())
        return attach(bodyOf(request));
    if (request.verb == "DELETE" && rest.size() == 1)
        return detach(rest.first());
    if (request.verb != "GET" || !rest.isEmpty())
        return noRoute();
    const QByteArray wanted =
            request.query.queryItemValue(QStringLiteral("hostname"), QUrl::FullyDecoded).toUtf8();
    QJsonArray found;
    for (auto domain = m_domains.begin(); domain != m_domains.end(); ++domain) {
        if (wanted.isEmpty() || domain.key() == wanted)
            found.append(domainJson(domain.key()));
    }
    return serviceReply(found);
}

QJsonObject ServiceWorkers::domainJson(const QByteArray &host) const
{
    return {{QStringLiteral("id"), serviceId("domain " + host)},
            {QStringLiteral("hostname"), QString::fromUtf8(host)},
            {QStringLiteral("service"), QString::fromUtf8(m_domains.value(host))},
            {QStringLiteral("zone_id"), serviceId(m_records.zone())},
            {QStringLiteral("zone_name"), QString::fromLatin1(m_records.zone())}};
}

ServiceAnswer<HttpReply> ServiceWorkers::attach(const QJsonObject &wanted)
{
    const QByteArray host = normalName(textAt(wanted, "hostname"));
    const QByteArray service = textAt(wanted, "service");
    const QByteArray &zone = m_records.zone();
    if (!m_scripts.contains(service))
        return serviceRefusal(404, 10007, "This Worker does not exist on your account.");
    if (textAt(wanted, "zone_id") != serviceId(zone).toLatin1() || !isLegalName(host) ||
        (host != zone && !host.endsWith('.' + zone)))
        return serviceRefusal(400, 100114, "The hostname is not in a zone of this account.");
    const QByteArray old = m_domains.value(host);
    if (!old.isEmpty() && old != service)
        return serviceRefusal(409, 100116, "Hostname is already in use by another Worker.");
    if (old.isEmpty() && m_records.hasConflict(host))
        return serviceRefusal(409, 100117, "Hostname has externally managed DNS records.");
    if (old.isEmpty())
        m_records.addManaged(host);
    m_domains[host] = service;
    return serviceReply(domainJson(host));
}

ServiceAnswer<HttpReply> ServiceWorkers::detach(const QByteArray &id)
{
    for (auto domain = m_domains.begin(); domain != m_domains.end(); ++domain) {
        if (serviceId("domain " + domain.key()).toLatin1() != id)
            continue;
        m_records.removeManaged(domain.key());
        m_domains.erase(domain);
        return serviceReply(QJsonValue());
    }
    return serviceRefusal(404, 100115, "No such custom domain.");
}

void ServiceWorkers::startOver(const QByteArray &host, const QByteArray &script)
{
    m_scripts.clear();
    m_domains.clear();
    if (host.isEmpty())
        return;
    const QByteArray name = workerName(host.mid(host.indexOf('.') + 1)); // mta-sts.DOMAIN
    m_scripts[name].module = {"worker.js", "application/javascript+module", script};
    m_domains[host] = name;
    m_records.addManaged(host);
}

QByteArray ServiceWorkers::host() const
{
    return m_domains.isEmpty() ? QByteArray() : m_domains.firstKey();
}

QByteArray ServiceWorkers::scriptAt(const QByteArray &host) const
{
    return m_scripts.value(m_domains.value(host)).module.body;
}
