# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stand-ins of DNS services have in common: record sets judged by dnspython, name service for
them, an HTTP API with one token, and faults on demand.

A stand-in holds the zones of zonebed.sh, refuses what the real service is known to refuse, and ends with
its standard input. It prints address=, control=, secret= and dns= and then "ready". Below control= it
takes, without any token:

  POST faults    [{"at": 2, "what": "503", "after": true}, ...]; at: counted from here, 1 is the next request
  GET  requests  ["GET /api/v1/domains/ 200", ...] since the last POST of faults
  POST release   lets go on what a fault holds

what: a status, "cut" (the connection ends without an answer), "html" (200 and a page instead of JSON), or a
word that the service itself knows. after: the effect comes first. A 429 carries Retry-After: 1.
"""
import json
import secrets
import socket
import socketserver
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import dns.flags
import dns.message
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rrset

HOST_TYPES = ("CNAME", "MX", "NS")
PAGE = b"<html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>"


class Request(NamedTuple):
    verb: str
    path: list  # decoded segments below the root of the API
    query: dict  # name -> list of values
    body: object  # JSON, or None
    token: str  # the whole Authorization header
    base: str  # the address that was asked, without its query
    has_slash: bool


class Reply(NamedTuple):
    status: int
    body: object = None  # JSON; None: no body
    headers: dict = {}


class Refused(Exception):
    """Ends a request with that reply and no effect."""

    def __init__(self, reply):
        super().__init__()
        self.reply = reply


def canonical(kind, text):
    """The data of a record as dnspython writes them; ValueError says what is wrong."""
    if kind == "TXT" and not text.startswith('"'):
        raise ValueError("TXT content must be quoted")
    if kind in HOST_TYPES and not text.endswith("."):
        raise ValueError("host names must end with a dot")
    try:
        return dns.rdata.from_text("IN", kind, text).to_text()
    except Exception as error:  # dnspython has many kinds of them
        raise ValueError(str(error) or type(error).__name__) from error


class Zone:
    """sets: (relative name, "" at the apex; type) -> [ttl, [data]]."""

    def __init__(self, name):
        self.name = name
        self.sets = {("", "NS"): [3600, ["ns1.%s." % name]], ("ns1", "A"): [3600, ["127.0.0.1"]]}

    def put(self, name, kind, ttl, *data):
        self.sets[name, kind] = [ttl, list(data)]

    def types_at(self, name):
        return [kind for owner, kind in self.sets if owner == name]


def zones():
    """As zonebed.sh makes them."""
    made = {name: Zone(name) for name in ("example.com", "sub.example.com", "ample.com")}
    zone = made["example.com"]
    zone.put("_smtp._tls", "TXT", 300, '"google-site-verification=x"')
    zone.put("_mta-sts.aliased", "CNAME", 3600, "elsewhere.example.net.")
    zone.put("*.wild", "TXT", 3600, '"v=spf1 -all"')
    zone.put("many", "A", 3600, "192.0.2.1")
    zone.put("many", "AAAA", 3600, "2001:db8::1")
    zone.put("many", "MX", 3600, "10 mx.example.com.")
    zone.put("many", "TXT", 3600, '"several"')
    zone.put("many", "CAA", 3600, '0 issue "ca.example"')
    return made


class Service:
    """One service: `root` of its API, `scheme` of its Authorization header; answer() is its behaviour."""

    root = "/"
    scheme = "Bearer"

    def __init__(self):
        self.lock = threading.Lock()
        self.zones = zones()
        self.token = "canary-" + secrets.token_hex(16)
        self.faults = []
        self.requests = []
        self.fault = None  # the word of the one under way that the service itself has to obey

    def answer(self, request):
        raise NotImplementedError

    def is_authorized(self, request):
        return request.token == "%s %s" % (self.scheme, self.token)

    def take(self, request, line):
        """The reply, "cut" or "html"."""
        with self.lock:
            count = len(self.requests) + 1
            fault = next((f for f in self.faults if f["at"] == count), None)
            what = fault["what"] if fault else None
            of_ours = what in ("cut", "html") or (what or "").isdigit()
            self.fault = None if of_ours else what
            reply = None
            if not of_ours or fault.get("after"):
                try:
                    reply = self.answer(request)
                except Refused as refused:
                    reply = refused.reply
            if of_ours:
                reply = what
                if what.isdigit():
                    headers = {"Retry-After": "1"} if what == "429" else {}
                    reply = Reply(int(what), self.error_body(int(what)), headers)
            self.requests.append("%s %s" % (line, reply.status if isinstance(reply, Reply) else reply))
            return reply

    def release(self):
        pass

    def error_body(self, status):
        return {"detail": "a fault of %d on demand" % status}

    def served(self, name):
        """(name of the zone, type -> [ttl, [data]], something is below) for the name service; no zone: empty name."""
        with self.lock:
            above = [zone for zone in self.zones.values()
                     if name == zone.name or name.endswith("." + zone.name)]
            if not above:
                return "", {}, False
            zone = max(above, key=lambda z: len(z.name))
            relative = name[: -len(zone.name)].rstrip(".")
            sets = {kind: ttl_data for (owner, kind), ttl_data in zone.sets.items() if owner == relative}
            below = any(owner.endswith("." + relative) for owner, _ in zone.sets) or not relative
            return zone.name, sets, below


def dns_reply(service, wire):
    query = dns.message.from_wire(wire)
    reply = dns.message.make_response(query)
    question = query.question[0]
    zone, sets, is_above = service.served(question.name.to_text(omit_final_dot=True).lower())
    if not zone:
        reply.set_rcode(dns.rcode.REFUSED)
        return reply.to_wire()
    reply.flags |= dns.flags.AA
    if not sets and not is_above:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    for kind in (dns.rdatatype.to_text(question.rdtype), "CNAME"):
        if kind in sets:
            ttl, data = sets[kind]
            reply.answer.append(dns.rrset.from_text_list(question.name, ttl, "IN", kind, data))
            break
    if not reply.answer:  # RFC 2308 3: without it resolvers remember the answer for a time of their own
        soa = "ns1.%s. admin.%s. 1 3600 600 86400 0" % (zone, zone)
        reply.authority.append(dns.rrset.from_text(zone + ".", 0, "IN", "SOA", soa))
    return reply.to_wire()


class NameServer(socketserver.BaseRequestHandler):
    def handle(self):
        stream = self.request.makefile("rwb")
        while len(length := stream.read(2)) == 2:
            wire = dns_reply(self.server.service, stream.read(struct.unpack("!H", length)[0]))
            stream.write(struct.pack("!H", len(wire)) + wire)
            stream.flush()


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def take(self):
        service = self.server.service
        octets = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        try:
            body = json.loads(octets) if octets else None
        except ValueError:
            body = "not JSON"
        if parts.path.startswith("/standin/"):
            self.write(self.control(service, parts.path, body))
            return
        if not parts.path.startswith(service.root):
            self.write(Reply(404, None))
            return
        path = parts.path[len(service.root):]
        request = Request(self.command, [unquote(part) for part in path.split("/") if part],
                          parse_qs(parts.query, keep_blank_values=True), body,
                          self.headers.get("Authorization") or "",
                          "http://%s%s" % (self.headers["Host"], parts.path), path.endswith("/"))
        reply = service.take(request, "%s %s" % (self.command, self.path))
        if reply == "cut":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif reply == "html":
            self.write_octets(200, PAGE, {"Content-Type": "text/html"})
        else:
            self.write(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = take

    @staticmethod
    def control(service, path, body):
        with service.lock:
            if path.endswith("/faults"):
                service.faults, service.requests = body, []
                return Reply(200, [])
            if path.endswith("/release"):
                service.release()
                return Reply(200, [])
            return Reply(200, {"requests": service.requests})

    def write(self, reply):
        octets = b"" if reply.body is None else json.dumps(reply.body).encode()
        self.write_octets(reply.status, octets, {"Content-Type": "application/json", **reply.headers})

    def write_octets(self, status, octets, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


class NameServers(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def run(service):
    api = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    names = NameServers(("127.0.0.1", 0), NameServer)
    for server in (api, names):
        server.service = service
        threading.Thread(target=server.serve_forever, daemon=True).start()
    root = "http://127.0.0.1:%d" % api.server_port
    print("address=%s%s" % (root, service.root.rstrip("/")))
    print("control=%s/standin" % root)
    print("secret=%s" % service.token)
    print("dns=127.0.0.1@%d" % names.server_address[1])
    print("ready", flush=True)
    sys.stdin.read()  # until whoever started this is gone
