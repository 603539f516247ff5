# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloudflare's API on loopback until standard input ends, started by zonebed.sh: prints key=value lines and "ready".

Every request is held against the OpenAPI document of tests/data. /control takes and gives JSON, without a token:
  {"fresh": true}                      everything is as at the start
  {"reset": true}                      the count of requests begins anew
  {"trouble": {"at": 3, "how": "500-after"}}  what goes wrong with the third request from now on
  {"together": {"count": 2, "path": "/content"}}  requests whose path has this text wait for so many of them
  {"pageSize": 2}                      the most that one page holds
  {"refuse": "workers/domains"}        writes whose path has this text are refused
  {"stall": "workers/domains"}         writes whose path has this text wait for the next reset; then nobody does them
  {"token": {"lacks": ["workers"]}}    what the token of "secret" may not do, or its "status"
  {"dnssec": {"example.com": "active"}} how the zone is signed; {"wrongDs": true}: with a DS of no key
  {"state": true}                      answers with everything that is kept
Each answers with "requests", "faults" (requests that did not fit) and "inFlight" (the most at one time)."""
import http.server
import json
import os
import pathlib
import socket
import sys
import threading

import cloudflarestate as cf
import standin
from openapicheck import OpenApi, parts

DATA = pathlib.Path(__file__).parent.parent / 'data' / 'cloudflare-subset.openapi.json'
PREFIX = '/client/v4'
FAILURE = b'{"success":false,"errors":[{"code":%d,"message":"%s"}],"messages":[],"result":null}'
STALL_S = 120  # how long a request that nobody does is held
COMPANY_S = 5  # how long a request waits for others before it goes on alone


class Standin:
    def __init__(self):
        self.lock = threading.RLock()
        self.arrived = threading.Condition(self.lock)
        self.api = OpenApi(DATA)
        self.state = cf.sample()
        self.secret, self.account_secret = 'cfut_' + os.urandom(20).hex(), 'cfat_' + os.urandom(20).hex()
        self.lacks, self.status, self.page_size = set(), 'active', 5000000
        self.wrong_ds = False
        self.requests, self.faults = [], []
        self.trouble, self.together, self.refused, self.stalled = None, None, None, None
        self.in_flight, self.most_in_flight, self.waiting, self.arrivals, self.released = 0, 0, 0, 0, 0

    def control(self, wanted):
        with self.lock:
            if wanted.get('fresh'):
                self.state = cf.sample()
            if wanted.get('reset'):
                self.requests, self.trouble, self.together, self.refused, self.stalled = [], None, None, None, None
                self.arrived.notify_all()
                self.most_in_flight, self.waiting = self.in_flight, 0
            self.trouble = wanted.get('trouble', self.trouble)
            self.together = wanted.get('together', self.together)
            self.refused = wanted.get('refuse', self.refused)
            self.stalled = wanted.get('stall', self.stalled)
            self.page_size = wanted.get('pageSize', self.page_size)
            if 'token' in wanted:
                self.lacks = set(wanted['token'].get('lacks', []))
                self.status = wanted['token'].get('status', 'active')
            for name, status in wanted.get('dnssec', {}).items():
                [z for z in self.state.zones if z['name'] == name][0]['dnssec'] = status
            self.wrong_ds = wanted.get('wrongDs', self.wrong_ds)
            for record in wanted.get('records', []):
                zone = [z for z in self.state.zones if z['name'] == record['zone']][0]
                self.state.create(self.state.records[zone['id']], record)
            for name, text in wanted.get('scripts', {}).items():
                self.state.upload(cf.ACCOUNTS[0], name, {'main_module': 'x.js'},
                                  {'x.js': (text.encode(), 'application/javascript+module')})
            if 'attach' in wanted:
                self.state.attach(cf.ACCOUNTS[0], wanted['attach'])
            answer = {'requests': self.requests, 'faults': self.faults + self.state.broken_rules,
                      'inFlight': self.most_in_flight}
            if 'served' in wanted:
                module = self.state.served(wanted['served'])
                answer['served'] = module.decode() if module else None
            if wanted.get('state'):
                answer['records'] = {z['name']: self.state.records[z['id']] for z in self.state.zones}
                answer['scripts'] = {name: {'dev': script['dev'], 'metadata': script['metadata']}
                                     for (_, name), script in self.state.scripts.items()}
                answer['domains'] = self.state.domains
            return answer

    def served(self, name):
        """For the name service of standin.py."""
        with self.lock:
            return self.state.sets_at(name)

    def company(self, path):
        """Proof that requests overlap: each waits until the others are under way too."""
        if not self.together or self.together['path'] not in path:
            return
        self.arrivals += 1
        mine = self.arrivals
        self.waiting += 1
        if self.waiting >= self.together['count']:
            self.waiting, self.released = 0, mine
            self.arrived.notify_all()
        elif not self.arrived.wait_for(lambda: self.released >= mine, COMPANY_S):
            self.waiting -= 1

    def allow(self, needed):
        if needed in self.lacks:
            raise cf.Refusal(403, 10000, 'Authentication error')

    def authorize(self, header):
        token = header[len('Bearer '):]
        if not header.startswith('Bearer ') or not token or any(c in token for c in ' "\'\t'):
            raise cf.Refusal(400, 6003, 'Invalid request headers', (6111, 'Invalid format for Authorization header'))
        if token not in (self.secret, self.account_secret):
            raise cf.Refusal(401, 1000, 'Invalid API Token')
        return token

    def paged(self, items, query):
        size = min(int(query.get('per_page', 100)), self.page_size)
        page = int(query.get('page', 1))
        pages = max(1, -(-len(items) // size))
        shown = items[(page - 1) * size:page * size]
        return shown, {'page': page, 'per_page': size, 'count': len(shown), 'total_count': len(items), 'total_pages': pages}

    def verify(self, token, is_account):
        if is_account != (token == self.account_secret):
            raise cf.Refusal(401, 1000, 'Invalid API Token')
        return {'id': cf.identifier(token), 'status': self.status, 'expires_on': '2027-03-01T00:00:00Z'}

    def answer(self, verb, path, query, headers, body):
        """(result, result_info or None); a Refusal otherwise. Bytes are sent as they are."""
        state = self.state
        part = path.strip('/').split('/')
        if part[:2] == ['user', 'tokens'] or part[2:4] == ['tokens', 'verify']:
            return self.verify(headers['token'], part[0] == 'accounts'), None
        if self.status != 'active':
            raise cf.Refusal(403, 9109, 'Invalid access token')
        if self.refused and verb != 'GET' and self.refused in path:
            raise cf.Refusal(400, 100113, 'Not now.')
        if part == ['zones']:
            self.allow('zone')
            found = [z for z in state.zones if query.get('name', z['name']) == z['name']]
            return self.paged(found, {'per_page': 20, **query})
        if part[0] == 'zones' and part[2:3] == ['dns_records']:
            return self.records(verb, part, query, body)
        if part[0] == 'zones' and part[2:] == ['dnssec']:
            self.allow('dnssec')
            zone = state.zone(part[1])
            if verb == 'PATCH':
                # The DS is not at the registrar yet; going off waits for it to be gone from there.
                wanted = json.loads(body)['status']
                if wanted == 'disabled':
                    zone['dnssec'] = 'pending-disabled'
                elif zone['dnssec'] != 'active':
                    zone['dnssec'] = 'pending'
            return cf.dnssec_of(zone, self.wrong_ds), None
        if part[0] == 'accounts' and part[2] == 'workers':
            self.allow('workers')
            if part[1] not in cf.ACCOUNTS:
                raise cf.Refusal(404, 7003, 'Could not route to the account.')
            return self.domains(verb, part, query, body) if part[3] == 'domains' else \
                self.script(verb, part, headers, body)
        raise cf.Refusal(404, 7003, 'No route for the URI')

    def records(self, verb, part, query, body):
        self.allow('dns')
        state = self.state
        zone_id = state.zone(part[1])['id']
        if verb == 'GET':
            found = [r for r in state.records[zone_id] if query.get('name', r['name']) == r['name']]
            return self.paged(found, query)
        self.allow('dns-write')
        if verb == 'POST' and part[3:] == ['batch']:
            return state.batch(zone_id, json.loads(body)), None
        raise cf.Refusal(404, 7003, 'No route for the URI')

    def domains(self, verb, part, query, body):
        state = self.state
        if verb == 'GET':
            return [d for d in state.domains.values() if query.get('hostname', d['hostname']) == d['hostname']], None
        self.allow('workers-write')
        if verb == 'PUT':
            return state.attach(part[1], json.loads(body)), None
        state.detach(part[4])
        return None, None

    def script(self, verb, part, headers, body):
        state, account, name = self.state, part[1], part[4]
        if verb == 'GET' and part[5:6] == ['content']:
            boundary = 'b' + os.urandom(12).hex()
            octets = b''
            for module, (content, kind) in state.script(account, name)['modules'].items():
                octets += (f'--{boundary}\r\nContent-Disposition: form-data; name="{module}"; filename="{module}"\r\n'
                           f'Content-Type: {kind}\r\n\r\n').encode() + content + b'\r\n'
            return (octets + f'--{boundary}--\r\n'.encode(), f'multipart/form-data; boundary={boundary}'), None
        if verb == 'GET' and part[5:] == ['subdomain']:
            return state.script(account, name)['dev'], None
        self.allow('workers-write')
        if verb == 'POST' and part[5:] == ['subdomain']:
            state.script(account, name)['dev'] = json.loads(body)
            return json.loads(body), None
        if verb == 'PUT':
            form = parts(headers.get('Content-Type', ''), body)
            metadata = json.loads(form.pop('metadata')[0])
            state.upload(account, name, metadata, {n: (octets, kind) for n, (octets, kind, _) in form.items()})
            return {'id': name, 'etag': cf.identifier(name), 'handlers': ['fetch'], 'startup_time_ms': 2}, None
        state.remove_script(account, name)
        return None, None


STANDIN = Standin()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def send(self, status, octets, kind='application/json', extra=()):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(octets)))
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(octets)

    def cut(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def any(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if self.path == '/control':
            return self.send(200, json.dumps(STANDIN.control(json.loads(body))).encode())
        with STANDIN.lock:
            STANDIN.in_flight += 1
            STANDIN.most_in_flight = max(STANDIN.most_in_flight, STANDIN.in_flight)
            target = self.path[len(PREFIX):]
            STANDIN.requests.append(f'{self.command} {target}')
            trouble = STANDIN.trouble if STANDIN.trouble and STANDIN.trouble['at'] == len(STANDIN.requests) else {}
            if not self.path.startswith(PREFIX + '/'):
                STANDIN.faults.append(f'{self.command} {self.path}: outside the API')
            misfits = STANDIN.api.request(self.command, target, self.headers, body)
            STANDIN.faults.extend(misfits)
            STANDIN.company(target)
            if STANDIN.stalled and self.command != 'GET' and STANDIN.stalled in target:
                STANDIN.arrived.wait_for(lambda: not STANDIN.stalled, STALL_S)
                STANDIN.in_flight -= 1
                return self.cut()
        try:
            self.reply(target, body, 'misfit' if misfits else trouble.get('how', ''))
        finally:
            with STANDIN.lock:
                STANDIN.in_flight -= 1

    def reply(self, target, body, trouble):
        if trouble == 'misfit':
            return self.send(400, FAILURE % (1001, b'Invalid request'))
        if trouble == '500-before':
            return self.send(500, FAILURE % (10013, b'Unknown error'))
        if trouble == '503-html':
            return self.send(503, b'<html>Service Unavailable</html>', 'text/html')
        if trouble == 'html':
            return self.send(200, b'<html>Please sign in to the hotel</html>', 'text/html')
        if trouble == '429':
            return self.send(429, FAILURE % (10429, b'Slow down'), extra=[('Retry-After', '1')])
        if trouble == 'cut-before':
            return self.cut()
        status, made, kind = self.outcome(target, body)
        if trouble == '500-after':
            return self.send(502, b'<html>Bad Gateway</html>', 'text/html')
        if trouble == 'cut-after':
            return self.cut()
        return self.send(status, made, kind)

    def outcome(self, target, body):
        path, _, query = target.partition('?')
        fields = dict(field.split('=', 1) for field in query.split('&') if '=' in field)
        headers = dict(self.headers)
        with STANDIN.lock:
            try:
                headers['token'] = STANDIN.authorize(self.headers.get('Authorization', ''))
                result, info = STANDIN.answer(self.command, path, fields, headers, body)
                if isinstance(result, tuple):
                    return 200, result[0], result[1]
                status, made = 200, {'success': True, 'errors': [], 'messages': [], 'result': result}
                if info:
                    made['result_info'] = info
            except cf.Refusal as refusal:
                status = refusal.status
                made = {'success': False, 'errors': refusal.errors, 'messages': [], 'result': None}
            STANDIN.faults.extend(STANDIN.api.answer(self.command, path, status, made))
        return status, json.dumps(made).encode(), 'application/json'

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = any


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    dns = standin.NameServers(('127.0.0.1', 0), standin.NameServer)
    dns.service = STANDIN
    for each in (server, dns):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    port = server.server_address[1]
    print(f'address=http://127.0.0.1:{port}{PREFIX}')
    print(f'judge={port}')
    print(f'secret={STANDIN.secret}')
    print(f'accountSecret={STANDIN.account_secret}')
    print(f'dns=127.0.0.1@{dns.server_address[1]}')
    print('ready', flush=True)
    sys.stdin.read()


main()
