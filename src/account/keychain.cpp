// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/keychain.h"

#include "base/printable.h"

#include <QEventLoop>
#include <qt6keychain/keychain.h>

#include <optional>

namespace {

const auto Service = QStringLiteral("mta-sts-assistant");

/// NoBackendAvailable is seldom what is said where there is none: whatever is not known is "cannot be used".
Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {Error::Kind::NotFound, QStringLiteral("nothing is kept in the key store"), {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {Error::Kind::Refused, QStringLiteral("the key store stayed locked"),
                printable(job.errorString())};
    default:
        return {Error::Kind::Unexpected,
                QStringLiteral("this computer offers no key store to programs"),
                printable(job.errorString())};
    }
}

template <class Job>
Job *prepared(const QString &name)
{
    auto *job = new Job(Service);
    job->setKey(name);
    job->setInsecureFallback(false); // never a file
    return job;
}

Result<void> ended(const QKeychain::Job &job)
{
    if (job.error() != QKeychain::NoError)
        return tl::unexpected(errorOf(job));
    return {};
}

/// The nested loop is that of a program without a window, which has nothing else to do.
template <class T, class Start>
Result<T> waitFor(const Start &start)
{
    QEventLoop loop;
    std::optional<Result<T>> answer;
    start(&loop, [&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

} // namespace

void Keychain::read(const QString &name, QObject *context, std::function<void(Result<Secret>)> done)
{
    auto *job = prepared<QKeychain::ReadPasswordJob>(name);
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [job, done = std::move(done)](QKeychain::Job *) {
                         if (job->error() != QKeychain::NoError)
                             done(tl::unexpected(errorOf(*job)));
                         else
                             done(Secret(job->textData().toUtf8()));
                     });
    job->start();
}

void Keychain::keep(const QString &name, const Secret &secret, QObject *context,
                    std::function<void(Result<void>)> done)
{
    auto *job = prepared<QKeychain::WritePasswordJob>(name);
    job->setTextData(QString::fromUtf8(secret.octets()));
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [done = std::move(done)](QKeychain::Job *one) { done(ended(*one)); });
    job->start();
}

void Keychain::forget(const QString &name, QObject *context, std::function<void(Result<void>)> done)
{
    auto *job = prepared<QKeychain::DeletePasswordJob>(name);
    QObject::connect(
            job, &QKeychain::Job::finished, context, [done = std::move(done)](QKeychain::Job *one) {
                done(one->error() == QKeychain::EntryNotFound ? Result<void>() : ended(*one));
            });
    job->start();
}

Result<Secret> Keychain::readNow(const QString &name)
{
    return waitFor<Secret>([&](QObject *context, std::function<void(Result<Secret>)> done) {
        read(name, context, std::move(done));
    });
}

Result<void> Keychain::keepNow(const QString &name, const Secret &secret)
{
    return waitFor<void>([&](QObject *context, std::function<void(Result<void>)> done) {
        keep(name, secret, context, std::move(done));
    });
}

Result<void> Keychain::forgetNow(const QString &name)
{
    return waitFor<void>([&](QObject *context, std::function<void(Result<void>)> done) {
        forget(name, context, std::move(done));
    });
}
