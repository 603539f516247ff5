// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "danerecordsbox.h"

#include "base/printable.h"
#include "danerowwords.h"
#include "dns/presentation.h"
#include "texts.h"
#include "ui_danerecordsbox.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace {

using Use = DaneRow::Use;

constexpr int MostRows = 8; // more scroll

// Each prints what SourceKey::fingerprint says.
const auto OfCertificate =
        QLatin1String("openssl x509 -noout -fingerprint -sha256 -in CERTIFICATE.pem");
const auto OfIssuer = QLatin1String("openssl x509 -noout -fingerprint -sha256 -in ISSUER.pem");

} // namespace

DaneRecordsBox::DaneRecordsBox(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DaneRecordsBox>())
{
    ui->setupUi(this);
    ui->recordsView->setHeaderLabels({tr("Record"), tr("Mail server"), tr("Key"), tr("State")});
    for (int column = 0; column < 4; ++column)
        ui->recordsView->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    ui->recordsView->header()->setStretchLastSection(false);
    showHeadings(ui->recordsView->header());
    for (QLineEdit *edit : {ui->lineEdit, ui->commandEdit, ui->fingerprintEdit})
        edit->setLayoutDirection(Qt::LeftToRight);
    ui->messageLabel->hide();
    connect(ui->recordsView, &QTreeWidget::itemChanged, this, &DaneRecordsBox::take);
    connect(ui->recordsView, &QTreeWidget::currentItemChanged, this, [this] {
        m_isChosen = true; // show() does it with the signals blocked
        m_fingerprint = currentFingerprint();
        ui->fingerprintEdit->clear();
        showCurrent();
    });
    connect(ui->fingerprintEdit, &QLineEdit::textEdited, this, &DaneRecordsBox::compare);
    connect(ui->sameButton, &QPushButton::clicked, this, [this] {
        if (const DaneRow *row = current(); row && row->of)
            confirm(row->of->fingerprint);
    });
    connect(ui->copyLineButton, &QPushButton::clicked, this,
            [this] { copy(ui->lineEdit->text()); });
    connect(ui->copyCommandButton, &QPushButton::clicked, this,
            [this] { copy(ui->commandEdit->text()); });
    connect(ui->copyRecordsButton, &QPushButton::clicked, this, &DaneRecordsBox::copyAll);
    connect(ui->kindCombo, &QComboBox::activated, this,
            [this](int index) { Q_EMIT issuerChosen(index); });
    connect(ui->filesButton, &QPushButton::clicked, this, &DaneRecordsBox::filesAsked);
    connect(ui->nextKeyButton, &QPushButton::clicked, this, &DaneRecordsBox::nextKeyAsked);
    connect(ui->lookAgainButton, &QPushButton::clicked, this, &DaneRecordsBox::lookAsked);
    connect(ui->rolloverButton, &QPushButton::clicked, this, &DaneRecordsBox::rolloverAsked);
    connect(ui->renewingButton, &QPushButton::clicked, this, &DaneRecordsBox::renewingAsked);
}

DaneRecordsBox::~DaneRecordsBox() = default;

void DaneRecordsBox::show(const QList<DaneRow> &rows)
{
    m_rows = rows;
    const QSignalBlocker quiet(ui->recordsView);
    while (ui->recordsView->topLevelItemCount() > rows.size())
        delete ui->recordsView->takeTopLevelItem(int(rows.size()));
    int first = -1;
    for (int i = 0; i < rows.size(); ++i) {
        QTreeWidgetItem *item = ui->recordsView->topLevelItem(i);
        fill(item ? item : new QTreeWidgetItem(ui->recordsView), rows.at(i));
        const bool isAsked = rows.at(i).isTickable() && rows.at(i).of;
        if (first < 0 && isAsked && !rows.at(i).isConfirmed)
            first = i;
    }
    if (rows.isEmpty())
        m_isChosen = false;
    else if (!m_isChosen || !ui->recordsView->currentItem())
        ui->recordsView->setCurrentItem(ui->recordsView->topLevelItem(qMax(first, 0)));
    fitHeight();
    ui->copyRecordsButton->setEnabled(!rows.isEmpty());
    // What was about to be compared is another key by now.
    const bool isOther = !m_fingerprint.isEmpty() && currentFingerprint() != m_fingerprint;
    if (isOther)
        ui->fingerprintEdit->clear();
    if (isOther && m_isChosen)
        tell(tr("The server shows another key than before. Compare anew."));
    m_fingerprint = currentFingerprint();
    showCurrent();
}

