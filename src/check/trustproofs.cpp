// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/trustproofs.h"

#include "survey/survey.h"

#include <algorithm>

TrustProofs::TrustProofs(const Survey &survey)
{
    if (survey.validation != Validation::Works)
        return; // DANE-51
    for (const auto &answer : {survey.mx, survey.sts, survey.tlsRpt, survey.ns, survey.dnskey,
                               survey.wildcard, survey.policyA, survey.policyAaaa}) {
        if (answer)
            add(*answer);
    }
    for (const DnsAnswer &answer : survey.caa) // climbs to the top-level domain
        add(answer);
    for (const MailHost &host : survey.hosts) {
        for (const auto &answer : {host.a, host.aaaa, host.alias, host.tlsa, host.tlsaAtAlias}) {
            if (answer)
                add(*answer);
        }
    }
}

void TrustProofs::add(const DnsAnswer &answer)
{
    // An answer behind an alias is as secure as the weakest of its zones: which one, it does not say.
    const bool isOfName = !answer.isAlias() || answer.type == RecordType::CNAME;
    switch (answer.security) {
    case Security::Secure:
        if (answer.isKnown()) {
            addSigned(answer.name);
            addSigned(answer.canonicalName);
        }
        break;
    case Security::Insecure:
        if (isOfName && answer.isKnown())
            m_rest[answer.name] = std::max(m_rest.value(answer.name), TrustProof::Insecure);
        break;
    case Security::Bogus:
        if (isOfName)
            m_rest[answer.name] = TrustProof::Bogus;
        break;
    case Security::Unknown:
        break;
    }
}

void TrustProofs::addSigned(QByteArray name)
{
    while (!name.isEmpty() && !m_signed.contains(name)) {
        m_signed.insert(name);
        const auto dot = name.indexOf('.');
        name = dot < 0 ? QByteArray() : name.mid(dot + 1);
    }
}
