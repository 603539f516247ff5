#!/usr/bin/env python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in of the DNS part of the Hetzner Cloud API. Its behaviour is that of Hetzner's documentation
(reference of "Zones", "Zone RRSets" and "Zone RRSet Actions", "Errors", "Actions", "Pagination") and of its
official clients, hcloud-go and hcloud-python (August 2026): sets are created by POST and changed by
actions, names are relative, a TTL may be null, an action takes its time (here it is done when the next
request comes), a zone is locked meanwhile. Pages have 2 items here, whatever is asked for, not up to 100. Which code an alias beside other
records gets is documented nowhere, nor what becomes of a filter for a name that no zone can have; here both
are invalid_input. The word "action-error" as a fault makes the
action fail that the request starts, "action-held" keeps it running until release, "no-meta" leaves the page numbers out of a list."""
from standin import Refused, Reply, Service, Zone, canonical, run

PAGE_SIZE = 2
SMALLEST_TTL = 60
ZONE_TTL = 3600  # counts where a set has none


def error(status, code, message, fields=None):
    details = {"fields": [{"name": n, "messages": [m]} for n, m in fields]} if fields else None
    return Refused(Reply(status, {"error": {"code": code, "message": message, "details": details}}))


class Hetzner(Service):
    root = "/v1/"
    scheme = "Bearer"

    def __init__(self):
        super().__init__()
        self.zones["other.example"] = Zone("other.example")
        self.modes = {"other.example": "secondary"}
        self.ids = {name: 4700 + number for number, name in enumerate(self.zones)}
        self.comments = {}  # (zone, name, type, value) -> text
        self.actions = {}  # id -> {"held", "fails", "effect", "zone", "status"}
        zone = self.zones["example.com"]
        zone.put("_smtp._tls", "TXT", None, '"google-site-verification=x"')  # the TTL of the zone
        self.comments["example.com", "_smtp._tls", "TXT", '"google-site-verification=x"'] = "keep für G"

    def error_body(self, status):
        code = "rate_limit_exceeded" if status == 429 else "server_error"
        return {"error": {"code": code, "message": "a fault of %d on demand" % status, "details": None}}

    def answer(self, request):
        if not self.is_authorized(request):
            raise error(401, "unauthorized", "unable to authenticate")
        self.work()
        path, verb = request.path, request.verb
        if path == ["zones"] and verb == "GET":
            return self.list_zones(request)
        if len(path) == 2 and path[0] == "actions" and verb == "GET":
            return self.poll(path[1])
        if len(path) >= 2 and path[0] == "zones":
            return self.in_zone(request, self.zone_of(path[1]), path[2:])
        raise error(404, "not_found", "route not found")

    def zone_of(self, id_or_name):
        for name, zone in self.zones.items():
            if id_or_name in (name, str(self.ids[name])):
                return zone
        raise error(404, "not_found", "zone not found")

    def in_zone(self, request, zone, rest):
        if not rest and request.verb == "GET":
            return Reply(200, {"zone": self.zone_json(zone)})
        if self.modes.get(zone.name):
            raise error(422, "incorrect_zone_mode", "zone is not in primary mode")
        if rest == ["rrsets"] and request.verb == "GET":
            return self.list_sets(request, zone)
        if rest == ["rrsets"] and request.verb == "POST":
            return self.create(request.body, zone)
        if len(rest) >= 3 and rest[0] == "rrsets":
            key = ("" if rest[1] == "@" else rest[1], rest[2])
            if key not in zone.sets:
                raise error(404, "not_found", "RRSet not found")
            if len(rest) == 3 and request.verb == "GET":
                return Reply(200, {"rrset": self.set_json(zone, key)})
            if len(rest) == 3 and request.verb == "DELETE":
                return self.begin(zone, "delete_rrset", lambda: zone.sets.pop(key))
            if request.verb == "POST" and rest[3:] == ["actions", "set_records"]:
                return self.set_records(request.body, zone, key)
            if request.verb == "POST" and rest[3:] == ["actions", "change_ttl"]:
                return self.change_ttl(request.body, zone, key)
        raise error(404, "not_found", "route not found")

    # What is read

    def zone_json(self, zone):
        return {"id": self.ids[zone.name], "name": zone.name, "ttl": ZONE_TTL,
                "mode": self.modes.get(zone.name, "primary"), "status": "ok", "labels": {},
                "protection": {"delete": False}, "record_count": len(zone.sets)}

    def set_json(self, zone, key):
        name, kind = key
        ttl, data = zone.sets[key]
        return {"id": "%s/%s" % (name or "@", kind), "name": name or "@", "type": kind, "ttl": ttl,
                "labels": {}, "protection": {"change": False}, "zone": self.ids[zone.name],
                "records": [{"value": value, "comment": self.comments.get((zone.name, name, kind, value), "")}
                            for value in data]}

    def page(self, request, name, items):
        number = int(request.query.get("page", ["1"])[0])
        last = max(1, -(-len(items) // PAGE_SIZE))
        if self.fault == "no-meta":
            return Reply(200, {name: items[:PAGE_SIZE]})
        return Reply(200, {name: items[(number - 1) * PAGE_SIZE:number * PAGE_SIZE],
                           "meta": {"pagination": {
                               "page": number, "per_page": PAGE_SIZE, "total_entries": len(items),
                               "previous_page": number - 1 if number > 1 else None,
                               "next_page": number + 1 if number < last else None, "last_page": last}}})

    def list_zones(self, request):
        wanted = request.query.get("name", [None])[0]
        if wanted and (wanted.startswith("_") or "." not in wanted):
            raise error(422, "invalid_input", "invalid input in field 'name'", [("name", "is no zone name")])
        return self.page(request, "zones", [self.zone_json(zone) for name, zone in self.zones.items()
                                            if wanted in (None, name)])

    def list_sets(self, request, zone):
        wanted = request.query.get("name", [None])[0]
        return self.page(request, "rrsets", [self.set_json(zone, key) for key in zone.sets
                                             if wanted in (None, key[0] or "@")])

    # What is written

    def judge(self, zone, key, records):
        """The canonical data of the records, which may not be served before they have passed."""
        values = [record.get("value") for record in records or []]
        if not values or len(set(values)) != len(values):
            raise error(422, "invalid_input", "invalid input in field 'records'",
                        [("records", "must not be empty and must only contain distinct values")])
        try:
            for value in values:
                canonical(key[1], value)
        except ValueError as wrong:
            raise error(422, "invalid_input", "invalid input in field 'records'",
                        [("records", str(wrong))]) from wrong
        others = [kind for kind in zone.types_at(key[0]) if kind != key[1] and "CNAME" in (kind, key[1])]
        if others:
            raise error(422, "invalid_input", "a CNAME cannot stand beside other records",
                        [("name", "has %s already" % ", ".join(others))])
        for record in records:
            self.comments[(zone.name, *key, record["value"])] = record.get("comment", "")
        return values

    @staticmethod
    def judge_ttl(ttl):
        if ttl is not None and not SMALLEST_TTL <= ttl <= 2147483647:
            raise error(422, "invalid_input", "invalid input in field 'ttl'",
                        [("ttl", "must be between 60 and 2147483647")])
        return ttl

    def create(self, body, zone):
        name = body["name"]
        if name != name.lower() or name.endswith(".") or ("." + name).endswith("." + zone.name):
            raise error(422, "invalid_input", "invalid input in field 'name'", [("name", "is not relative")])
        key = ("" if name == "@" else name, body["type"])
        if key in zone.sets:
            raise error(409, "uniqueness_error", "RRSet already exists")
        values, ttl = self.judge(zone, key, body.get("records")), self.judge_ttl(body.get("ttl"))
        reply = self.begin(zone, "create_rrset", lambda: zone.sets.__setitem__(key, [ttl, values]))
        return Reply(201, {"rrset": {"id": "%s/%s" % (name, key[1])}, **reply.body})

    def set_records(self, body, zone, key):
        values = self.judge(zone, key, body.get("records"))
        return self.begin(zone, "set_rrset_records",
                          lambda: zone.sets.__setitem__(key, [zone.sets[key][0], values]))

    def change_ttl(self, body, zone, key):
        ttl = self.judge_ttl(body["ttl"])
        return self.begin(zone, "change_rrset_ttl",
                          lambda: zone.sets.__setitem__(key, [ttl, zone.sets[key][1]]))

    # What runs

    def begin(self, zone, command, effect):
        if any(action["zone"] is zone and action["status"] == "running" for action in self.actions.values()):
            raise error(423, "locked", "zone is locked by another action")
        number = 1 + len(self.actions)
        self.actions[number] = {"command": command, "zone": zone, "effect": effect, "status": "running",
                                "held": self.fault == "action-held",
                                "fails": self.fault == "action-error"}
        return Reply(201, {"action": self.action_json(number)})

    def work(self):
        for action in self.actions.values():
            if action["status"] == "running" and not action["held"]:
                action["status"] = "error" if action["fails"] else "success"
                if not action["fails"]:
                    action["effect"]()

    def release(self):
        for action in self.actions.values():
            action["held"] = False

    def action_json(self, number):
        action = self.actions[number]
        failed = {"code": "action_failed", "message": "the action failed"}
        return {"id": number, "command": action["command"], "status": action["status"],
                "progress": 0 if action["status"] == "running" else 100,
                "error": failed if action["status"] == "error" else None, "resources": []}

    def poll(self, number):
        if int(number) not in self.actions:
            raise error(404, "not_found", "action not found")
        return Reply(200, {"action": self.action_json(int(number))})

    def served(self, name):
        """A set without a TTL is served with that of its zone."""
        is_known, sets, is_above = super().served(name)
        return is_known, {k: [ZONE_TTL if ttl is None else ttl, data] for k, (ttl, data) in sets.items()}, is_above


if __name__ == "__main__":
    run(Hetzner())
