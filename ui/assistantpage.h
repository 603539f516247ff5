// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The contract between the assistant's shell (steps, buttons) and one of its pages. A page reads the
// Session on enter(), writes to it on leave(), and never calls another page.

#include <QWidget>

class AssistantPage : public QWidget
{
    Q_OBJECT
public:
    enum class State {
        Loading,    // the answer that Next needs is on its way
        Incomplete, // something is missing: Next explains it
        Ready,
    };
    using QWidget::QWidget;

    virtual void enter() {}
    virtual void leave() {} // keeps what was entered
    [[nodiscard]] virtual State state() const { return State::Ready; }
    /// Why state() is not Ready, in one sentence; shown beside Next.
    [[nodiscard]] virtual QString reason() const { return {}; }
    [[nodiscard]] virtual QString nextText() const { return tr("&Next"); }
    /// Next does something that is not undone by Back.
    [[nodiscard]] virtual bool isCommit() const { return false; }
    /// Next was pressed: true goes on. A page may ask for what is missing, or do its act, and stay.
    [[nodiscard]] virtual bool goOn() { return state() == State::Ready; }
    [[nodiscard]] virtual bool isBackOffered() const { return true; }
    /// Cancel was pressed, or the window is to be closed: false stays, and the page says why.
    [[nodiscard]] virtual bool mayClose() { return true; }
    virtual void refresh() {} // F5
    [[nodiscard]] virtual QWidget *firstField() = 0;

Q_SIGNALS:
    void changed();    // state(), reason() or nextText() may be another
    void nextAsked();  // a choice on the page says it all: as if Next had been pressed
    void checkAsked(); // the whole check of this domain is wanted
};
