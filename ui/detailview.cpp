// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailview.h"

#include "check/words.h"
#include "texts.h"

namespace {

QString paragraph(const QString &heading, const QString &text)
{
    if (text.isEmpty())
        return {};
    QString body = text.toHtmlEscaped();
    body.replace(QLatin1Char('\n'), QLatin1String("<br>"));
    return QStringLiteral("<p><b>") + heading.toHtmlEscaped() + QStringLiteral("</b><br>") + body +
           QStringLiteral("</p>");
}

// Laying out more than this takes the window's thread longer than a frame.
constexpr qsizetype MostLines = 40;
constexpr qsizetype MostCharacters = 3000;

QString elided(const QString &text)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    QString part = lines.mid(0, MostLines).join(QLatin1Char('\n')).left(MostCharacters);
    if (part.size() < text.size()) {
        if (part.back().isHighSurrogate())
            part.chop(1);
        part += QStringLiteral("…");
    }
    return part;
}

QString seen(const QString &evidence)
{
    if (evidence.isEmpty())
        return {};
    // Evidence is records and addresses: fixed font, always left to right.
    return QStringLiteral("<p><b>") + DetailView::tr("What was seen").toHtmlEscaped() +
           QStringLiteral("</b></p><pre dir=\"ltr\" style=\"white-space: pre-wrap\">") +
           evidence.toHtmlEscaped() + QStringLiteral("</pre>");
}

} // namespace

DetailView::DetailView(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setTabChangesFocus(true);
    setAcceptDrops(false);
}

QVariant DetailView::loadResource(int, const QUrl &)
{
    return {};
}

void DetailView::explain(const Finding &finding, const QString &senders)
{
    const Words words = wordsFor(finding);
    const QString evidence = elided(finding.evidence);
    m_isElided = evidence != finding.evidence;
    QString html = QStringLiteral("<h3>") + words.title.toHtmlEscaped() +
                   QStringLiteral("</h3><p>") + severityWord(finding.severity).toHtmlEscaped();
    if (!finding.subject.isEmpty())
        html += QStringLiteral(" · ") + isolated(finding.subject).toHtmlEscaped();
    html += QStringLiteral("</p>") + seen(evidence) + paragraph(tr("Why it matters"), words.why) +
            paragraph(tr("What senders do"), senders) + paragraph(tr("What to do"), words.fix) +
            paragraph(tr("More"), words.reference);
    if (html != m_shown) { // a repeated answer must not lose the place
        m_shown = html;
        setHtml(html);
    }
}

void DetailView::say(const QString &title, const QString &text)
{
    m_shown.clear();
    m_isElided = false;
    QString html;
    // The title may be a name in Latin letters: it stands where the language begins its lines.
    if (!title.isEmpty())
        html = (isRightToLeft() ? QStringLiteral("<h3 dir=\"rtl\">")
                                : QStringLiteral("<h3 dir=\"ltr\">")) +
               title.toHtmlEscaped() + QStringLiteral("</h3>");
    const QStringList parts = text.split(QLatin1Char('\n'));
    for (const QString &part : parts)
        html += QStringLiteral("<p>") + part.toHtmlEscaped() + QStringLiteral("</p>");
    setHtml(html);
}

QString plainExplanation(const Finding &finding)
{
    const Words words = wordsFor(finding);
    QStringList lines{severityWord(finding.severity) + QStringLiteral(": ") + words.title};
    if (!finding.subject.isEmpty())
        lines << finding.subject;
    if (!finding.evidence.isEmpty())
        lines << QString() << DetailView::tr("What was seen") << finding.evidence;
    if (!words.why.isEmpty())
        lines << QString() << DetailView::tr("Why it matters") << words.why;
    if (!words.fix.isEmpty())
        lines << QString() << DetailView::tr("What to do") << words.fix;
    if (!words.reference.isEmpty())
        lines << QString() << words.reference;
    return lines.join(QLatin1Char('\n'));
}
