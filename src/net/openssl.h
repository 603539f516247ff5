// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OpenSSL's objects with owners. For sources only, here and in dane: headers stay free of
// OpenSSL.

#include "net/certificate.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>

template <auto Free>
struct OpensslFree
{
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

struct X509StackFree
{
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};

using X509Pointer = std::unique_ptr<X509, OpensslFree<X509_free>>;
using X509StackPointer = std::unique_ptr<STACK_OF(X509), X509StackFree>; // owns its certificates
using X509StorePointer = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;
using X509StoreContextPointer = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;
using SslContextPointer = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using SslPointer = std::unique_ptr<SSL, OpensslFree<SSL_free>>;
using BioPointer = std::unique_ptr<BIO, OpensslFree<BIO_free>>;

/// Those of kind dNSName, printable; `names` may be null.
[[nodiscard]] QStringList dnsNames(const GENERAL_NAMES *names);

/// Empty when it cannot be written.
[[nodiscard]] QByteArray derOf(const X509 *certificate);
/// Null when the octets are not one whole certificate.
[[nodiscard]] X509Pointer x509FromDer(const QByteArray &der);
/// x509FromDer() need not read these octets again: the handshake has done it.
void keepRead(const QByteArray &der, X509 *certificate);
/// Null when any certificate cannot be read.
[[nodiscard]] X509StackPointer x509Stack(const QList<Certificate> &chain);
