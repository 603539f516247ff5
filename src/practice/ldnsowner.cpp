// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ldnsowner.h"

#include "dns/record.h"

namespace {

using Text = std::unique_ptr<char, decltype(&std::free)>;

} // namespace

LdnsName ldnsName(const QByteArray &text)
{
    return LdnsName(ldns_dname_new_frm_str(normalName(text).constData()));
}

LdnsName lowerCase(const ldns_rdf *name)
{
    LdnsName lower(ldns_rdf_clone(name));
    ldns_dname2canonical(lower.get());
    return lower;
}

LdnsName nameAbove(const ldns_rdf *name)
{
    return LdnsName(ldns_dname_label_count(name) > 0 ? ldns_dname_left_chop(name)
                                                     : ldns_rdf_clone(name));
}

bool isAtOrBelow(const ldns_rdf *name, const ldns_rdf *ancestor)
{
    return ldns_dname_compare(name, ancestor) == 0 || ldns_dname_is_subdomain(name, ancestor);
}

QByteArray nameText(const ldns_rdf *name)
{
    const Text text(ldns_rdf2str(name), &std::free);
    return text ? normalName(text.get()) : QByteArray();
}

QByteArray recordLine(const ldns_rr *record)
{
    const Text text(ldns_rr2str(record), &std::free);
    QByteArray line = text ? QByteArray(text.get()) : QByteArray();
    const qsizetype comment = line.indexOf(" ;{"); // ldns's own remarks on a key
    return line.left(comment < 0 ? line.size() : comment).trimmed();
}
