// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/typedpattern.h"

#include <QTest>

using List = QList<QByteArray>;

class tst_TypedPattern : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void typed_data();
    void typed();
    void manyItemsAreBounded();
};

void tst_TypedPattern::typed_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<List>("patterns");
    QTest::addColumn<List>("issues");
    const auto row = [](const char *name, const char *typed, const List &patterns,
                        const List &issues = {}) {
        QTest::newRow(name) << QString::fromUtf8(typed) << patterns << issues;
    };
    row("nothing", "  ", {});
    row("a name", " MX1.Example.ORG ", {"mx1.example.org"});
    row("the root's dot", "mx1.example.org.", {"mx1.example.org"});
    row("a wildcard", "*.example.org", {"*.example.org"});
    row("a line of a policy", "mx: mx1.example.org", {"mx1.example.org"});
    row("a line without a space", "MX:mx1.example.org", {"mx1.example.org"});
    row("an MX record", "10 mx1.example.org.", {"mx1.example.org"});
    row("several", "mx1.example.org, mx2.example.org;*.example.net",
        {"mx1.example.org", "mx2.example.org", "*.example.net"});
    row("internationalized", "mx.m\u00fcller.example", {"mx.xn--mller-kva.example"});
    row("internationalized wildcard", "*.m\u00fcller.example", {"*.xn--mller-kva.example"});
    row("a star in a label", "mx*.example.org", {}, {"STS-31.wildcard"});
    row("a star in the middle", "mx.*.example.org", {}, {"STS-31.wildcard"});
    row("a star alone", "*", {}, {"STS-31.wildcard"});
    row("a web address", "https://mx.example.org/", {}, {"STS-31.url"});
    row("a port", "mx.example.org:25", {}, {"STS-31.port"});
    row("an IPv6 address", "2001:db8::1", {}, {"STS-31.address"});
    row("an IPv4 address", "192.0.2.1", {}, {"STS-44"});
    row("a single label", "mail", {}, {"STS-44.single"});
    row("words", "no name", {}, {"STS-44.single", "STS-44.single"});
    row("an underscore", "mx_1.example.org", {}, {"STS-31.underscore"});
    row("a mail address", "me@example.org", {}, {"STS-31"});
    row("an empty label", "mx..example.org", {}, {"STS-31"});
    row("a hyphen at the border", "-mx.example.org", {}, {"STS-31"});
    row("hidden direction", "mx\u202e1.example.org", {}, {"STS-32.character"});
    row("one good, one bad", "mx1.example.org mx*.example.org", {"mx1.example.org"},
        {"STS-31.wildcard"});
}

void tst_TypedPattern::typed()
{
    QFETCH(QString, typed);
    List patterns;
    List issues;
    for (const TypedPattern &item : parseTypedPatterns(typed)) {
        QCOMPARE(item.pattern.has_value(), item.issues.isEmpty());
        if (item.pattern)
            patterns.append(item.pattern->text());
        for (const Issue &issue : item.issues)
            issues.append(issue.id);
    }
    QTEST(patterns, "patterns");
    QTEST(issues, "issues");
}

void tst_TypedPattern::manyItemsAreBounded()
{
    QCOMPARE(parseTypedPatterns(QStringLiteral("a.b,").repeated(100000)).size(), 100);
}

QTEST_GUILESS_MAIN(tst_TypedPattern)
#include "tst_typedpattern.moc"
