# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds requests and answers against an OpenAPI 3.0 document, by jsonschema: an independent judge of what is sent."""
import email.parser
import email.policy
import json
import re
import urllib.parse

import jsonschema


def plain(schema):
    """OpenAPI 3.0 as JSON schema: "nullable" is a type of its own there."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: plain(value) for key, value in schema.items() if key not in ('example', 'nullable')}
    if schema.get('nullable') is True and isinstance(schema.get('type'), str):
        made['type'] = [schema['type'], 'null']
    return made


def parts(content_type, body):
    """The parts of multipart/form-data by their names: (octets, content type, file name)."""
    head = b'Content-Type: ' + content_type.encode() + b'\r\n\r\n'
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    found = {}
    for part in message.iter_parts() if message.is_multipart() else []:
        name = part.get_param('name', header='content-disposition')
        found[name] = (part.get_payload(decode=True), part.get_content_type(), part.get_filename())
    return found


class OpenApi:
    def __init__(self, path):
        document = json.load(open(path, encoding='utf-8'))
        self.components = plain(document['components'])
        self.routes = []
        for template, operations in document['paths'].items():
            pattern = re.compile('^' + re.sub(r'\{(\w+)\}', r'(?P<\1>[^/]+)', template) + '$')
            for verb, operation in operations.items():
                self.routes.append((verb.upper(), pattern, plain(operation)))

    def check(self, schema, value):
        whole = {'allOf': [schema], 'components': self.components}
        validator = jsonschema.Draft7Validator(whole)
        return ['%s: %s' % ('/'.join(map(str, error.absolute_path)), error.message[:300])
                for error in validator.iter_errors(value)]

    def operation(self, verb, path):
        for known, pattern, operation in self.routes:
            match = pattern.match(path)
            if known == verb and match:
                return operation, match.groupdict()
        return None, {}

    def request(self, verb, target, headers, body):
        """Why the request does not fit; empty when it does."""
        path, _, query = target.partition('?')
        operation, in_path = self.operation(verb, path)
        if not operation:
            return [f'{verb} {path}: not in the document']
        in_query = urllib.parse.parse_qs(query, keep_blank_values=True, strict_parsing=bool(query))
        parameters = {(p['in'], p['name']): p['schema'] for p in operation.get('parameters', [])}
        bad = []
        given = [('path', name, urllib.parse.unquote(value)) for name, value in in_path.items()]
        given += [('query', name, value) for name, values in in_query.items() for value in values]
        for where, name, value in given:
            schema = parameters.get((where, name))
            if schema is None:
                bad.append(f'{where} parameter {name} is not in the document')
                continue
            if schema.get('type') in ('number', 'integer') and re.fullmatch(r'-?\d+', value):
                value = int(value)
            bad += self.check(schema, value)
        bad += self.body(operation.get('requestBody'), headers.get('Content-Type', ''), body)
        return [f'{verb} {target}: {text}' for text in bad]

    def body(self, wanted, content_type, body):
        if not wanted:
            return ['a body where none belongs'] if body else []
        kind = content_type.split(';')[0].strip()
        if kind not in wanted['content']:
            return [f'content type {content_type!r}']
        schema = wanted['content'][kind]['schema']
        try:
            if kind == 'application/json':
                return self.check(schema, json.loads(body))
            if kind == 'multipart/form-data':
                form = {}
                for name, (octets, part_type, _) in parts(content_type, body).items():
                    text = octets.decode()
                    form[name] = json.loads(text) if part_type == 'application/json' else text
                return self.check(schema, form)
        except ValueError as error:
            return [f'body: {error}']
        return []

    def answer(self, verb, path, status, value):
        """The same for an answer of ours: a stand-in that invents shapes proves nothing."""
        operation, _ = self.operation(verb, path)
        if not operation or status >= 500:
            return []
        described = operation['responses']['200' if status == 200 else '4XX'].get('content', {})
        schema = described.get('application/json', {}).get('schema')
        return [f'answer to {verb} {path}: {text}' for text in self.check(schema, value)] if schema else []
