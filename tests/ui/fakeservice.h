// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A DNS service made of memory, with a policy host, a name server that answers over TCP, and a key store.
// What a token may do depends on what it begins with:
//   expired   is refused                  narrow    may not edit Workers
//   broad     sees other zones too        down      the service does not answer
// Anything else works, for the zone of the domain that is asked for.

#include "publishdoors.h"

#include <QMutex>

#include <map>
#include <memory>
#include <thread>

class FakeService
{
public:
    FakeService();
    ~FakeService();
    [[nodiscard]] PublishDoors doors();
    void put(const QByteArray &name,
             const QByteArray &text); // a TXT record more; before it is used

    // Set before it is used, or under the lock.
    QMutex mutex;
    QList<ZoneRecord> records;
    std::map<QByteArray, QByteArray> hosted; // host to policy text
    int fetchesWithoutCertificate = 0;       // so many fail after the host was made
    bool refusesWrites = false;
    bool isHosting = true;   // what is in `hosted` is there by its doing
    bool servesNames = true; // the name server has what was written
    bool hasKeyStore = true;
    bool isLocked = false;              // the key store
    std::map<QString, QByteArray> keys; // what is in it
    int writes = 0;
    int delayMs = 0; // before every answer of the service

private:
    void serve();

    std::atomic<bool> m_stops = false;
    std::atomic<quint16> m_port = 0;
    std::thread m_server; // last: it uses the others from its first moment
};