QString DaneRecordsBox::currentFingerprint() const
{
    const DaneRow *row = current();
    return row && row->of ? row->of->fingerprint : QString();
}

void DaneRecordsBox::showIssuers(const QStringList &names, int chosen)
{
    QStringList kinds{tr("3 1 1, of the key (recommended)")};
    for (const QString &name : names)
        kinds << tr("2 1 1, of the issuer %1").arg(isolated(name));
    const QSignalBlocker quiet(ui->kindCombo);
    if (ui->kindCombo->count() != kinds.size()) {
        ui->kindCombo->clear();
        ui->kindCombo->addItems(kinds);
    }
    for (int i = 0; i < kinds.size(); ++i)
        ui->kindCombo->setItemText(i, kinds.at(i));
    ui->kindCombo->setCurrentIndex(chosen);
    ui->kindCombo->setEnabled(kinds.size() > 1);
}

void DaneRecordsBox::forget()
{
    m_isChosen = false;
    m_fingerprint.clear();
    ui->fingerprintEdit->clear();
    tell({});
}

void DaneRecordsBox::fill(QTreeWidgetItem *item, const DaneRow &row)
{
    item->setText(0, useWord(row));
    item->setText(1, isolated(printable(hostOf(row), 255)));
    item->setText(2, keyWord(row));
    item->setText(3, stateWord(row));
    item->setIcon(3, resultIcon(severityOf(row)));
    item->setData(3, Qt::AccessibleTextRole,
                  severityWord(severityOf(row)) + QStringLiteral(". ") + stateWord(row));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                   (row.isTickable() ? Qt::ItemIsUserCheckable : Qt::NoItemFlags));
    item->setData(0, Qt::CheckStateRole,
                  row.isTickable() ? QVariant(row.isTicked ? Qt::Checked : Qt::Unchecked)
                                   : QVariant());
}

/// As tall as its rows, so that the current one is in sight below.
void DaneRecordsBox::fitHeight()
{
    const QTreeWidget *view = ui->recordsView;
    const int row = qMax(view->sizeHintForRow(0), fontMetrics().height() + 4);
    const int shown = qBound(2, int(m_rows.size()), MostRows);
    ui->recordsView->setFixedHeight(view->header()->sizeHint().height() + shown * row +
                                    2 * view->frameWidth() +
                                    view->horizontalScrollBar()->sizeHint().height());
}

/// A key that nobody compared yet cannot be ticked: the way to it is shown instead.
void DaneRecordsBox::take(QTreeWidgetItem *item)
{
    const int index = ui->recordsView->indexOfTopLevelItem(item);
    if (index < 0 || index >= m_rows.size())
        return;
    const DaneRow &row = m_rows.at(index);
    const bool isOn = item->checkState(0) == Qt::Checked;
    if (!row.isTickable() || isOn == row.isTicked)
        return;
    if (isOn && row.use != Use::Superfluous && !row.isConfirmed) {
        const QSignalBlocker quiet(ui->recordsView);
        item->setCheckState(0, Qt::Unchecked);
        ui->recordsView->setCurrentItem(item);
        showCurrent();
        tell(tr("This key was seen over the network. Compare its fingerprint with the one on the "
                "server before you publish it."));
        ui->fingerprintEdit->setFocus();
        return;
    }
    tell({});
    Q_EMIT tickAsked(index, isOn);
}

