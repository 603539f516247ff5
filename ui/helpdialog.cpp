// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helpdialog.h"

#include "helptexts.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace {

constexpr QSize FirstSize(480, 520);

/// No picture, no file, no page of the network, whatever a text may say.
class HelpView : public QTextBrowser
{
public:
    using QTextBrowser::QTextBrowser;

protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

QString html(const HelpText &text)
{
    QString page = QStringLiteral("<h2>") + text.title.toHtmlEscaped() + QStringLiteral("</h2>");
    for (const QString &paragraph : text.paragraphs)
        page += QStringLiteral("<p>") + paragraph.toHtmlEscaped() + QStringLiteral("</p>");
    if (!text.terms.isEmpty())
        page += QStringLiteral("<h3>") + HelpDialog::tr("Words").toHtmlEscaped() +
                QStringLiteral("</h3>");
    for (const auto &[term, meaning] : text.terms)
        page += QStringLiteral("<p><b>") + term.toHtmlEscaped() + QStringLiteral("</b><br>") +
                meaning.toHtmlEscaped() + QStringLiteral("</p>");
    return page;
}

} // namespace

HelpDialog::HelpDialog(QWidget *parent)
    : QDialog(parent)
    , m_view(new HelpView(this))
{
    setObjectName(QStringLiteral("HelpDialog"));
    m_view->setObjectName(QStringLiteral("helpView"));
    m_view->setAccessibleName(tr("Help text")); // its words are read out as text
    m_view->setOpenLinks(false);
    m_view->setTabChangesFocus(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeHelpButton"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_view);
    layout->addWidget(buttons);
    resize(FirstSize);
}

void HelpDialog::explain(const HelpText &text)
{
    setWindowTitle(tr("Help: %1").arg(text.title));
    m_view->setHtml(html(text));
    m_view->setFocus();
}
