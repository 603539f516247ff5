// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files that the DANE page takes: a certificate to compare with, and the key that comes next.
#include "base/printable.h"
#include "dane/keysourcefile.h"
#include "danepage.h"
#include "texts.h"
#include "ui_danepage.h"

#include <QFileDialog>
#include <QtConcurrentRun>

#include <algorithm>

void DanePage::askForFile(FileUse use)
{
    if (m_reader.isRunning())
        return;
    m_fileUse = use;
    m_fileFor = ui->recordsBox->currentServer();
    if (m_fileFor.isEmpty()) {
        for (const ServerDane &one : std::as_const(m_servers)) {
            if (m_fileFor.isEmpty() && one.runner != ServerDane::Runner::Provider && one.isSigned())
                m_fileFor = one.host;
        }
    }
    auto *dialog = new QFileDialog(
            this, use == FileUse::Next ? tr("Certificate, request or public key of the next key")
                                       : tr("Certificate of %1").arg(printable(m_fileFor, 255)));
    dialog->setObjectName(QStringLiteral("keyFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.der *.csr *.pub)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_reader.setFuture(QtConcurrent::run([path] { return readKeySourceFile(path); }));
        Q_EMIT changed();
    });
    dialog->open();
}

void DanePage::takeFile()
{
    const Read read = m_reader.result();
    Q_EMIT changed();
    if (!server(m_fileFor)) // of another domain
        return;
    if (!read)
        ui->recordsBox->tell(phrase(read.error()));
    else if (m_fileUse == FileUse::Next)
        takeNext(*read);
    else
        compare(*read);
}

/// A file on this computer is no proof of what a server shows; but it comes from the user, so a key that
/// both have is confirmed.
void DanePage::compare(const KeySource &source)
{
    const ServerDane *of = server(m_fileFor);
    bool isSame = false;
    for (const SourceKey &key : source.keys) {
        for (const ServerDane &one : std::as_const(m_servers)) {
            for (const SourceKey &seen : one.keys) {
                if (seen.publicKey != key.publicKey)
                    continue;
                m_keys.confirmed.insert(seen.fingerprint);
                isSame = true;
            }
        }
    }
    const bool isUnseen = of && of->wasLookedAt && !of->isComplete();
    if (!isSame && isUnseen) {
        for (const SourceKey &key : source.keys) {
            m_keys.files[m_fileFor].append(key);
            m_keys.confirmed.insert(key.fingerprint);
        }
    }
    showAll();
    const QString host = isolated(printable(m_fileFor, 255));
    ui->recordsBox->tell(
            isSame     ? tr("The key of the file is one that a mail server shows: it is confirmed.")
            : isUnseen ? tr("The key of the file is taken for %1, which could not be seen wholly. "
                            "Make sure that it is in use there.")
                                 .arg(host)
                       : tr("No mail server shows the key of this file. For a key that is to "
                            "come, use “Next key”."));
}

void DanePage::takeNext(const KeySource &source)
{
    m_keys.next[m_fileFor] = source.keys;
    showAll();
    const bool isNew = std::any_of(m_rows.rows.begin(), m_rows.rows.end(), [&](const DaneRow &row) {
        return row.use == DaneRow::Use::Next && row.record.name == tlsaOwner(m_fileFor, 25);
    });
    const QString host = isolated(printable(m_fileFor, 255));
    ui->recordsBox->tell(
            isNew ? tr("The record of the next key of %1 can be published beside the one in use. "
                       "Change the certificate when two TTLs have passed since then.")
                            .arg(host)
                  : tr("Nothing came of this file for %1: it holds the key in use, or an issuer.")
                            .arg(host));
}
