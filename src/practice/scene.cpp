// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/scene.h"

Practice::Scene Practice::bareScene()
{
    Scene scene;
    for (const char *label : {"mx1.", "mx2."}) {
        scene.mx.append(label + Domain);
        scene.servers.append({scene.mx.constLast()});
    }
    return scene;
}

Practice::Scene Practice::protectedScene(const QByteArray &mode)
{
    Scene scene = bareScene();
    QByteArray text = "version: STSv1\r\nmode: " + mode + "\r\n";
    for (MailServer &server : scene.servers) {
        server.tlsa = {TlsaWish()};
        text += "mx: " + server.name + "\r\n";
    }
    scene.host = PolicyServer{text + "max_age: 2592000\r\n"};
    scene.sts = {"v=STSv1; id=20260101T000000;"};
    scene.tlsRpt = {"v=TLSRPTv1; rua=mailto:tls-reports@" + Domain};
    return scene;
}