const DaneRow *DaneRecordsBox::current() const
{
    const int index = ui->recordsView->indexOfTopLevelItem(ui->recordsView->currentItem());
    return index >= 0 && index < m_rows.size() ? &m_rows.at(index) : nullptr;
}

QByteArray DaneRecordsBox::currentServer() const
{
    const DaneRow *row = current();
    return row ? hostOf(*row) : m_rows.isEmpty() ? QByteArray() : hostOf(m_rows.constFirst());
}

void DaneRecordsBox::showCurrent()
{
    const DaneRow *row = current();
    ui->recordPane->setVisible(row);
    if (!row)
        return;
    const bool asks = row->of && !row->isConfirmed && !row->isPublished;
    ui->copyLineButton->setEnabled(isCopied(*row));
    const QString line = QString::fromLatin1(zoneLine(row->record));
    if (ui->lineEdit->text() != line) {
        ui->lineEdit->setText(line);
        ui->lineEdit->setCursorPosition(0);
    }
    ui->aboutLabel->setText(
            row->of ? tr("SHA-256 fingerprint seen: %1").arg(isolated(row->of->fingerprint))
                    : tr("Which key this record was made of is not known."));
    ui->commandEdit->setText(row->of && row->of->isIssuer ? OfIssuer : OfCertificate);
    ui->commandEdit->setCursorPosition(0);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{ui->commandLabel, ui->commandEdit, ui->copyCommandButton,
                                          ui->pasteLabel, ui->fingerprintEdit, ui->sameButton})
        widget->setVisible(asks);
}

/// As soon as a whole fingerprint stands in the field.
void DaneRecordsBox::compare()
{
    const std::optional<QByteArray> typed = digestFromText(ui->fingerprintEdit->text());
    if (!typed) {
        tell({});
        return;
    }
    const QString fingerprint = fingerprintText(*typed);
    const bool isSeen = std::any_of(m_rows.begin(), m_rows.end(), [&](const DaneRow &row) {
        return row.of && row.of->fingerprint == fingerprint;
    });
    if (!isSeen) {
        tell(tr("No server shows the certificate with this fingerprint. Publish nothing before you "
                "know why: it may be another file, or somebody in between."));
        return;
    }
    ui->fingerprintEdit->clear();
    tell(tr("It is the same."));
    confirm(fingerprint);
}

/// The row stays the current one: to be ticked is what comes next.
void DaneRecordsBox::confirm(const QString &fingerprint)
{
    m_isChosen = true;
    Q_EMIT confirmed(fingerprint);
}

void DaneRecordsBox::tell(const QString &message)
{
    ui->messageLabel->setText(message);
    ui->messageLabel->setVisible(!message.isEmpty());
    if (!message.isEmpty())
        announce(ui->messageLabel);
}

void DaneRecordsBox::setLooking(bool isLooking)
{
    ui->lookAgainButton->setEnabled(!isLooking);
    ui->lookAgainButton->setText(isLooking ? tr("Looking…") : tr("Look a&gain"));
}

/// T-33: nothing leaves here that nobody compared.
void DaneRecordsBox::copyAll()
{
    QStringList lines;
    bool isLeftOut = false;
    for (const DaneRow &row : std::as_const(m_rows)) {
        if (row.use == Use::Superfluous)
            continue;
        if (isCopied(row))
            lines << QString::fromLatin1(zoneLine(row.record));
        else
            isLeftOut = true;
    }
    if (!lines.isEmpty())
        copy(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
    if (isLeftOut)
        tell(lines.isEmpty()
                     ? tr("Nothing was copied: compare the fingerprints first.")
                     : tr("Copied, without the records whose fingerprint was not compared."));
}

void DaneRecordsBox::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    tell(tr("Copied."));
}

QWidget *DaneRecordsBox::firstField() const
{
    return ui->recordsView;
}
