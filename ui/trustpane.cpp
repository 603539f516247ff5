// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trustpane.h"

#include "check/trustwords.h"
#include "plainlabel.h"
#include "texts.h"
#include "trustchainview.h"
#include "trustlinkbox.h"

#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

/// As tall as the drawing where there is room; where there is not it scrolls, and the current link is
/// in sight: a break below the edge would leave a picture that is all green.
class TrustPane::Area : public QScrollArea
{
public:
    explicit Area(TrustChainView *view)
        : m_view(view)
    {
        setWidget(view);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {m_view->sizeHint().width(), m_view->heightForWidth(width())};
    }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QSize least = m_view->minimumSizeHint();
        return {least.width() + verticalScrollBar()->sizeHint().width(), least.height() * 4};
    }
    void showCurrent()
    {
        if (QWidget *box = m_view->currentBox())
            ensureWidgetVisible(box, 0, box->height());
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        showCurrent();
    }

private:
    TrustChainView *m_view;
};

namespace {

constexpr int MostLetters = 40; // of a name in the list; the sentence below has all of it

Severity severityOf(const TrustChain &chain)
{
    const qsizetype at = firstBreak(chain);
    return at < 0 ? Severity::Ok : trustSeverity(chain, chain.links.at(at));
}

} // namespace

TrustPane::TrustPane(QWidget *parent)
    : QWidget(parent)
    , m_hostLabel(plainLabel(tr("Mail server:"), this))
    , m_hosts(new QComboBox)
    , m_summary(plainLabel({}, this))
    , m_view(new TrustChainView)
    , m_sentence(plainLabel({}, this))
{
    m_area = new Area(m_view);
    m_area->setObjectName(QStringLiteral("trustArea"));
    m_hosts->setObjectName(QStringLiteral("trustHostCombo"));
    m_hosts->setAccessibleName(tr("Mail server"));
    m_hostLabel->setObjectName(QStringLiteral("trustHostLabel"));
    m_hostLabel->setWordWrap(false);
    m_hostLabel->setBuddy(m_hosts);
    m_summary->setObjectName(QStringLiteral("trustSummaryLabel"));
    m_sentence->setObjectName(QStringLiteral("trustSentenceLabel"));
    m_sentence->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *hostRow = new QHBoxLayout;
    hostRow->addWidget(m_hostLabel);
    hostRow->addWidget(m_hosts, 1);
    layout->addLayout(hostRow);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_summary, m_area, m_sentence})
        layout->addWidget(widget);
    connect(m_hosts, &QComboBox::activated, this, [this] { m_isChosen = true; });
    connect(m_hosts, &QComboBox::currentIndexChanged, this, &TrustPane::showChosen);
    connect(m_view, &TrustChainView::currentChanged, this, &TrustPane::tellLink);
}

QList<QWidget *> TrustPane::fields() const
{
    QList<QWidget *> fields{m_hosts};
    const QList<TrustLinkBox *> boxes = m_view->findChildren<TrustLinkBox *>();
    for (TrustLinkBox *box : boxes)
        fields.append(box);
    return fields;
}

void TrustPane::showChains(const QList<TrustChain> &chains, const QString &subject)
{
    const QString before = m_chains.value(m_hosts->currentIndex()).host;
    const bool isSameSubject = subject == m_subject;
    if (chains == m_chains && isSameSubject)
        return;
    m_chains = chains;
    m_subject = subject;
    m_isChosen = m_isChosen && isSameSubject;
    const int kept = m_isChosen ? indexOf(before) : -1;
    const int named = indexOf(subject);
    const QSignalBlocker quiet(m_hosts);
    fillHosts();
    m_hosts->setCurrentIndex(kept >= 0 ? kept : named >= 0 ? named : worst());
    m_hosts->setVisible(chains.size() > 1);
    m_hostLabel->setVisible(chains.size() > 1);
    showChosen();
}

void TrustPane::fillHosts()
{
    m_hosts->clear();
    for (const TrustChain &chain : std::as_const(m_chains)) {
        QString name = chain.host;
        if (name.size() > MostLetters)
            name = name.left(MostLetters / 2) + QStringLiteral("…") + name.right(MostLetters / 2);
        m_hosts->addItem(resultIcon(severityOf(chain)), name);
    }
}

int TrustPane::worst() const
{
    int found = 0;
    for (int i = 1; i < m_chains.size(); ++i) {
        if (severityRank(severityOf(m_chains.at(i))) < severityRank(severityOf(m_chains.at(found))))
            found = i;
    }
    return found;
}

/// A subject is a host, or a host and one of its addresses.
int TrustPane::indexOf(const QString &subject) const
{
    for (int i = 0; i < m_chains.size(); ++i) {
        const QString &host = m_chains.at(i).host;
        if (!host.isEmpty() && (subject == host || subject.startsWith(host + QLatin1Char(' '))))
            return i;
    }
    return -1;
}

void TrustPane::showChosen()
{
    const TrustChain chain = m_chains.value(m_hosts->currentIndex());
    m_summary->setText(trustHeadline(chain, layoutDirection()));
    m_view->showChain(chain);
    tellLink();
    m_area->updateGeometry();
}

void TrustPane::tellLink()
{
    const TrustLink link = m_view->chain().links.value(m_view->current());
    m_sentence->setText(trustSentence(link, layoutDirection()));
    m_area->showCurrent();
}

void TrustPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_area->updateGeometry(); // its height follows its width
}
