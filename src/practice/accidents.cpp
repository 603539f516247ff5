// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/accidenttables.h"

#include <algorithm>

using namespace Practice;

PolicyServer &Practice::host(Scene &scene)
{
    if (!scene.host)
        scene.host = PolicyServer();
    return *scene.host;
}

void Practice::replaceInFile(Scene &scene, const char *before, const char *after)
{
    host(scene).text.replace(before, after);
}

MailServer &Practice::lastServer(Scene &scene)
{
    return scene.servers.last();
}

const char *Practice::titleOf(AccidentGroup group)
{
    switch (group) {
    case AccidentGroup::Record:
        return QT_TRANSLATE_NOOP("Practice", "MTA-STS record");
    case AccidentGroup::Host:
        return QT_TRANSLATE_NOOP("Practice", "Policy host");
    case AccidentGroup::File:
        return QT_TRANSLATE_NOOP("Practice", "Policy file");
    case AccidentGroup::Mx:
        return QT_TRANSLATE_NOOP("Practice", "MX records");
    case AccidentGroup::MailServer:
        return QT_TRANSLATE_NOOP("Practice", "Mail servers");
    case AccidentGroup::Reports:
        return QT_TRANSLATE_NOOP("Practice", "TLS reports");
    case AccidentGroup::Dnssec:
        return QT_TRANSLATE_NOOP("Practice", "DANE and DNSSEC");
    }
    return "";
}

const QList<Accident> &Practice::accidents()
{
    static const QList<Accident> all = recordAccidents() + hostAccidents() + fileAccidents() +
                                       mxAccidents() + mailServerAccidents() + reportsAccidents() +
                                       dnssecAccidents();
    return all;
}

const Accident *Practice::accident(const QByteArray &id)
{
    const QList<Accident> &all = accidents();
    const auto found =
            std::find_if(all.begin(), all.end(), [&](const Accident &one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}
