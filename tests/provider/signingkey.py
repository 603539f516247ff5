# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key with which a stand-in signs a zone, and its DS records, by dnspython: not by the program that is tested."""
import base64
import hashlib

import dns.dnssec
import dns.name
import dns.rdata


class SigningKey:
    def __init__(self, zone, wrong=False):
        self.public_key = base64.b64encode(hashlib.sha512(zone.encode()).digest()).decode()
        self.dnskey = '257 3 13 ' + self.public_key
        key = dns.rdata.from_text('IN', 'DNSKEY', self.dnskey)
        self.tag = dns.dnssec.key_id(key)
        self.ds = {}  # digest type: record data
        for kind in ('SHA256', 'SHA384'):
            text = dns.dnssec.make_ds(dns.name.from_text(zone), key, kind).to_text()
            self.ds[kind] = text[:-1] + ('0' if text[-1] != '0' else '1') if wrong else text
