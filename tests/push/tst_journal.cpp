// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/journal.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

Plan thePlan(const QString &domain = QStringLiteral("example.com"))
{
    Plan made;
    made.domain = DomainName::parse(domain).domain;
    made.provider = "powerdns";
    made.zone = {"example.com", "example.com.", {}};
    const QByteArray name = "_mta-sts.example.com";
    made.sets = {{name,
                  RecordType::TXT,
                  {{{name, RecordType::TXT, 60, "odd \"\\ \xC3\xA4"}, "id7", false},
                   {{name, RecordType::TXT, 60, "kept"}, "disabled", true}},
                  {{name, RecordType::TXT, 3600, "v=STSv1; id=1;"}}}};
    return made;
}

const QDateTime Now({2026, 3, 1}, {10, 0}, Qt::UTC);

} // namespace

class tst_Journal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasWritten();
    void hostStep();
    void overridden();
    void finished();
    void onlyTheOwnerReads();
    void cutShort();
    void neverThroughALink();
    void newest();
    void noJournal();

private:
    QTemporaryDir m_folder;
};

void tst_Journal::readsWhatWasWritten()
{
    auto journal = Journal::start(m_folder.path(), thePlan(), Now);
    QVERIFY(journal);
    QVERIFY(journal->note("sent"));
    QVERIFY(journal->note("ended", QStringLiteral("why")));
    const auto read = readJournal(journal->path());
    QVERIFY(read);
    QCOMPARE(read->domain, QByteArray("example.com"));
    QCOMPARE(read->provider, QByteArray("powerdns"));
    QCOMPARE(read->zone.handle, QByteArray("example.com."));
    QCOMPARE(read->at, Now);
    QCOMPARE(read->sets, thePlan().sets);
    QCOMPARE(read->notes, (QList<QByteArray>{"sent", "ended"}));
    QVERIFY(read->wasSent());
}

void tst_Journal::hostStep()
{
    Plan plan = thePlan();
    plan.host = HostStep{HostStep::Action::Publish,
                         "mta-sts.example.com",
                         "version: STSv1\r\n",
                         {.content = HostState::Content::Absent, .service = "mta-sts-example-com"}};
    auto journal = Journal::start(m_folder.path(), plan, Now.addSecs(60));
    QVERIFY(journal);
    QVERIFY(!readJournal(journal->path())->wasSent());
    QVERIFY(journal->note("host-sent"));
    const auto read = readJournal(journal->path());
    QVERIFY(read);
    QCOMPARE(read->host, plan.host);
    QVERIFY(read->wasSent()); // the host alone is something too
    // Of a program that knows more than this one.
    QFile file(journal->path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray newer = file.readAll().replace("\"publish\"", "\"mirror\"");
    QVERIFY(file.resize(0) && file.seek(0) && file.write(newer) == newer.size());
    file.close();
    QVERIFY(!readJournal(journal->path()));
}

/// T-32: what a push was done in spite of can be read afterwards, and before anything was sent.
void tst_Journal::overridden()
{
    const auto finding = [](const char *id) {
        return toFinding({id, Severity::Error, {}}, Group::Mx, QStringLiteral("mx.example.com"));
    };
    const auto journal = Journal::start(m_folder.path(), thePlan(), Now.addSecs(120),
                                        {finding("STS-85"), finding("TLS-1")});
    QVERIFY(journal);
    const auto read = readJournal(journal->path());
    QVERIFY(read);
    QCOMPARE(read->notes, (QList<QByteArray>{"override", "override"}));
    QVERIFY(!read->wasSent());
    QFile file(journal->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QVERIFY(lines.value(1).contains("STS-85") && lines.value(2).contains("TLS-1"));
}

void tst_Journal::finished()
{
    JournalRecord record;
    record.sets = thePlan().sets;
    QVERIFY(!record.isFinished());
    record.notes = {"sent", "ended"};
    QVERIFY(!record.isFinished());
    record.notes = {"sent", "done", "ended"};
    QVERIFY(record.isFinished());
    record.host = HostStep{};
    QVERIFY(record.isFinished()); // kept: nothing was to be done
    record.host->action = HostStep::Action::Publish;
    QVERIFY(!record.isFinished());
    record.notes.append("host-done");
    QVERIFY(record.isFinished());
    record.sets.clear();
    record.notes = {"host-sent", "host-done"};
    QVERIFY(record.isFinished());
}

void tst_Journal::onlyTheOwnerReads()
{
    const auto journal = Journal::start(m_folder.path(), thePlan(), Now.addSecs(1));
    QVERIFY(journal);
    const auto others =
            QFile::permissions(journal->path()) &
            (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther);
    QCOMPARE(int(others), 0);
}

void tst_Journal::cutShort()
{
    auto journal = Journal::start(m_folder.path(), thePlan(), Now.addSecs(2));
    QVERIFY(journal);
    QVERIFY(journal->note("sent"));
    QFile file(journal->path());
    QVERIFY(file.open(QIODevice::Append));
    file.write("{\"note\":\"do");
    file.close();
    const auto read = readJournal(journal->path());
    QVERIFY(read);
    QCOMPARE(read->notes, QList<QByteArray>{"sent"});
}

void tst_Journal::neverThroughALink()
{
    const QString victim = m_folder.filePath(QStringLiteral("victim"));
    const QString name = m_folder.filePath(QStringLiteral("example.com-20260301T100003000.jsonl"));
    QVERIFY(QFile::link(victim, name));
    QVERIFY(!Journal::start(m_folder.path(), thePlan(), Now.addSecs(3)));
    QVERIFY(!QFile::exists(victim));
}

void tst_Journal::newest()
{
    QTemporaryDir folder;
    QVERIFY(newestJournal(folder.path(), thePlan().domain).isEmpty());
    auto first = Journal::start(folder.path(), thePlan(), Now);
    auto second = Journal::start(folder.path(), thePlan(), Now.addSecs(9));
    auto other = Journal::start(folder.path(), thePlan(QStringLiteral("example.com-x.example")),
                                Now.addSecs(99));
    QVERIFY(first && second && other);
    QVERIFY(newestJournal(folder.path(), thePlan().domain).isEmpty()); // nothing was ever sent
    QCOMPARE(lastPush(folder.path(), thePlan().domain).error().kind, Error::Kind::NotFound);
    QVERIFY(first->note("sent") && other->note("sent"));
    QCOMPARE(lastPush(folder.path(), thePlan().domain)->at, Now);
    QCOMPARE(newestJournal(folder.path(), thePlan().domain), first->path());
    QVERIFY(second->note("host-sent"));
    QCOMPARE(newestJournal(folder.path(), thePlan().domain), second->path());
}

void tst_Journal::noJournal()
{
    const QString path = m_folder.filePath(QStringLiteral("x.jsonl"));
    QVERIFY(!readJournal(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\":\"something\"}\n");
    file.close();
    const auto read = readJournal(path);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Malformed);
}

QTEST_GUILESS_MAIN(tst_Journal)
#include "tst_journal.moc"
