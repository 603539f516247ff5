// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rolloverdialog.h"

#include "advicelist.h"
#include "banner.h"
#include "base/printable.h"
#include "dane/rolloverwords.h"
#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtConcurrentRun>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace {

QPushButton *button(const QString &text, const char *name)
{
    auto *made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    return made;
}

QTreeWidget *table(const QStringList &headings, const QString &name, const char *objectName)
{
    auto *made = new QTreeWidget;
    made->setObjectName(QLatin1String(objectName));
    made->setAccessibleName(name);
    made->setRootIsDecorated(false);
    made->setAllColumnsShowFocus(true);
    made->setHeaderLabels(headings);
    made->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    made->header()->setStretchLastSection(false);
    return made;
}

Severity severityOf(const RolloverState &state)
{
    switch (state.step) {
    case RolloverStep::Done:
        return state.isOfBefore ? Severity::Info : Severity::Ok;
    case RolloverStep::Broken:
        return Severity::Error;
    case RolloverStep::None:
        return Severity::Unknown;
    default:
        break;
    }
    return isDue(state) ? Severity::Warning : Severity::Info;
}

QString joinedLines(const QString &title, const QList<QByteArray> &lines)
{
    return lines.isEmpty() ? QString()
                           : title + QLatin1Char('\n') + QString::fromLatin1(lines.join('\n')) +
                                     QLatin1Char('\n');
}

} // namespace

RolloverDialog::RolloverDialog(const QList<QByteArray> &servers, RolloverDoor look,
                               const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_servers(servers)
    , m_look(std::move(look))
    , m_folder(folder)
    , m_hosts(new QComboBox)
    , m_banner(new Banner)
    , m_lines(new QPlainTextEdit)
    , m_linesLabel(plainLabel(tr("In the &zone:"), this))
    , m_datesLabel(plainLabel(tr("&Dates, not before:"), this))
    , m_seenLabel(plainLabel(tr("See&n now:"), this))
    , m_message(plainLabel({}, this))
    , m_dates(table({tr("When (UTC)"), tr("What")}, tr("Dates"), "datesView"))
    , m_seen(table({tr("Where"), tr("What is there")}, tr("Seen now"), "seenView"))
    , m_advice(new AdviceList)
    , m_begin(button(tr("&Begin with the next key…"), "beginButton"))
    , m_again(button(tr("&Look now"), "lookButton"))
    , m_copy(button(tr("&Copy"), "copyLinesButton"))
    , m_calendar(button(tr("&Save the dates…"), "calendarButton"))
    , m_forget(button(tr("&Give up…"), "forgetRolloverButton"))
{
    setObjectName(QStringLiteral("RolloverDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Change of keys"));
    make();
    connect(m_hosts, &QComboBox::currentIndexChanged, this, [this] { start({}); });
    connect(m_begin, &QPushButton::clicked, this, &RolloverDialog::askForNextKey);
    connect(m_again, &QPushButton::clicked, this, [this] { start({}); });
    connect(m_calendar, &QPushButton::clicked, this, &RolloverDialog::saveCalendar);
    connect(m_forget, &QPushButton::clicked, this, &RolloverDialog::askToForget);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_lines->toPlainText());
        tell(tr("Copied."));
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &RolloverDialog::take);
    start({});
}

RolloverDialog::~RolloverDialog()
{
    m_cancel.cancel();
    m_watcher.waitForFinished();
}

void RolloverDialog::make()
{
    m_hosts->setObjectName(QStringLiteral("rolloverHostCombo"));
    m_hosts->setAccessibleName(tr("Mail server"));
    for (const QByteArray &host : m_servers)
        m_hosts->addItem(printable(host, 255));
    m_banner->setObjectName(QStringLiteral("rolloverBanner"));
    m_lines->setObjectName(QStringLiteral("linesEdit"));
    m_lines->setReadOnly(true);
    m_lines->setTabChangesFocus(true);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_lines->setLayoutDirection(Qt::LeftToRight);
    m_lines->setFixedHeight(fontMetrics().lineSpacing() * 6);
    m_lines->setAccessibleName(tr("Lines for the zone"));
    m_linesLabel->setBuddy(m_lines);
    m_datesLabel->setBuddy(m_dates);
    m_seenLabel->setBuddy(m_seen);
    m_message->setObjectName(QStringLiteral("rolloverMessageLabel"));
    auto *closing = new QDialogButtonBox(QDialogButtonBox::Close);
    closing->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeButton"));
    connect(closing, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    const auto row = [layout](std::initializer_list<QWidget *> widgets) {
        auto *made = new QHBoxLayout;
        for (QWidget *widget : widgets)
            made->addWidget(widget);
        made->addStretch();
        layout->addLayout(made);
    };
    layout->addWidget(m_hosts);
    layout->addWidget(m_banner);
    row({m_begin, m_again, m_forget});
    layout->addWidget(m_linesLabel);
    layout->addWidget(m_lines);
    row({m_copy});
    layout->addWidget(m_datesLabel);
    layout->addWidget(m_dates);
    row({m_calendar});
    layout->addWidget(m_seenLabel);
    layout->addWidget(m_seen, 1);
    layout->addWidget(m_advice);
    layout->addWidget(m_message);
    layout->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding));
    layout->addWidget(closing);
    prepareForm(this);
    const int letter = fontMetrics().averageCharWidth();
    resize(100 * letter, 90 * letter);
}

