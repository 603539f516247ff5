// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One look at one domain under way: the survey, its lock, and the tasks that fill it. Private to
// look*.cpp.

#include "dns/resolver.h"
#include "survey/look.h"

#include <QElapsedTimer>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

/// Runs tasks side by side in threads of their own, or one after another in bulk, where the machine
/// is full anyway (LookOptions::Overlap). Joins in its destructor.
class Crew
{
public:
    explicit Crew(LookOptions::Overlap overlap)
        : m_overlap(overlap)
    {
    }
    ~Crew() { join(); }
    Crew(const Crew &) = delete;
    Crew &operator=(const Crew &) = delete;
    void run(std::function<void()> task);
    void join();

private:
    LookOptions::Overlap m_overlap;
    std::vector<std::thread> m_threads;
};

class Look
{
public:
    Look(const DomainName &domain, const LookOptions &options, const Doors &doors,
         const Cancel &cancel, const std::function<void(const Survey &)> &onProgress);
    Survey run();

private:
    /// A question under way at one resolver or at both.
    struct Asked
    {
        PendingAnswer quick, validated;
        bool onlyOne = false;
    };
    using Slot = std::function<std::optional<DnsAnswer> &(Survey &)>;
    [[nodiscard]] static Slot slotOf(std::optional<DnsAnswer> Survey::*member);

    [[nodiscard]] Asked ask(const QByteArray &name, RecordType type) const;
    /// The first answer to act on; also stored in the survey.
    DnsAnswer take(const Asked &asked, const Slot &slot) { return take(asked, slot, m_cancel); }
    DnsAnswer take(const Asked &asked, const Slot &slot, const Cancel &cancel);
    /// Replaces the stored answer by the validated one when it arrives.
    void takeValidated(const Asked &asked, const Slot &slot, const Cancel &cancel);
    void takeValidated(const Asked &asked, const Slot &slot)
    {
        takeValidated(asked, slot, m_cancel);
    }
    [[nodiscard]] DnsAnswer settled(const Asked &asked) const { return settled(asked, m_cancel); }
    [[nodiscard]] DnsAnswer settled(const Asked &asked, const Cancel &cancel) const;

    void chooseResolvers();
    void lookAtRecords();
    void lookForMisplaced();
    void lookAtCaa();
    void lookAtPolicyHost();
    [[nodiscard]] QList<PolicyFetch> fetchPolicy(const QList<QHostAddress> &from,
                                                 const QList<PolicyFetch> &known);
    void lookAtHosts();
    void lookForMisplacedTlsa(const Asked &atDomain);
    void lookAtEachHost(Crew &crew, const Cancel &round);
    void lookAtHost(int index, const Cancel &round);
    void probeHost(int index, const Cancel &round);
    [[nodiscard]] MailHost hostAt(int index);
    [[nodiscard]] SmtpTarget targetFor(int host, int address);
    void lookAtAliasTlsa(int index, const Cancel &round);
    void lookBesideTlsa(int index, const Cancel &round);
    void setAddresses(int index, const DnsAnswer &a, const DnsAnswer &aaaa);
    void probeAddress(int host, int address, const Cancel &round);
    void probeFurther(int host, int address, const Cancel &round);
    [[nodiscard]] SmtpFacts probe(const SmtpTarget &target, const Cancel &round,
                                  const Smtp::TlsSeen &onTls = {});
    void watchPort25();
    [[nodiscard]] QByteArray tlsaBase(const MailHost &host, const Cancel &round) const;
    [[nodiscard]] bool anyControlAnswers();

    void change(const std::function<void(Survey &)> &edit);

    const LookOptions m_options;
    const Doors m_doors;
    const Cancel m_cancel;
    const std::function<void(const Survey &)> m_onProgress;
    QElapsedTimer m_clock;
    std::mutex m_mutex; // guards m_survey and the calls of m_onProgress
    Survey m_survey;
    std::condition_variable
            m_portNews; // with m_mutex: a server took the connection, or hosts are done
    bool m_tookConnection = false;
    bool m_hostsDone = false;
    int m_addressesLeft = MaxAddresses;

    bool m_oneResolver = false; // bulk: ask only m_one
    Resolver *m_one = nullptr;
    bool m_validates = false; // bulk: m_one is the validating one
    PendingAnswer m_rootKey;
    Asked m_mx, m_sts, m_tlsRpt, m_wildcard, m_ns, m_dnskey, m_policyA, m_policyAaaa;
    QList<Asked> m_caa;

    static constexpr int MaxAddresses = 100; // of all mail servers together
};
