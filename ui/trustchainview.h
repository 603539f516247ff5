// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The chain of trust of one mail server, drawn: its links in a row where there is room, else one under the
// other, and between them a line that is whole, dashed where nothing is known, or cut. Arrow keys go from
// link to link; Tab comes to the current one only.

#include "check/trustchain.h"

#include <QWidget>

class TrustLinkBox;

class TrustChainView : public QWidget
{
    Q_OBJECT
public:
    explicit TrustChainView(QWidget *parent = nullptr);
    /// The current link stays as long as there is one of its kind; a new host begins where it breaks.
    void showChain(const TrustChain &chain);
    [[nodiscard]] const TrustChain &chain() const { return m_chain; }
    [[nodiscard]] int current() const { return m_current; } // -1 without links
    [[nodiscard]] QWidget *currentBox() const;              // nothing without links
    [[nodiscard]] bool isRow() const;                       // at the width it has
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void currentChanged();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void makeCurrent(int index);
    void paintJoint(QPainter &painter, const TrustLinkBox &from, const TrustLinkBox &to) const;
    [[nodiscard]] QSize boxSize(bool isRow) const; // of the largest
    [[nodiscard]] int gap(bool isRow) const;
    [[nodiscard]] bool fitsRow(int width) const;

    TrustChain m_chain;
    QList<TrustLinkBox *> m_boxes;
    int m_current = -1;
};
