// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agefield.h"

#include "base/limits.h"
#include "deploy/choices.h"
#include "plainlabel.h"
#include "policytexts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

namespace {

constexpr qint64 Other = -1;

}

AgeField::AgeField(QWidget *parent)
    : QWidget(parent)
    , m_combo(new QComboBox(this))
    , m_spin(new QSpinBox(this))
    , m_words(plainLabel({}, this))
{
    m_combo->setObjectName(QStringLiteral("maxAgeCombo"));
    m_combo->setAccessibleName(tr("Remember the policy for"));
    for (const qint64 seconds : offeredMaxAges())
        m_combo->addItem(PolicyTexts::age(seconds), seconds);
    m_combo->addItem(tr("Other…"), Other);
    m_spin->setObjectName(QStringLiteral("maxAgeSpin"));
    m_spin->setAccessibleName(tr("Seconds"));
    m_spin->setRange(0, int(Limits::MaxAge)); // RFC 8461 3.2
    m_spin->setSuffix(tr(" seconds"));
    m_words->setObjectName(QStringLiteral("maxAgeWords"));
    m_words->setWordWrap(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_combo);
    layout->addWidget(m_spin);
    layout->addWidget(m_words);
    layout->addStretch(1);
    setFocusProxy(m_combo);
    connect(m_combo, &QComboBox::activated, this, [this] {
        showFields();
        Q_EMIT chosen();
    });
    connect(m_spin, &QSpinBox::valueChanged, this, [this] {
        showFields();
        Q_EMIT chosen();
    });
    showFields();
}

bool AgeField::isOther() const
{
    return m_combo->currentData() == Other;
}

qint64 AgeField::seconds() const
{
    return isOther() ? m_spin->value() : m_combo->currentData().toLongLong();
}

void AgeField::show(qint64 seconds)
{
    const QSignalBlocker quiet(m_spin);
    if (seconds != this->seconds() || !isOther()) {
        m_spin->setValue(int(seconds));
        const int known = m_combo->findData(seconds);
        m_combo->setCurrentIndex(known >= 0 ? known : m_combo->findData(Other));
    }
    showFields();
}

void AgeField::showFields()
{
    m_spin->setVisible(isOther());
    m_words->setVisible(isOther());
    m_words->setText(tr("This is %1.").arg(PolicyTexts::duration(m_spin->value())));
}