QByteArray RolloverDialog::host() const
{
    return m_servers.value(m_hosts->currentIndex());
}

void RolloverDialog::start(const QString &nextFile)
{
    m_cancel.cancel();
    m_watcher.waitForFinished(); // at most one look; a cancel takes less than 100 ms
    m_cancel = Cancel();
    tell({});
    m_isLooking = true;
    m_watcher.setFuture(QtConcurrent::run(
            [look = m_look, folder = m_folder, host = host(), nextFile, cancel = m_cancel] {
                return rollOn(look, folder, host, nextFile, cancel);
            }));
    showRunning();
}

void RolloverDialog::showRunning()
{
    for (QPushButton *one : {m_begin, m_again, m_forget, m_calendar})
        one->setEnabled(!m_isLooking);
    if (m_isLooking)
        m_banner->tell(Severity::Unknown,
                       tr("Looking at every name server and every address of %1.")
                               .arg(isolated(printable(host(), 255))));
}

void RolloverDialog::take()
{
    m_isLooking = false;
    showRunning();
    showFound(m_watcher.result());
}

void RolloverDialog::showFound(const RolloverShown &shown)
{
    m_told = shown.told;
    m_begin->setVisible(shown.canBegin);
    m_again->setVisible(shown.isKept);
    m_forget->setVisible(shown.isKept);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_linesLabel, m_lines, m_copy,
                                                            m_datesLabel, m_dates, m_calendar})
        widget->setVisible(shown.told && shown.told->kept);
    m_seenLabel->setVisible(shown.told.has_value());
    m_seen->setVisible(shown.told.has_value());
    m_advice->tell({});
    if (shown.told)
        showTold(*shown.told);
    else if (!shown.error)
        m_banner->tell(Severity::Info,
                       tr("No change of keys of %1 is under way. Give the certificate, the public "
                          "key or the certificate request of the next key; from then on this "
                          "window says what to do when, and you can close it meanwhile.")
                               .arg(isolated(printable(host(), 255))));
    if (shown.error)
        m_banner->tell(Severity::Error, phrase(*shown.error));
}

void RolloverDialog::showTold(const RollTold &told)
{
    if (told.kept)
        m_banner->tell(severityOf(told.state),
                       rolloverNow(*told.kept, told.state, told.look.sight.at));
    else
        m_banner->tell(Severity::Error, tr("It was not begun. The reasons stand below."));
    const QString lines = joinedLines(tr("; add, and keep what is there"), linesToAdd(told)) +
                          joinedLines(tr("; take out"), linesToRemove(told));
    m_lines->setPlainText(lines);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_linesLabel, m_lines, m_copy})
        widget->setVisible(!lines.isEmpty());
    m_dates->clear();
    for (const RolloverDate &date : told.dates) {
        const QString title = rolloverTitle(*told.kept, date.step);
        new QTreeWidgetItem(
                m_dates,
                {rolloverTime(date.at),
                 date.isForecast ? tr("%1 (if all goes on without delay)").arg(title) : title});
    }
    for (QWidget *widget : std::initializer_list<QWidget *>{m_datesLabel, m_dates, m_calendar})
        widget->setVisible(!told.dates.isEmpty());
    showSeen(told);
    m_advice->tell(toldOf(told.findings));
}

void RolloverDialog::showSeen(const RollTold &told)
{
    m_seen->clear();
    if (!told.kept)
        return;
    for (const SeenNameServer &server : told.look.sight.nameServers)
        new QTreeWidgetItem(m_seen,
                            {isolated(printable(server.name, 255)), seenWord(*told.kept, server)});
    for (const SeenAddress &address : told.look.sight.addresses) {
        const QString why = whyUnseen(told, address);
        const QString word = seenWord(*told.kept, address);
        new QTreeWidgetItem(m_seen, {isolated(printable(address.address)),
                                     why.isEmpty() ? word : tr("%1: %2").arg(word, why)});
    }
}

void RolloverDialog::tell(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    if (!message.isEmpty())
        announce(m_message);
}
