// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "banner.h"

#include "plainlabel.h"
#include "texts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(plainLabel({}, this))
    , m_text(plainLabel({}, this))
    , m_action(new QPushButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_icon->setObjectName(QStringLiteral("bannerIcon"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("bannerButton"));
    m_action->setAutoDefault(true);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action, 0, Qt::AlignTop);
    connect(m_action, &QPushButton::clicked, this, &Banner::acted);
    hide();
}

void Banner::tell(Severity severity, const QString &text, const QString &action)
{
    const bool news = isHidden() || m_text->text() != text;
    m_severity = severity;
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize) * 4 / 3;
    m_icon->setPixmap(resultIcon(severity).pixmap(QSize(side, side), devicePixelRatioF()));
    m_icon->setAccessibleName(severityWord(severity));
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    recolour();
    show();
    if (news)
        announce(m_text);
}

void Banner::clear()
{
    m_text->clear();
    hide();
}

void Banner::ensureVisible()
{
    for (QWidget *above = parentWidget(); above; above = above->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(above))
            area->verticalScrollBar()->setValue(0); // banners are on top of their page
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    // The application's, not ours: our own palette is what we set here.
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::StyleChange)
        recolour();
}

void Banner::recolour()
{
    setPalette({});
    QPalette colours = palette();
    const bool dark = colours.color(QPalette::Window).lightness() < 128;
    QColor ground(dark ? 0x0c2d6b : 0xddf4ff);
    if (m_severity == Severity::Warning || m_severity == Severity::Unknown)
        ground = QColor(dark ? 0x3d2e00 : 0xfff8c5);
    else if (m_severity == Severity::Error)
        ground = QColor(dark ? 0x490202 : 0xffebe9);
    else if (m_severity == Severity::Ok)
        ground = QColor(dark ? 0x0f3d1e : 0xdafbe1);
    colours.setColor(QPalette::Window, ground);
    setPalette(colours);
}
