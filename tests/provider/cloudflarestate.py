# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Cloudflare keeps, and how it changes, as its documents and its users' reports tell: zones, DNS records with their
batch in one transaction, Workers and their custom domains. No network here."""
import copy
import hashlib
import re

from signingkey import SigningKey

STAMP = '2026-01-01T05:20:00.12345Z'
PROXIABLE = ('A', 'AAAA', 'CNAME')
ACCOUNTS = ('023e105f4ecef8ad9ca31a8372d0c353', '1b2e105f4ecef8ad9ca31a8372d0c354')


class Refusal(Exception):
    def __init__(self, status, code, message, *chain):
        super().__init__(message)
        self.status = status
        self.errors = [{'code': code, 'message': message}]
        if chain:
            self.errors[0]['error_chain'] = [{'code': c, 'message': m} for c, m in chain]


def identifier(text):
    return hashlib.md5(text.encode()).hexdigest()


def strings(content):
    """The octets of quoted character-strings; raw text is wrapped as it is."""
    if not content.startswith('"'):
        if '"' in content:
            raise Refusal(400, 1004, 'DNS Validation Error', (9207, 'Content has unbalanced quotes.'))
        return content
    if not re.fullmatch(r'"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*', content):
        raise Refusal(400, 1004, 'DNS Validation Error', (9207, 'Content has unbalanced quotes.'))
    joined = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', content))
    return re.sub(r'\\(\d{3}|.)', lambda m: chr(int(m[1])) if len(m[1]) == 3 else m[1], joined)


def quoted(text):
    pieces = [text[i:i + 255] for i in range(0, max(len(text), 1), 255)]
    return ' '.join('"%s"' % re.sub(r'(["\\])', r'\\\1', piece) for piece in pieces)


def dnssec_of(zone, is_wrong):
    """As the API shows it: all of it null until the zone is signed."""
    if zone['dnssec'] == 'disabled':
        return dict.fromkeys(('algorithm', 'digest', 'digest_algorithm', 'digest_type', 'ds', 'key_type', 'public_key',
                              'flags', 'key_tag', 'modified_on')) | {'status': 'disabled'}
    key = SigningKey(zone['name'], is_wrong)
    ds = key.ds['SHA256'].upper()
    return {'status': zone['dnssec'], 'flags': 257, 'algorithm': '13', 'key_type': 'ECDSAP256SHA256', 'digest_type': '2',
            'digest_algorithm': 'SHA256', 'digest': ds.split()[-1], 'ds': '%s. 3600 IN DS %s' % (zone['name'], ds),
            'key_tag': key.tag, 'public_key': key.public_key, 'modified_on': STAMP}


class State:
    def __init__(self):
        self.zones, self.records, self.scripts, self.domains = [], {}, {}, {}
        self.broken_rules = []  # what no program may do, whatever the answer was
        self.serial = 0

    # Zones

    def add_zone(self, name, account=0, kind='full', status='active', paused=False):
        zone = {'id': identifier(name + str(account)), 'account': {'id': ACCOUNTS[account], 'name': 'Account %d' % account},
                'name': name, 'status': status, 'paused': paused, 'type': kind, 'development_mode': 0,
                'name_servers': ['bob.ns.cloudflare.com', 'amy.ns.cloudflare.com'], 'original_name_servers': None,
                'original_registrar': None, 'original_dnshost': None, 'created_on': STAMP, 'modified_on': STAMP,
                'activated_on': STAMP, 'dnssec': 'disabled', 'owner': {}, 'meta': {}, 'plan': {'legacy_id': 'free'}}
        self.zones.append(zone)
        self.records[zone['id']] = []
        return zone['id']

    def zone(self, zone_id):
        for zone in self.zones:
            if zone['id'] == zone_id:
                return zone
        raise Refusal(404, 7003, 'Could not route to /zones, perhaps your object identifier is invalid?')

    # Records

    def normal(self, record):
        """A request's fields as the service keeps them; refused when they cannot stand."""
        kind = record.get('type')
        ttl = record.get('ttl', 1)
        if ttl != 1 and not 60 <= ttl <= 86400:
            raise Refusal(400, 1004, 'DNS Validation Error', (9021, 'Invalid TTL. Must be between 60 and 86400 seconds.'))
        if record.get('tags'):
            raise Refusal(400, 9300, 'DNS record has 1 tags, exceeding the quota of 0.')
        made = {'name': record['name'].lower().rstrip('.'), 'type': kind, 'ttl': ttl,
                'proxied': record.get('proxied', False), 'comment': record.get('comment'),
                'settings': record.get('settings', {}), 'tags': [], 'proxiable': kind in PROXIABLE,
                'meta': record.get('meta', {}), 'created_on': STAMP, 'modified_on': STAMP}
        if made['proxied']:
            made['ttl'] = 1
        if kind == 'TXT':
            made['content'] = quoted(strings(record['content']))
        elif kind == 'TLSA':
            data = record.get('data') or {}
            for field in ('usage', 'selector', 'matching_type', 'certificate'):
                if field not in data:
                    raise Refusal(400, 1004, 'DNS Validation Error', (9101, f'{field} is a required data field.'))
            made['data'] = dict(data, certificate=data['certificate'].upper())
            made['content'] = '%d %d %d %s' % (data['usage'], data['selector'], data['matching_type'],
                                               data['certificate'].upper())
        elif kind == 'CAA':
            made['data'] = record['data']
            made['content'] = '%(flags)d %(tag)s "%(value)s"' % record['data']
        else:
            made['content'] = record['content'].lower().rstrip('.')
            if kind == 'MX':
                made['priority'] = record['priority']
        return made

    def check_beside(self, record, others):
        beside = [other for other in others if other['name'] == record['name']]
        for other in beside:
            if other['type'] == record['type'] and other['content'] == record['content']:
                if record['type'] in PROXIABLE:
                    raise Refusal(400, 81057, 'The record already exists.')
                raise Refusal(400, 81058, 'An identical record already exists.')
        if any(other['type'] == 'CNAME' for other in beside) or (record['type'] == 'CNAME' and beside):
            raise Refusal(400, 81053, 'An A, AAAA, or CNAME record with that host already exists.')

    def create(self, records, wanted):
        made = self.normal(wanted)
        self.check_beside(made, records)
        self.serial += 1
        made['id'] = identifier('record %d' % self.serial)
        records.append(made)
        return made

    def find(self, records, record_id):
        for record in records:
            if record['id'] == record_id:
                if record['meta'].get('read_only'):
                    self.broken_rules.append('the managed record %s was touched' % record['name'])
                    raise Refusal(400, 1043, 'This record is managed and read only.')
                return record
        raise Refusal(404, 81044, 'Record does not exist.')

    def change(self, records, wanted):
        old = self.find(records, wanted['id'])
        merged = {**{k: v for k, v in old.items() if k != 'data' or 'content' not in wanted}, **wanted}
        made = self.normal(merged)
        made['id'] = old['id']
        others = [record for record in records if record is not old]
        self.check_beside(made, others)
        records[records.index(old)] = made
        return made

    def batch(self, zone_id, wanted):
        """Deletes, patches, puts, posts; the first that fails leaves nothing done."""
        records = copy.deepcopy(self.records[zone_id])
        result = {'deletes': [], 'patches': [], 'puts': [], 'posts': []}
        for item in wanted.get('deletes', []):
            old = self.find(records, item['id'])
            records.remove(old)
            result['deletes'].append(old)
        for item in wanted.get('patches', []):
            result['patches'].append(self.change(records, item))
        for item in wanted.get('puts', []):
            result['puts'].append(self.change(records, item))
        for item in wanted.get('posts', []):
            result['posts'].append(self.create(records, item))
        self.records[zone_id] = records
        return result

    def sets_at(self, name):
        """(name of its zone, type -> [ttl, [data]] as zone files have them, something is below); no zone: empty name"""
        above = [zone for zone in self.zones if name == zone['name'] or name.endswith('.' + zone['name'])]
        if not above:
            return '', {}, False
        zone = max(above, key=lambda zone: len(zone['name']))
        records = self.records[zone['id']]
        sets = {'NS': [86400, [server + '.' for server in zone['name_servers']]]} if name == zone['name'] else {}
        for record in records:
            if record['name'] != name:
                continue
            data = record['content']
            if record['proxied']:  # answered with addresses of the edge; here a test serves what the edge would
                sets['A'] = [300, ['127.0.0.1']]
                continue
            if record['type'] == 'TXT':
                data = quoted(strings(data))
            elif record['type'] in ('CNAME', 'MX'):
                data = ('%d ' % record['priority'] if record['type'] == 'MX' else '') + data + '.'
            sets.setdefault(record['type'], [max(record['ttl'], 60), []])[1].append(data)
        is_above = any(record['name'].endswith('.' + name) for record in records)
        return zone['name'], sets, is_above or name in [other['name'] for other in above]

    # Workers

    def script(self, account, name):
        if (account, name) not in self.scripts:
            raise Refusal(404, 10007, 'This Worker does not exist on your account.')
        return self.scripts[account, name]

    def upload(self, account, name, metadata, modules):
        if not re.fullmatch(r'[a-z0-9_][a-z0-9_-]*', name) or len(name) > 63:
            raise Refusal(400, 10016, 'Invalid Worker name.')
        main = modules.get(metadata.get('main_module'))
        if not main or main[1] != 'application/javascript+module':
            raise Refusal(400, 10021, 'No such module: main_module')
        if b'export default' not in main[0]:
            raise Refusal(400, 10021, 'Uncaught SyntaxError')
        old = self.scripts.get((account, name))
        # Nobody promises that a new one is not served at workers.dev.
        self.scripts[account, name] = {'modules': modules, 'metadata': metadata,
                                       'dev': old['dev'] if old else {'enabled': True, 'previews_enabled': True}}

    def attach(self, account, wanted):
        host, service = wanted['hostname'], wanted['service']
        zone = self.zone(wanted['zone_id'])
        self.script(account, service)
        if zone['account']['id'] != account or not (host == zone['name'] or host.endswith('.' + zone['name'])):
            raise Refusal(400, 100114, 'The hostname is not in a zone of this account.')
        old = self.domains.get(host)
        if old and old['service'] != service:
            raise Refusal(409, 100116, 'Hostname is already in use by another Worker.')
        records = self.records[zone['id']]
        if not old and any(r['name'] == host and r['type'] in PROXIABLE for r in records):
            raise Refusal(409, 100117, 'Hostname has externally managed DNS records.')
        if not old:
            self.create(records, {'type': 'AAAA', 'name': host, 'content': '100::', 'proxied': True,
                                  'meta': {'read_only': True, 'origin_worker_id': service}})
        self.domains[host] = {'id': identifier('domain ' + host), 'cert_id': identifier('cert ' + host), 'hostname': host,
                              'service': service, 'zone_id': zone['id'], 'zone_name': zone['name']}
        return self.domains[host]

    def detach(self, domain_id):
        for host, domain in list(self.domains.items()):
            if domain['id'] == domain_id:
                del self.domains[host]
                zone_id = domain['zone_id']
                self.records[zone_id] = [r for r in self.records[zone_id]
                                         if not (r['name'] == host and r['meta'].get('read_only'))]
                return
        raise Refusal(404, 100115, 'No such custom domain.')

    def remove_script(self, account, name):
        self.script(account, name)
        if any(domain['service'] == name for domain in self.domains.values()):
            self.broken_rules.append('the Worker %s was removed under its custom domain' % name)
        del self.scripts[account, name]

    def served(self, host):
        """The module that answers for a host; None while nothing does."""
        domain = self.domains.get(host)
        if not domain:
            return None
        zone = self.zone(domain['zone_id'])
        script = self.scripts.get((zone['account']['id'], domain['service']))
        if not script or zone['paused']:
            return None
        return script['modules'][script['metadata']['main_module']][0]


