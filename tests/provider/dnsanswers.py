# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A zone's own name server over TCP (RFC 1035, 7766), as small as it can be: what stands at exactly one name."""
import ipaddress
import socketserver
import struct

TYPES = {'A': 1, 'CNAME': 5, 'SOA': 6, 'MX': 15, 'TXT': 16, 'AAAA': 28, 'TLSA': 52}


def wire_name(name):
    return b''.join(bytes([len(label)]) + label.encode() for label in name.split('.') if label) + b'\0'


def data(record, text):
    kind, content = record['type'], record['content']
    if kind == 'TXT':
        octets = text(content).encode('latin-1')
        pieces = [octets[i:i + 255] for i in range(0, max(len(octets), 1), 255)]
        return b''.join(bytes([len(piece)]) + piece for piece in pieces)
    if kind in ('A', 'AAAA'):
        return ipaddress.ip_address(content).packed
    if kind == 'TLSA':
        usage, selector, matching, certificate = content.split()
        return bytes([int(usage), int(selector), int(matching)]) + bytes.fromhex(certificate)
    if kind == 'MX':
        return struct.pack('>H', record['priority']) + wire_name(content)
    return wire_name(content)


def answer(question, zones, text):
    """`zones`: the records of each zone name; `text`: the octets of TXT content."""
    at, labels = 12, []
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]].decode('latin-1').lower())
        at += 1 + question[at]
    kind = struct.unpack('>H', question[at + 1:at + 3])[0]
    name = '.'.join(labels)
    inside = [zone for zone in zones if name == zone or name.endswith('.' + zone)]
    head = question[:2]
    body = question[12:at + 5]
    if not inside:
        return head + struct.pack('>HHHHH', 0x8005, 1, 0, 0, 0) + body  # REFUSED
    found = [r for r in zones[max(inside, key=len)] if r['name'] == name and TYPES.get(r['type']) in (kind, 5)]
    for record in found:
        octets = data(record, text)
        body += b'\xc0\x0c' + struct.pack('>HHIH', TYPES[record['type']], 1, max(record['ttl'], 60), len(octets)) + octets
    return head + struct.pack('>HHHHH', 0x8400, 1, len(found), 0, 0) + body


def serve(zones, text):
    """A server on a free port of loopback; `zones` is asked for each question."""
    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            while True:
                length = self.rfile.read(2)
                if len(length) < 2:
                    return
                question = self.rfile.read(struct.unpack('>H', length)[0])
                made = answer(question, zones(), text)
                self.wfile.write(struct.pack('>H', len(made)) + made)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    return Server(('127.0.0.1', 0), Handler)
