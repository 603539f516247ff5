# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""seeds.py DATA OUT: writes the inputs of the vectors as seed files, one folder for each fuzz target."""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import sys

data, out = map(pathlib.Path, sys.argv[1:3])


def load(name):
    return json.loads((data / name).read_text())


def write(target, inputs):
    folder = out / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, octets in enumerate(inputs):
        (folder / f'{number:03}').write_bytes(octets)


def octets(text):
    return text.encode('latin-1', 'replace')


def join(rrset):
    return b'\n'.join(b''.join(map(octets, record)) for record in rrset)


def openssl(*words, given=b''):
    return subprocess.run(['openssl', *words], input=given, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def key_files(pems):
    """Certificates alone and as chains, their public keys, a request and keys that have to be refused."""
    pems = [pem.encode() for pem in pems]
    files = pems + [base64.b64decode(b''.join(pem.splitlines()[1:-1])) for pem in pems]
    files += [b''.join(pems), pems[0] + pems[-1], b'key file\n' + pems[0] + b'-----BEGIN DH PARAMETERS-----\n']
    if shutil.which('openssl'):
        for pem in pems:
            key = openssl('x509', '-noout', '-pubkey', given=pem)
            files += [key, openssl('pkey', '-pubin', '-outform', 'DER', given=key), key + pem]
        for kind in (['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], ['-algorithm', 'ED25519'],
                     ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']):
            key = openssl('genpkey', *kind)
            request = openssl('req', '-new', '-key', '/dev/stdin', '-subj', '/CN=mx1.example.com', '-addext',
                              'subjectAltName=DNS:mx1.example.com', given=key)
            files += [request, openssl('req', '-outform', 'DER', given=request), key,
                      openssl('pkey', '-outform', 'DER', given=key)]
    return files


write('fuzz_policy', [octets(row['input']) for row in load('mta_sts_policy.json')['vectors'] if 'input' in row])
write('fuzz_stsrecord', [join(row['rrset']) for row in load('sts_txt.json')['vectors']])
write('fuzz_tlsrptrecord', [join(row['rrset']) for row in load('tlsrpt_record.json')['vectors']])
write('fuzz_mxpattern', [octets(row['pattern']) + b'\n' + octets(row['mx_host']) for row in load('mx_match.json')['vectors']])
write('fuzz_domainname', [row['typed'].encode('utf-8', 'replace') for row in load('domain_input.json')['vectors']])
dane = load('dane.json')
write('fuzz_tlsarecord', [octets(row['presentation']) for row in dane['rdata']])
ders = [base64.b64decode(''.join(fixture['pem'].splitlines()[1:-1])) for fixture in dane['fixtures'].values()]
write('fuzz_certificate', ders)
write('fuzz_dane', ders)
write('fuzz_keysource', key_files([fixture['pem'] for fixture in dane['fixtures'].values()]))
write('fuzz_caarecord', [octets(text) for row in load('caa.json')['vectors']
                         for rrset in row['tree'].values() if isinstance(rrset, list) for text in rrset])
write('fuzz_smtpreply', [octets(step['server']) for row in load('smtp_dialogues.json')['vectors']
                         for step in row['steps'] if isinstance(step.get('server'), str)])
write('fuzz_http', [b'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc',
                    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
                    b'HTTP/1.1 301 Moved\r\nLocation: https://x.example/\r\n\r\n'])
