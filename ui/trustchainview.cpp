// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trustchainview.h"

#include "textcolours.h"
#include "trustlinkbox.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <optional>

namespace {

using State = TrustLink::State;

/// To screen readers a list and its items; Qt's own answer for plain widgets has no role they speak.
QAccessibleInterface *accessibleChain(const QString &className, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    if (!widget)
        return nullptr;
    if (className == QLatin1String("TrustLinkBox"))
        return new QAccessibleWidget(widget, QAccessible::ListItem);
    if (className == QLatin1String("TrustChainView"))
        return new QAccessibleWidget(widget, QAccessible::List);
    return nullptr;
}

QPen penFor(State state, const QPalette &palette)
{
    using Part = TextColours::Part;
    switch (state) {
    case State::Holds:
        return {TextColours::colour(Part::Added, palette), 3};
    case State::Broken:
        return {TextColours::colour(Part::Removed, palette), 3};
    case State::Unsigned:
    case State::Absent:
        return {palette.color(QPalette::WindowText), 3};
    case State::Unknown:
        return {palette.color(QPalette::WindowText), 2, Qt::DashLine};
    case State::NotReached:
        break;
    }
    return {TextColours::colour(Part::Comment, palette), 1, Qt::DotLine};
}

} // namespace

TrustChainView::TrustChainView(QWidget *parent)
    : QWidget(parent)
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(accessibleChain);
        return true;
    }();
    Q_UNUSED(isInstalled)
    setObjectName(QStringLiteral("trustChainView"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TrustChainView::showChain(const TrustChain &chain)
{
    if (chain == m_chain)
        return;
    const bool isOtherHost = chain.host != m_chain.host;
    std::optional<TrustLink::Kind> kind;
    if (!isOtherHost && m_current >= 0 && m_boxes.value(m_current)->hasFocus())
        kind = m_chain.links.at(m_current).kind;
    m_chain = chain;
    setAccessibleName(chain.host.isEmpty() ? tr("Chain of trust")
                                           : tr("Chain of trust to %1").arg(chain.host));
    while (m_boxes.size() > chain.links.size())
        delete m_boxes.takeLast();
    while (m_boxes.size() < chain.links.size()) {
        const int index = int(m_boxes.size());
        auto *box = new TrustLinkBox(this);
        box->setObjectName(QStringLiteral("trustLink%1").arg(index));
        connect(box, &TrustLinkBox::focused, this, [this, index] { makeCurrent(index); });
        box->setVisible(true);
        m_boxes.append(box);
    }
    for (int i = 0; i < m_boxes.size(); ++i)
        m_boxes.at(i)->show(chain, chain.links.at(i));
    const auto same = std::find_if(chain.links.cbegin(), chain.links.cend(),
                                   [&](const TrustLink &link) { return link.kind == kind; });
    const qsizetype start = firstBreak(chain);
    const int wanted = same != chain.links.cend() ? int(same - chain.links.cbegin())
                       : start >= 0               ? int(start)
                                                  : int(chain.links.size()) - 1;
    m_current = -1; // its sentence may be another
    const bool hadFocus = kind && !m_boxes.isEmpty();
    makeCurrent(wanted);
    if (hadFocus)
        m_boxes.at(wanted)->setFocus();
    updateGeometry();
    arrange();
}

void TrustChainView::makeCurrent(int index)
{
    if (index == m_current || index < 0 || index >= m_boxes.size())
        return;
    m_current = index;
    for (int i = 0; i < m_boxes.size(); ++i)
        m_boxes.at(i)->setCurrent(i == index);
    Q_EMIT currentChanged();
}

QWidget *TrustChainView::currentBox() const
{
    return m_boxes.value(m_current);
}

QSize TrustChainView::boxSize(bool isRow) const
{
    QSize size;
    for (const TrustLinkBox *box : m_boxes)
        size = size.expandedTo(
                box->sizeFor(isRow ? TrustLinkBox::Shape::Block : TrustLinkBox::Shape::Line));
    return size;
}

int TrustChainView::gap(bool isRow) const
{
    return isRow ? fontMetrics().height() * 2 : qMax(10, fontMetrics().height() * 3 / 5);
}

bool TrustChainView::fitsRow(int width) const
{
    const int count = int(m_boxes.size());
    return count > 0 && count * boxSize(true).width() + (count - 1) * gap(true) <= width;
}

bool TrustChainView::isRow() const
{
    return fitsRow(width());
}

int TrustChainView::heightForWidth(int width) const
{
    const int count = int(m_boxes.size());
    if (fitsRow(width))
        return boxSize(true).height();
    return count * boxSize(false).height() + qMax(0, count - 1) * gap(false);
}

QSize TrustChainView::sizeHint() const
{
    const int width = boxSize(false).width();
    return {width * 3 / 2, heightForWidth(width)};
}

QSize TrustChainView::minimumSizeHint() const
{
    return {boxSize(false).width(), boxSize(false).height()};
}

void TrustChainView::arrange()
{
    const bool row = isRow();
    const int count = int(m_boxes.size());
    const QSize box = boxSize(row);
    const int wide = row ? (width() - (count - 1) * gap(true)) / count : width();
    for (int i = 0; i < count; ++i) {
        const QRect logical = row ? QRect(i * (wide + gap(true)), 0, wide, box.height())
                                  : QRect(0, i * (box.height() + gap(false)), wide, box.height());
        m_boxes.at(i)->setShape(row ? TrustLinkBox::Shape::Block : TrustLinkBox::Shape::Line);
        m_boxes.at(i)->setGeometry(QStyle::visualRect(layoutDirection(), rect(), logical));
    }
    update();
}

void TrustChainView::paintJoint(QPainter &painter, const TrustLinkBox &from,
                                const TrustLinkBox &to) const
{
    const State state = to.link().state;
    QPointF start, end;
    if (isRow()) {
        const bool mirrored = isRightToLeft();
        const double y = from.geometry().center().y() + 0.5;
        start = {double(mirrored ? from.geometry().left() : from.geometry().right() + 1), y};
        end = {double(mirrored ? to.geometry().right() + 1 : to.geometry().left()), y};
    } else {
        const double x = from.x() + from.markCentre() + 0.5;
        start = {x, double(from.geometry().bottom() + 1)};
        end = {x, double(to.geometry().top())};
    }
    painter.setPen(penFor(state, palette()));
    if (!isCut(state)) {
        painter.drawLine(start, end);
        return;
    }
    const QPointF middle = (start + end) / 2;
    const double arm = isRow() ? fontMetrics().height() / 4.0 : gap(false) / 2.0 - 2;
    if (isRow()) {
        painter.drawLine(start, start + (end - start) * 0.25);
        painter.drawLine(end, end - (end - start) * 0.25);
    }
    painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm));
    painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm));
}

