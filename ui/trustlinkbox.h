// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One link of the drawn chain of trust: a mark, what it is, its name, and its state as a word. A widget of
// its own, so that the keyboard and screen readers come to it as to any other.

#include "check/trustchain.h"

#include <QIcon>
#include <QWidget>

class TrustLinkBox : public QWidget
{
    Q_OBJECT
public:
    enum class Shape { Line, Block }; // all in one line, or each text under the other

    explicit TrustLinkBox(QWidget *parent = nullptr);
    void show(const TrustChain &chain, const TrustLink &link);
    void setShape(Shape shape);
    void setCurrent(bool isCurrent); // the one that Tab comes to
    [[nodiscard]] const TrustLink &link() const { return m_link; }
    [[nodiscard]] QSize sizeFor(Shape shape) const; // without less of it a word would be cut
    [[nodiscard]] int markCentre() const;           // of a line, from the left edge

Q_SIGNALS:
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void paintLine(QPainter &painter) const;
    void paintBlock(QPainter &painter) const;
    void paintMark(QPainter &painter, const QRect &place) const;
    [[nodiscard]] QFont stateFont() const;
    [[nodiscard]] int markSize() const;
    [[nodiscard]] int margin() const;

    TrustLink m_link;
    QIcon m_mark;
    Shape m_shape = Shape::Line;
    bool m_isCurrent = false;
};
