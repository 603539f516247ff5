// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A world in which whatever a service has is live at once: shop.example, its policy host and records.

#include "changingworld.h"
#include "fakeservice.h"

inline const QByteArray MirrorHost = "mta-sts.shop.example";

/// A policy with this mode and the records that belong to it.
inline void putDeployment(FakeService &service, const QByteArray &mode)
{
    service.hosted[MirrorHost] = "version: STSv1\r\nmode: " + mode +
                                 "\r\nmx: mx1.shop.example\r\nmx: mx2.shop.example\r\n"
                                 "max_age: 604800\r\n";
    service.put("_mta-sts.shop.example", "v=STSv1; id=20260301T101200;");
    service.put("_smtp._tls.shop.example", "v=TLSRPTv1; rua=mailto:r@shop.example");
}

/// Looks at what `service` has, and publishes there.
[[nodiscard]] inline Engine mirrorEngine(FakeService &service)
{
    Engine engine = changingEngine(
            std::make_shared<std::atomic<int>>(0), [&service](FakeWorld &world, int) {
                const QMutexLocker lock(&service.mutex);
                const auto body = service.hosted.find(MirrorHost);
                if (body == service.hosted.end()) {
                    world.dns.remove(MirrorHost);
                    world.http.fetches.clear();
                } else {
                    world.setPolicy(body->second);
                }
                for (const QByteArray name : {"_mta-sts.shop.example", "_smtp._tls.shop.example"})
                    world.dns.remove(name);
                for (const ZoneRecord &one : service.records)
                    world.dns.txt(one.record.name, {one.record.data});
            });
    engine.publish = service.doors();
    return engine;
}