def sample():
    """The zones of zonebed.sh, and those that cannot be written to."""
    state = State()
    example = state.add_zone('example.com')
    for name in ('sub.example.com', 'ample.com', 'twice.example'):
        state.add_zone(name)
    state.add_zone('other.example', kind='secondary')
    state.add_zone('partial.example', kind='partial')
    state.add_zone('paused.example', paused=True)
    state.add_zone('pending.example', status='pending')
    state.add_zone('twice.example', account=1)
    state.add_zone('moved.example', status='moved')
    state.add_zone('moved.example', account=1)
    for record in ({'type': 'TXT', 'name': '_smtp._tls.example.com', 'ttl': 300, 'content': 'google-site-verification=x'},
                   {'type': 'CNAME', 'name': '_mta-sts.aliased.example.com', 'ttl': 3600,
                    'content': 'elsewhere.example.net'},
                   {'type': 'TXT', 'name': '*.wild.example.com', 'ttl': 3600, 'content': '"v=spf1 -all"'},
                   {'type': 'A', 'name': 'many.example.com', 'ttl': 3600, 'content': '192.0.2.1'},
                   {'type': 'AAAA', 'name': 'many.example.com', 'ttl': 3600, 'content': '2001:db8::1'},
                   {'type': 'MX', 'name': 'many.example.com', 'ttl': 3600, 'content': 'mx.example.com', 'priority': 10},
                   {'type': 'TXT', 'name': 'many.example.com', 'ttl': 3600, 'content': '"several"'},
                   {'type': 'CAA', 'name': 'many.example.com', 'ttl': 3600,
                    'data': {'flags': 0, 'tag': 'issue', 'value': 'ca.example'}}):
        state.create(state.records[example], record)
    # As old records come: without quotes.
    state.records[example][0]['content'] = 'google-site-verification=x'
    return state
