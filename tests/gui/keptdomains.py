# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills a --state-dir with kept domains in every state, for pictures and scenarios.

    keptdomains.write(folder)          # one of each kind
    keptdomains.write(folder, 40)      # and more of them"""
import datetime
import json
import os

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def time(days):
    return (NOW + datetime.timedelta(days=days)).strftime('%Y-%m-%dT%H:%M:%SZ')


def policy(mode, domain, max_age):
    return ('version: STSv1\r\nmode: %s\r\nmx: mx1.%s\r\nmx: mx2.%s\r\nmax_age: %d\r\n'
            % (mode, domain, domain, max_age))


def kept(domain, mode='enforce', verdict='ok', checked=-0.1, **more):
    """A domain whose last check was clean; `more` replaces members of the check or the document."""
    served = mode in ('enforce', 'testing', 'none')
    check = {'at': time(checked), 'verdict': verdict, 'mtaSts': mode, 'dane': 'absent',
             'tlsRpt': 'present', 'problems': 0, 'warnings': 0, 'notTested': 0, 'worst': None,
             'mx': ['mx1.' + domain, 'mx2.' + domain],
             'certificates': [{'host': 'mx1.' + domain, 'notBefore': time(-30),
                               'notAfter': time(60)}]}
    document = {'schema': 'mta-sts-domain/1', 'domain': domain, 'setUp': True, 'lastCheck': check}
    if served:
        document['served'] = {'id': '20260301T101200', 'body': policy(mode, domain, 604800),
                              'since': time(-20), 'at': time(checked)}
        document['cachedUntil'] = time(6)
    if mode == 'testing':
        document['testingSince'] = time(-11)
    for key, value in more.items():
        (check if key in check else document)[key] = value
    return document


def finding(rule, severity, *values):
    return {'id': rule, 'severity': severity, 'group': 'mx', 'subject': '', 'values': list(values)}


def draft(domain, step):
    return {'mode': 'testing', 'mx': ['mx1.' + domain], 'maxAge': 86400,
            'reportTo': ['mailto:tlsrpt@' + domain], 'hosting': 'nginx', 'step': step}


def every_kind():
    return [
        kept('good.example.org'),
        kept('testing.example.org', 'testing'),
        kept('ready.example.org', 'testing', testingSince=time(-15)),
        kept('mixed.example.org', 'enforce', 'error', -1, problems=2, warnings=1, notTested=1,
             worst=finding('TLS-18', 'error', 'mx2.mixed.example.org', '2026-03-01')),
        kept('blocked.example.org', 'enforce', 'unknown', notTested=6),
        kept('old.example.org', checked=-90),
        kept('none.example.org', 'none'),
        kept('fresh.example.org', 'absent', 'not-deployed',
             draft=draft('fresh.example.org', 'policy')),
        kept('unprotected.example.org', 'absent', 'not-deployed'),
        kept('xn--bcher-kva.example', certificates=[{'host': 'mx1.xn--bcher-kva.example',
                                                     'notBefore': time(-80),
                                                     'notAfter': time(9)}]),
        kept('a-department-with-a-very-long-name.of-a-subsidiary.of-a-company.example.com',
             mx=['mail-exchanger-number-one.datacentre.of-a-company.example.net']),
    ]


def write(folder, count=None):
    documents = every_kind()
    for number in range(len(documents), count or 0):
        documents.append(kept('good.d%03d.example.org' % number))
    os.makedirs(os.path.join(folder, 'domains'), exist_ok=True)
    for document in documents[:count]:
        path = os.path.join(folder, 'domains', document['domain'] + '.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(document, file)