void TrustChainView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 1; i < m_boxes.size(); ++i)
        paintJoint(painter, *m_boxes.at(i - 1), *m_boxes.at(i));
}

void TrustChainView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void TrustChainView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange ||
        event->type() == QEvent::StyleChange) {
        updateGeometry();
        arrange();
    }
}

void TrustChainView::keyPressEvent(QKeyEvent *event)
{
    const int forward = isRightToLeft() ? Qt::Key_Left : Qt::Key_Right;
    const int back = isRightToLeft() ? Qt::Key_Right : Qt::Key_Left;
    const int last = int(m_boxes.size()) - 1;
    int wanted = m_current;
    if (event->modifiers() != Qt::NoModifier && event->modifiers() != Qt::KeypadModifier)
        wanted = -1;
    else if (event->key() == forward || event->key() == Qt::Key_Down)
        wanted = qMin(m_current + 1, last);
    else if (event->key() == back || event->key() == Qt::Key_Up)
        wanted = qMax(m_current - 1, 0);
    else if (event->key() == Qt::Key_Home)
        wanted = 0;
    else if (event->key() == Qt::Key_End)
        wanted = last;
    else
        wanted = -1;
    if (wanted < 0)
        QWidget::keyPressEvent(event);
    else
        m_boxes.at(wanted)->setFocus();
}
