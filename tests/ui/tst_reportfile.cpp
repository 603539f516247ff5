// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as files: the three formats, remembered folder and format, a folder that is not there, and
// hostile texts inert in the PDF.
#include "check/checks.h"
#include "check/readreport.h"
#include "check/words.h"
#include "fakes/fakedoors.h"
#include "reportcontent.h"
#include "resultopener.h"

#include <QDir>
#include <QFile>
#include <QMimeData>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>
#include <QUrl>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

namespace {

constexpr char Hostile[] = "<b>x</b><img src=\"file:///etc/hostname\">";

ReportContent content(FakeWorld &world)
{
    ReportContent made;
    made.survey = world.look();
    made.report = judge(*made.survey);
    made.facts.program = QStringLiteral("MTA-STS Assistant 0.1");
    made.facts.resolver = made.survey->resolver;
    return made;
}

QString textOfPdf(const QByteArray &pdf)
{
    QProcess reader;
    reader.start(QStringLiteral("pdftotext"),
                 {QStringLiteral("-layout"), QStringLiteral("-"), QStringLiteral("-")});
    if (!reader.waitForStarted())
        return {};
    reader.write(pdf);
    reader.closeWriteChannel();
    reader.waitForFinished();
    return QString::fromUtf8(reader.readAllStandardOutput());
}

QByteArray fileAt(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReportFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void formats()
    {
        FakeWorld world;
        const ReportContent made = content(world);
        const QByteArray html = reportOctets(made, ReportFormat::Html);
        QVERIFY(html.startsWith("<!DOCTYPE html>") && html.contains("Gmail"));
        const ReportReading again = readReport(reportOctets(made, ReportFormat::Json));
        QVERIFY(again.saved);
        QCOMPARE(again.saved->report.findings.size(), made.report.findings.size());
        QVERIFY(reportOctets(made, ReportFormat::Pdf).startsWith("%PDF-"));
    }

    void aSavedResultGivesTheSameReport()
    {
        FakeWorld world;
        const ReportContent made = content(world);
        const QByteArray json = reportOctets(made, ReportFormat::Json);
        const ReportContent again = contentOf(*readReport(json).saved);
        QCOMPARE(reportOctets(again, ReportFormat::Json), json);
        const QByteArray html = reportOctets(again, ReportFormat::Html);
        QVERIFY(html.contains("mx1.shop.example") && html.contains("from a file"));
        QVERIFY(!html.contains("Gmail")); // a file does not say enough for that
    }

    void thePdfSaysTheSame_data()
    {
        QTest::addColumn<bool>("hostile");
        QTest::newRow("ordinary") << false;
        QTest::newRow("hostile texts") << true;
    }
    void thePdfSaysTheSame()
    {
        QFETCH(bool, hostile);
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            QSKIP("pdftotext is not installed");
        FakeWorld world;
        if (hostile) {
            SmtpFacts &facts = world.smtp.facts[QStringLiteral("192.0.2.1")];
            facts.end = SmtpFacts::End::PermanentRefusal;
            facts.problem = facts.greeting = QString::fromLatin1(Hostile);
            world.dns.txt("_mta-sts.shop.example", {QByteArray("v=STSv1; id=1; ") + Hostile});
        }
        const ReportContent made = content(world);
        const QByteArray pdf = reportOctets(made, ReportFormat::Pdf);
        if (qEnvironmentVariableIsSet("REPORTS")) { // to be looked at
            QFile file(qEnvironmentVariable("REPORTS") + QLatin1Char('/') +
                       QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".pdf"));
            if (file.open(QIODevice::WriteOnly))
                file.write(pdf);
        }
        QString text = textOfPdf(pdf);
        QVERIFY(text.contains(QLatin1String("shop.example")));
        QVERIFY(text.contains(QLatin1String("Gmail")));
        QVERIFY(text.contains(QLatin1String("version: STSv1")));
        if (hostile) { // as text, broken over lines perhaps
            text.remove(QRegularExpression(QStringLiteral("\\s")));
            QVERIFY2(text.contains(QLatin1String("<b>x</b><imgsrc=")), qPrintable(text));
        }
        QVERIFY(!pdf.contains("/URI") && !pdf.contains("/Launch") && !pdf.contains("/JavaScript"));
    }

