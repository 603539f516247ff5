// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window knows of one domain, and the job that looks at it. Pages read and change it; none
// knows another page. Another domain resets everything that depends on the domain.

#include "base/cancel.h"
#include "base/clock.h"
#include "dane/liveserverkeys.h"
#include "deploy/deployment.h"
#include "publishdoors.h"
#include "push/guard.h"
#include "push/rolloverlook.h"
#include "store/keptdomain.h"
#include "survey/survey.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

class QSettings;

/// What a session works with: the real look and judge, or a test's.
struct Engine
{
    using Progress = std::function<void(const Survey &)>;
    std::function<Survey(const DomainName &, const Cancel &, const Progress &)> look; // blocks
    std::function<Report(const Survey &, const LastSeen &)> judge;                    // pure
    PublishDoors publish = {};
    /// The keys that a mail server shows now (DANE-38); blocks. None: nothing can be seen.
    std::function<LiveServerKeys(const QByteArray &host, const Cancel &)> serverKeys = {};
    /// Name servers and addresses that a change of keys depends on; blocks.
    std::function<RolloverLook(const QByteArray &host, const Cancel &)> rolloverLook = {};
    Clock now = computersClock(); // of the looks, too
};

/// Made from the settings, at start and whenever they change.
using EngineMaker = std::function<Engine(const QSettings &)>;

class Session : public QObject
{
    Q_OBJECT
public:
    explicit Session(Engine engine, QObject *parent = nullptr);
    ~Session() override; // cancels and waits for the workers (a cancel takes less than 100 ms)

    [[nodiscard]] const DomainName &domain() const { return m_domain; }
    void setDomain(const DomainName &domain);
    /// For looks from now on; one under way ends as it began.
    void setEngine(Engine engine);
    [[nodiscard]] const Engine &engine() const { return m_engine; }
    [[nodiscard]] QDateTime now() const { return m_engine.now(); } // UTC
    /// What is remembered of the domain; another domain empties it before domainChanged().
    [[nodiscard]] const KeptDomain &kept() const { return m_kept; }
    void setKept(const KeptDomain &kept) { m_kept = kept; }
    /// What the look that has just ended adds to what is remembered. Made already, where it was judged,
    /// for kept() as it was then: many servers take longer than a picture has.
    using Learnt = std::function<KeptDomain(const KeptDomain &)>;
    [[nodiscard]] Learnt learnt() const;
    [[nodiscard]] const Survey &survey() const { return m_survey; }
    [[nodiscard]] const Report &report() const { return m_report; }
    [[nodiscard]] bool isLooking() const { return m_looking; }
    /// Everything was looked at and judged, it was not stopped, and it is not of before a publishing.
    [[nodiscard]] bool isComplete() const
    {
        return m_report.finished && !m_survey.cancelled && !m_isOutdated;
    }
    /// Something was published: until the next look it is not known what stands now.
    void outdate() { m_isOutdated = true; }
    /// What is wanted: proposed from what is live until the user changes it.
    [[nodiscard]] const Choices &choices() const { return m_choices; }
    void setChoices(const Choices &choices);
    [[nodiscard]] bool choicesAreTheUsers() const { return m_choicesAreTheUsers; }
    /// Back to what is proposed, as if nobody had chosen yet.
    void dropChoices();
    enum class Aim { SetUp, Remove, Undo };
    /// What the assistant is used for, until another domain comes. The choices begin anew.
    void setAim(Aim aim);
    [[nodiscard]] Aim aim() const { return m_aim; }
    /// How far a removal was at settleRemoval(); step Unknown before.
    [[nodiscard]] const Removal &removal() const { return m_removal; }
    /// Decides which step comes next, from what is live and remembered. It holds while that step is
    /// carried out and proven, although what is live changes by it.
    void settleRemoval();
    /// What was typed for a domain and is none yet, as it stands; empty where there is no such text.
    [[nodiscard]] QString takeTyped() { return std::exchange(m_typed, {}); } // once
    void setTyped(const QString &text) { m_typed = text; }
    /// Somebody wants to see DANE, although it may not apply here. Until another domain comes.
    void askForDane() { m_isDaneAsked = true; }
    [[nodiscard]] bool isDaneAsked() const { return m_isDaneAsked; }
    /// Made from the choices and what is live. Its time is that of the last change, so that preview
    /// and files are the same.
    [[nodiscard]] Deployment wanted() const;

    void look(); // anew, from the beginning
    void stop(); // what was not seen yet stays unknown; lookEnded() follows

Q_SIGNALS:
    void domainChanged();
    void lookStarted();
    void surveyed(); // survey() has more
    void judged();   // report() has more
    void lookEnded();
    void choicesChanged();
    void aimChanged();

private:
    void startJudge();
    void takeSurvey();
    void takeReport();
    void abandon();
    void take(const Choices &proposed);

    /// Where a look leaves its newest snapshot; the ones before it are gone, and not by the window's
    /// thread, which would need tens of milliseconds for those of a domain with many servers.
    struct Mailbox;
    struct Judged
    {
        Report report;
        Choices proposed;
        KeptDomain keptBefore, keptAfter; // the same while the look goes on
    };

    Engine m_engine;
    DomainName m_domain;
    Survey m_survey;
    Report m_report;
    KeptDomain m_keptBefore, m_keptAfter; // of m_report
    Choices m_choices;
    QString m_typed;
    KeptDomain m_kept;
    bool m_choicesAreTheUsers = false;
    bool m_isDaneAsked = false;
    Aim m_aim = Aim::SetUp;
    Removal m_removal;     // for Aim::Remove
    QDateTime m_changedAt; // choices or what is live
    bool m_looking = false;
    bool m_isOutdated = false; // what was seen
    bool m_newSurvey = false;  // not judged yet
    Cancel m_cancel;
    QThreadPool m_pool; // looks and judges only; neither waits for the other
    QTimer m_batch;
    std::shared_ptr<Mailbox> m_mailbox;
    QFutureWatcher<int> m_lookWatcher; // numbers of snapshots; the newest is in the mailbox
    QFutureWatcher<Judged> m_judgeWatcher;
};
