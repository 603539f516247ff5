// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Between the session and what is kept: gives a domain its memory when it is opened, keeps each check
// and every choice in the assistant.

#include <QByteArray>
#include <QObject>

class KeptDomains;
class QSettings;
class Session;

class DomainKeeper : public QObject
{
    Q_OBJECT
public:
    DomainKeeper(Session &session, KeptDomains &kept, const QSettings &settings,
                 QObject *parent = nullptr);

    /// Where the user is. Look-ups of the assistant alone keep no domain: it looks while one types.
    enum class Place { Elsewhere, Check, Assistant };
    void setPlace(Place place, const QByteArray &step = {});

private:
    void restore();
    void takeCheck();
    void takeDraft();
    Session &m_session;
    KeptDomains &m_kept;
    const QSettings &m_settings;
    Place m_place = Place::Elsewhere;
    QByteArray m_step;
    bool m_isRestoring = false;
};