    /// Qt centres headings of tables unless it is told otherwise in words it knows.
    void cellsBeginWhereTheLanguageDoes_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("left to right") << Qt::LeftToRight;
        QTest::newRow("right to left") << Qt::RightToLeft;
    }
    void cellsBeginWhereTheLanguageDoes()
    {
        QFETCH(Qt::LayoutDirection, direction);
        FakeWorld world;
        ReportContent made = content(world);
        made.facts.direction = direction;
        QTextDocument document;
        document.setHtml(QString::fromUtf8(reportOctets(made, ReportFormat::Html)));
        int cells = 0;
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
            if (!QTextCursor(block).currentTable())
                continue;
            ++cells;
            // AlignLeft is the leading side: Qt turns it over from right to left.
            QVERIFY2(block.blockFormat().alignment() & Qt::AlignLeft, qPrintable(block.text()));
            QCOMPARE(block.blockFormat().layoutDirection(), direction);
        }
        QVERIFY(cells > 20);
    }

    void formatByName()
    {
        QCOMPARE(formatOf(QStringLiteral("a.pdf"), ReportFormat::Html), ReportFormat::Pdf);
        QCOMPARE(formatOf(QStringLiteral("a.JSON"), ReportFormat::Html), ReportFormat::Json);
        QCOMPARE(formatOf(QStringLiteral("shop.example"), ReportFormat::Pdf), ReportFormat::Pdf);
    }

    void savedAndRemembered()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        ReportSaver saver(settings);
        const QSignalSpy saved(&saver, &ReportSaver::saved);
        FakeWorld world;
        const QString path = folder.filePath(QStringLiteral("r.html"));
        saver.save(path, ReportFormat::Html, content(world));
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(fileAt(path).contains("</html>"));
        QCOMPARE(settings.value(QStringLiteral("report/folder")).toString(), folder.path());
        QCOMPARE(settings.value(QStringLiteral("report/format")).toString(),
                 QStringLiteral("html"));
    }

    void aFolderThatIsNotThereIsSaid()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        ReportSaver saver(settings);
        const QSignalSpy failed(&saver, &ReportSaver::failed);
        FakeWorld world;
        saver.save(folder.filePath(QStringLiteral("gone/r.pdf")), ReportFormat::Json,
                   content(world));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed.first().first().toString().contains(QLatin1String("gone")));
    }

#ifdef Q_OS_UNIX
    /// As when the disk is full: what was there before stays whole.
    void aFullDiskIsSaid()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("x.ini")), QSettings::IniFormat);
        const QString path = folder.filePath(QStringLiteral("r.html"));
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
        before.close();
        FakeWorld world;
        const ReportContent made = content(world);
        ReportSaver saver(settings);
        const QSignalSpy saved(&saver, &ReportSaver::saved);
        QSignalSpy failed(&saver, &ReportSaver::failed);
        rlimit limit{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, limit.rlim_max};
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        saver.save(path, ReportFormat::Html, made);
        const bool isTold = failed.wait();
        ::setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, handler);
        QVERIFY(isTold);
        QCOMPARE(saved.count(), 0);
        const QString why = failed.first().first().toString();
        QVERIFY2(why.contains(QLatin1String("r.html")), qPrintable(why));
        QVERIFY2(why.contains(QLatin1String("no room")) ||
                         why.contains(QLatin1String("File too large")),
                 qPrintable(why));
        QCOMPARE(fileAt(path), QByteArray("before"));
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("r.html*")}).size(), 1);
        saver.save(path, ReportFormat::Html, made); // and again, with room
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(fileAt(path).startsWith("<!DOCTYPE html>"));
    }
#endif

    void opening_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("sentence"); // empty: it opens
        FakeWorld world;
        const QByteArray json = reportOctets(content(world), ReportFormat::Json);
        QByteArray future = json;
        future.replace("mta-sts-check/1", "mta-sts-check/7");
        QTest::newRow("a result") << json << QString();
        QTest::newRow("text") << QByteArray("hello") << QStringLiteral("not a saved result");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("holds no result");
        QTest::newRow("of the future") << future << QStringLiteral("newer version");
        QTest::newRow("too large") << QByteArray(17000000, ' ') << QStringLiteral("too large");
        QTest::newRow("other JSON")
                << QByteArray("{}") << QStringLiteral("not the result of a check");
    }
    void opening()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, sentence);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("<b>r.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size());
        file.close();
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        ResultOpener opener(settings);
        const QSignalSpy opened(&opener, &ResultOpener::opened);
        const QSignalSpy failed(&opener, &ResultOpener::failed);
        opener.open(file.fileName());
        QTRY_COMPARE(opened.count() + failed.count(), 1);
        QCOMPARE(opened.count() == 1, sentence.isEmpty());
        if (!sentence.isEmpty()) {
            const QString why = failed.first().first().toString();
            QVERIFY2(why.contains(sentence) && why.contains(QLatin1String("<b>r.json")) &&
                             why.endsWith(QLatin1Char('.')),
                     qPrintable(why));
        }
    }

    void aFolderOrNoFileIsSaid()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        ResultOpener opener(settings);
        const QSignalSpy failed(&opener, &ResultOpener::failed);
        opener.open(folder.path());
        QTRY_COMPARE(failed.count(), 1);
        opener.open(folder.filePath(QStringLiteral("gone.json")));
        QTRY_COMPARE(failed.count(), 2);
    }

    void whatIsDropped()
    {
        QMimeData data;
        QVERIFY(droppedResult(&data).isEmpty());
        data.setUrls({QUrl(QStringLiteral("https://example.org/r.json"))});
        QVERIFY(droppedResult(&data).isEmpty());
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/r.json"))});
        QCOMPARE(droppedResult(&data), QStringLiteral("/tmp/r.json"));
        data.setUrls({data.urls().first(), data.urls().first()});
        QVERIFY(droppedResult(&data).isEmpty());
    }
};
QTEST_MAIN(TestReportFile)
#include "tst_reportfile.moc"
