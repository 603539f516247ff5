// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roweditor.h"

#include "enteredit.h"
#include "plainlabel.h"
#include "rowsmodel.h"
#include "texts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace {

/// Technical names are edited left to right in every language.
class NameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setLayoutDirection(Qt::LeftToRight);
        editor->setObjectName(QStringLiteral("rowEdit"));
        editor->setAccessibleName(index.data().toString());
        return editor;
    }
};

} // namespace

RowEditor::RowEditor(QWidget *parent)
    : QWidget(parent)
    , m_view(new QTreeView(this))
    , m_line(new EnterEdit(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_remove(new QPushButton(tr("Re&move"), this))
    , m_undo(new QPushButton(tr("&Undo"), this))
    , m_message(plainLabel({}, this))
    , m_buttons(new QHBoxLayout)
{
    m_view->setRootIsDecorated(false);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setTabKeyNavigation(false);
    m_view->setItemDelegate(new NameDelegate(m_view));
    m_message->setObjectName(QStringLiteral("messageLabel"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view, 1);
    auto *below = new QHBoxLayout;
    below->addWidget(m_line, 1);
    below->addWidget(m_add);
    layout->addLayout(below);
    layout->addWidget(m_message);
    m_buttons->addWidget(m_remove);
    m_buttons->addWidget(m_undo);
    m_buttons->addStretch(1);
    layout->addLayout(m_buttons);
    setFocusProxy(m_view);
    m_message->hide();
    connect(m_add, &QPushButton::clicked, this, &RowEditor::addPending);
    connect(m_line, &EnterEdit::entered, this, &RowEditor::addPending);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        tell({});
        Q_EMIT changed();
    });
    connect(m_remove, &QPushButton::clicked, this, &RowEditor::remove);
    connect(m_undo, &QPushButton::clicked, this, &RowEditor::undo);
    connect(new QShortcut(QKeySequence::Delete, m_view, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, &RowEditor::remove);
    connect(new QShortcut(QKeySequence::Undo, m_view, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, &RowEditor::undo);
}

void RowEditor::setUp(const QString &noun, RowsModel &model, QLabel *label)
{
    const QString upper = noun.left(1).toUpper() + noun.mid(1);
    const QString plural =
            noun.endsWith(QLatin1Char('s')) ? noun + QLatin1String("es") : noun + QLatin1Char('s');
    m_view->setObjectName(plural + QLatin1String("View"));
    m_line->setObjectName(noun + QLatin1String("Edit"));
    m_add->setObjectName(QLatin1String("add") + upper + QLatin1String("Button"));
    m_remove->setObjectName(QLatin1String("remove") + upper + QLatin1String("Button"));
    m_undo->setObjectName(QLatin1String("undo") + upper + QLatin1String("Button"));
    m_model = &model;
    m_view->setModel(&model);
    label->setBuddy(m_view);
    m_view->header()->setSectionsMovable(false);
    m_view->header()->setStretchLastSection(true);
    showHeadings(m_view->header());
    connect(&model, &RowsModel::edited, this, [this] {
        showButtons();
        Q_EMIT changed();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &RowEditor::showButtons);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RowEditor::showButtons);
    showButtons();
}

void RowEditor::setNames(const QString &list, const QString &line, const QString &example)
{
    m_view->setAccessibleName(list);
    m_line->setAccessibleName(line);
    m_line->setPlaceholderText(example);
}

void RowEditor::addButton(QPushButton *button)
{
    m_buttons->addWidget(button);
}

QString RowEditor::pending() const
{
    return m_line->text().trimmed();
}

bool RowEditor::addPending()
{
    if (pending().isEmpty()) {
        m_line->setFocus();
        return true;
    }
    const QString problem = m_model->add(pending());
    if (problem.isEmpty()) {
        m_line->clear();
        return true;
    }
    tell(problem);
    m_line->setFocus();
    return false;
}

void RowEditor::switchTo(const QByteArray &about)
{
    m_leftBehind[m_about] = m_line->text();
    m_about = about;
    m_model->switchTo(about);
    m_line->setText(m_leftBehind.take(about));
}

void RowEditor::focusRow(int row)
{
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    if (m_model->rowCount() > 0)
        m_view->setFocus();
    else
        m_line->setFocus();
}

void RowEditor::fitColumns()
{
    const int columns = m_model->columnCount();
    const int most = m_view->viewport()->width() * 2 / (columns + 2);
    for (int column = 0; column + 1 < columns; ++column) {
        m_view->resizeColumnToContents(column);
        if (most > 0 && m_view->columnWidth(column) > most)
            m_view->setColumnWidth(column, most);
    }
    const int row = qMax(m_view->sizeHintForRow(0), m_view->fontMetrics().height() + 4);
    m_view->setMinimumHeight(m_view->header()->sizeHint().height() +
                             row * qBound(3, m_model->rowCount(), 8) + 2 * m_view->frameWidth());
}

void RowEditor::remove()
{
    QList<int> rows;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        rows << index.row();
    if (rows.isEmpty())
        return;
    m_model->remove(rows);
    const int next = qMin(rows.constFirst(), m_model->rowCount() - 1);
    m_view->setCurrentIndex(m_model->index(next, 0));
    if (m_model->rowCount() == 0)
        m_line->setFocus(); // a button without its row would lose the focus to anywhere
}

void RowEditor::undo()
{
    m_model->undo();
    m_view->setFocus();
}

void RowEditor::tell(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    if (!message.isEmpty())
        announce(m_message);
}

void RowEditor::showButtons()
{
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    const bool isOwn = std::any_of(selected.begin(), selected.end(), [this](const QModelIndex &i) {
        return i.row() < m_model->all().size() && !m_model->all().at(i.row()).isOffer;
    });
    m_remove->setEnabled(isOwn);
    m_undo->setEnabled(m_model->canUndo());
}
