// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trustlinkbox.h"

#include "check/trustwords.h"
#include "texts.h"

#include <QPainter>
#include <QStyle>

namespace {

constexpr int LeastNameLetters = 10; // of a block: fewer say nothing

/// The root's name is a dot, which says less than the word before it.
QString nameOf(const TrustLink &link)
{
    return link.kind == TrustLink::Kind::Root ? QString() : isolated(link.name);
}

} // namespace

TrustLinkBox::TrustLinkBox(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::ClickFocus);
}

void TrustLinkBox::show(const TrustChain &chain, const TrustLink &link)
{
    m_link = link;
    // What is not reached has no result of its own: an empty place says so.
    m_mark = link.state == TrustLink::State::NotReached ? QIcon()
                                                        : resultIcon(trustSeverity(chain, link));
    //: a link of the chain of trust and its state, as "Zone example.com: Not signed"
    setAccessibleName(
            tr("%1: %2").arg(trustLinkText(link, layoutDirection()), trustStateText(link)));
    setAccessibleDescription(trustSentence(link, layoutDirection()));
    update();
}

void TrustLinkBox::setShape(Shape shape)
{
    m_shape = shape;
    update();
}

void TrustLinkBox::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    setFocusPolicy(isCurrent ? Qt::StrongFocus : Qt::ClickFocus);
    update();
}

QFont TrustLinkBox::stateFont() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

int TrustLinkBox::markSize() const
{
    return qMax(16, fontMetrics().ascent());
}

int TrustLinkBox::margin() const
{
    return qMax(4, fontMetrics().height() / 4);
}

int TrustLinkBox::markCentre() const
{
    const int left = margin() + markSize() / 2;
    return isRightToLeft() ? width() - left : left;
}

QSize TrustLinkBox::sizeFor(Shape shape) const
{
    const QFontMetrics state{stateFont()};
    const int kind = fontMetrics().horizontalAdvance(trustKindText(m_link.kind));
    const int word = state.horizontalAdvance(trustStateText(m_link));
    const int line = qMax(fontMetrics().height(), state.height());
    const int marked = markSize() + margin();
    if (shape == Shape::Line)
        return {marked + kind + 2 * margin() + word + 2 * margin(),
                qMax(line, markSize()) + margin()};
    const int name = fontMetrics().averageCharWidth() * LeastNameLetters;
    return {qMax(qMax(marked + kind, marked + word), name) + 2 * margin(),
            2 * line + qMax(line, markSize()) + 2 * margin()};
}

void TrustLinkBox::paintMark(QPainter &painter, const QRect &place) const
{
    if (!m_mark.isNull()) {
        m_mark.paint(&painter, place);
        return;
    }
    painter.save();
    QPen pen(palette().color(QPalette::Text), 1, Qt::DotLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place.adjusted(3, 3, -3, -3));
    painter.restore();
}

void TrustLinkBox::paintLine(QPainter &painter) const
{
    const QRect inside = rect().adjusted(margin(), 0, -margin(), 0);
    const auto placed = [&](const QRect &logical) {
        return QStyle::visualRect(layoutDirection(), inside, logical);
    };
    const int mark = markSize();
    paintMark(painter, placed({inside.left(), (height() - mark) / 2, mark, mark}));
    const QFontMetrics bold{stateFont()};
    const QString state = trustStateText(m_link);
    const int word = bold.horizontalAdvance(state);
    const QString kind = trustKindText(m_link.kind);
    const int from = inside.left() + mark + margin();
    const int first = fontMetrics().horizontalAdvance(kind);
    const int after = from + first + fontMetrics().horizontalAdvance(QLatin1Char(' '));
    const int end = inside.right() + 1 - word;
    const int row = Qt::AlignVCenter | int(isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
    painter.drawText(placed({from, 0, first, height()}), row, kind);
    const QRect name = placed({after, 0, qMax(0, end - margin() - after), height()});
    painter.drawText(name, row,
                     fontMetrics().elidedText(nameOf(m_link), Qt::ElideMiddle, name.width()));
    painter.setFont(stateFont());
    painter.drawText(placed({end, 0, word, height()}), row, state);
}

void TrustLinkBox::paintBlock(QPainter &painter) const
{
    const QRect inside = rect().adjusted(margin(), margin(), -margin(), -margin());
    const int line = inside.height() / 3;
    const auto lineAt = [&](int number, int indent) {
        return QStyle::visualRect(layoutDirection(), inside,
                                  {inside.left() + indent, inside.top() + number * line,
                                   inside.width() - indent, line});
    };
    const int row = Qt::AlignVCenter | int(isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
    const int mark = markSize();
    paintMark(painter,
              QStyle::visualRect(
                      layoutDirection(), inside,
                      {inside.left(), inside.top() + 2 * line + (line - mark) / 2, mark, mark}));
    painter.drawText(lineAt(0, 0), row, trustKindText(m_link.kind));
    painter.drawText(lineAt(1, 0), row,
                     fontMetrics().elidedText(nameOf(m_link), Qt::ElideMiddle, inside.width()));
    painter.setFont(stateFont());
    painter.drawText(lineAt(2, mark + margin()), row, trustStateText(m_link));
}

void TrustLinkBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen frame(palette().color(QPalette::Mid), 1);
    if (hasFocus())
        frame = QPen(palette().color(QPalette::Highlight), 3);
    else if (m_isCurrent) // its sentence stands below
        frame = QPen(palette().color(QPalette::Text), 1.5);
    else if (m_link.state == TrustLink::State::NotReached)
        frame.setStyle(Qt::DotLine);
    painter.setPen(frame);
    painter.setBrush(palette().base());
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    painter.setPen(palette().color(QPalette::Text));
    if (m_shape == Shape::Line)
        paintLine(painter);
    else
        paintBlock(painter);
}

void TrustLinkBox::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    Q_EMIT focused();
}

void TrustLinkBox::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}
