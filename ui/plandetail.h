// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One part of the plan in detail: why, the difference to what is live, and copies in the form that a DNS
// panel wants. Beside it the whole policy file and the whole zone text.

#include "draft.h"

#include <QWidget>

#include <memory>

class QSettings;
class TextColours;
namespace Ui {
class PlanDetail;
}

class PlanDetail : public QWidget
{
    Q_OBJECT
public:
    explicit PlanDetail(QWidget *parent = nullptr);
    ~PlanDetail() override;
    /// The form that was chosen is remembered there; until then the one of the DNS host counts.
    void remember(QSettings &settings) { m_settings = &settings; }
    void show(const PlanPart &part, const Deployment &wanted, PanelForm usual);
    [[nodiscard]] static QString kindWord(PlanPart::Kind kind);
    [[nodiscard]] static Severity kindSeverity(PlanPart::Kind kind); // for its icon
    [[nodiscard]] static QString whatWord(const PlanPart &part);

Q_SIGNALS:
    void copied(); // something went to the clipboard

private:
    [[nodiscard]] PanelForm form() const;
    void showForm();
    void showText();
    void showCopies();
    void copy(const QByteArray &content);

    std::unique_ptr<Ui::PlanDetail> ui;
    TextColours *m_colours;
    QSettings *m_settings = nullptr;
    PlanPart m_part;
    Deployment m_wanted;
    PanelForm m_usual;
};
