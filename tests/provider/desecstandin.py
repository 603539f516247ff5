#!/usr/bin/env python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in of deSEC's DNS API. Its behaviour is that of deSEC's documentation ("Domain Management",
"Retrieving and Creating DNS Records", "Rate Limits") and of the public tests of its server, desec-stack
(August 2026): a list of errors with one item for each set of a bulk request, deletions before the alias
rule, TTLs between minimum_ttl and 86400, pages by cursor in the Link header. Pages have 2 items here, not
500. That a set whose TTL is not sent keeps its own is documented too. The words "links-elsewhere" and
"no-cursor" as faults spoil the Link header."""
import base64
import re
from urllib.parse import quote

from signingkey import SigningKey
from standin import Refused, Reply, Service, canonical, run

PAGE_SIZE = 2
LARGEST_TTL = 86400
AUTOMATIC = ("SOA", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "OPT", "KEY")
SUBNAME = re.compile(r"([*]|(([*][.])?([a-z0-9_-]{1,63}[.])*[a-z0-9_-]{1,63}))?$")


def refused(status, body):
    return Refused(Reply(status, body))


class DeSec(Service):
    root = "/api/v1/"
    scheme = "Token"

    def __init__(self):
        super().__init__()
        self.minimum_ttl = {"example.com": 900, "sub.example.com": 3600, "ample.com": 3600}

    def answer(self, request):
        if not request.has_slash:
            raise Refused(Reply(301, None, {"Location": request.base + "/"}))
        if not self.is_authorized(request):
            raise refused(401, {"detail": "Invalid token."})
        if request.path == ["domains"] and request.verb == "GET":
            return self.domains(request)
        if len(request.path) == 2 and request.path[0] == "domains" and request.verb == "GET":
            return self.domain(request.path[1])
        if len(request.path) == 3 and request.path[::2] == ["domains", "rrsets"]:
            zone = self.zones.get(request.path[1])
            if zone is None:
                raise refused(404, {"detail": "Not found."})
            if request.verb == "GET":
                return self.list_sets(request, zone)
            if request.verb == "PATCH":
                return self.patch(request.body, zone)
            raise refused(405, {"detail": 'Method "%s" not allowed.' % request.verb})
        raise refused(404, {"detail": "Not found."})

    def domains(self, request):
        owned = list(self.zones)
        if "owns_qname" in request.query:
            name = request.query["owns_qname"][0]
            owned = [zone for zone in owned if ("." + name).endswith("." + zone)]
            owned = sorted(owned, key=len)[-1:]
        return Reply(200, [{"name": name, "minimum_ttl": self.minimum_ttl[name],
                            "created": "2026-01-01T00:00:00.000000Z",
                            "published": "2026-01-01T00:00:00.000000Z",
                            "touched": "2026-01-01T00:00:00.000000Z"} for name in owned])

    def domain(self, name):
        """With its keys, as the list has not."""
        if name not in self.zones:
            raise refused(404, {"detail": "Not found."})
        key = SigningKey(name)
        return Reply(200, {"name": name, "minimum_ttl": self.minimum_ttl[name],
                           "created": "2026-01-01T00:00:00.000000Z", "published": "2026-01-01T00:00:00.000000Z",
                           "touched": "2026-01-01T00:00:00.000000Z",
                           "keys": [{"dnskey": key.dnskey, "ds": list(key.ds.values()), "flags": 257,
                                     "keytype": "csk", "managed": True}]})

    @staticmethod
    def set_json(zone, key):
        name, kind = key
        ttl, data = zone.sets[key]
        return {"created": "2026-01-01T00:00:00.000000Z", "domain": zone.name, "subname": name,
                "name": "%s%s%s." % (name, "." if name else "", zone.name), "type": kind,
                "records": data, "ttl": ttl, "touched": "2026-01-01T00:00:00.000000Z"}

    def list_sets(self, request, zone):
        keys = list(zone.sets)
        for position, field in enumerate(("subname", "type")):
            if field in request.query:
                keys = [key for key in keys if key[position] == request.query[field][0]]
        link = "%s?%s" % (request.base, "&".join(
            "%s=%s" % (field, quote(values[0])) for field, values in request.query.items() if field != "cursor"))

        if self.fault == "links-elsewhere":
            link = "http://192.0.2.1/" + link.split("/", 3)[3]

        def page(cursor, label):
            return '<%s&cursor=%s>; rel="%s"' % (link, quote(cursor, safe=""), label)

        if "cursor" not in request.query and len(keys) > PAGE_SIZE:
            raise Refused(Reply(400, {"detail": "Pagination required. You can query up to %d items at a time"
                                                " (%d total). Please use the `first` page link (see Link"
                                                " header)." % (PAGE_SIZE, len(keys))},
                                {"Link": page("", "first")}))
        cursor = request.query.get("cursor", [""])[0]
        start = int(base64.b64decode(cursor)[3:]) if cursor else 0
        headers = {}
        if len(keys) > PAGE_SIZE:
            links = [page("", "first")]
            if start:
                links.append(page(self.cursor(start - PAGE_SIZE), "prev"))
            if start + PAGE_SIZE < len(keys):
                links.append(page("" if self.fault == "no-cursor" else self.cursor(start + PAGE_SIZE), "next"))
            headers = {"Link": ", ".join(links)}
        return Reply(200, [self.set_json(zone, key) for key in keys[start:start + PAGE_SIZE]], headers)

    @staticmethod
    def cursor(start):
        return base64.b64encode(b"\xfb\xff>%d" % start).decode()  # with "+", "/" and "="

    def patch(self, items, zone):
        if not isinstance(items, list):
            raise refused(400, {"non_field_errors": ["Expected a list of items but got dict."]})
        errors = [self.item_errors(item, items, zone) for item in items]
        if any(errors):
            raise refused(400, errors)
        for item in sorted(items, key=lambda i: i.get("records") != []):
            key = item["subname"], item["type"]
            if item.get("records") == []:
                zone.sets.pop(key, None)
                continue
            ttl, data = zone.sets.get(key, (None, None))
            if "records" in item:
                data = [canonical(key[1], text) for text in item["records"]]
            zone.sets[key] = [item.get("ttl", ttl), data]
        return Reply(200, [self.set_json(zone, (item["subname"], item["type"]))
                           for item in items if item.get("records") != []])

    def item_errors(self, item, items, zone):
        errors = {}
        for field in ("subname", "type"):
            if not isinstance(item.get(field), str):
                errors[field] = ["This field is required."]
        if errors:
            return errors
        key = item["subname"], item["type"]
        is_known, records = key in zone.sets, item.get("records")
        if key[1] in AUTOMATIC:
            errors["type"] = ["You cannot tinker with the %s RR set. It is managed automatically." % key[1]]
        if not SUBNAME.match(key[0]):
            errors["subname"] = ["Subname can only use (lowercase) a-z, 0-9, ., -, and _."]
        if not is_known and records != []:
            errors.update({field: ["This field is required."] for field in ("ttl", "records")
                           if field not in item})
        smallest = self.minimum_ttl[zone.name]
        if "ttl" in item and not isinstance(item["ttl"], int):
            errors["ttl"] = ["A valid integer is required."]
        elif item.get("ttl", smallest) < smallest:
            errors["ttl"] = ["Ensure this value is greater than or equal to %d." % smallest]
        elif item.get("ttl", smallest) > LARGEST_TTL:
            errors["ttl"] = ["Ensure this value is less than or equal to %d." % LARGEST_TTL]
        conflict = self.conflict(item, items, zone)
        if conflict:
            errors["non_field_errors"] = [conflict]
        if not errors and records:
            try:
                if len({canonical(key[1], text) for text in records}) != len(records):
                    errors["non_field_errors"] = ["Duplicate: records must be semantically unique"]
            except ValueError as error:
                errors["non_field_errors"] = [str(error)]
        return errors

    @staticmethod
    def conflict(item, items, zone):
        """Two sets of one key in a request; an alias beside anything else, once all deletions are done."""
        name, kind = item["subname"], item["type"]
        here = [(i.get("type"), i.get("records") == []) for i in items if i.get("subname") == name]
        if [other for other, _ in here].count(kind) > 1:
            return "Same subname and type, but must be unique."
        if item.get("records") == []:
            return None
        left = [other for other in zone.types_at(name) if (other, True) not in here]
        left += [other for other, goes in here if not goes]
        others = sorted({other for other in left if other != kind and "CNAME" in (other, kind)})
        if not others:
            return None
        return ("RRset with conflicting type present at same subname: database (%s). (No other RRsets are "
                "allowed alongside CNAME.)" % ", ".join(others))


if __name__ == "__main__":
    run(DeSec())
