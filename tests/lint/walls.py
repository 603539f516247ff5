# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: a room of src/ includes only rooms below it; src/ never draws (src/README.md)."""
import pathlib
import re
import sys

BELOW = {
    'base': [],
    'account': ['base'],
    'mail': ['base'],
    'dns': ['base', 'mail'],
    'net': ['base', 'mail', 'dns'],
    'provider': ['base', 'mail', 'dns', 'net'],
    'survey': ['base', 'mail', 'dns', 'net'],
    'practice': ['base', 'mail', 'dns', 'net', 'survey'],
    'preset': ['base', 'mail'],
    'check': ['base', 'mail', 'dns', 'net', 'survey'],
    'dane': ['base', 'mail', 'dns', 'net', 'survey', 'preset', 'check'],
    'deploy': ['base', 'mail', 'dns', 'net', 'survey', 'preset'],
    'push': ['base', 'mail', 'dns', 'net', 'provider', 'survey', 'preset', 'check', 'dane', 'deploy'],
    'store': ['base', 'mail', 'dns', 'net', 'survey', 'preset', 'check', 'deploy'],
    'cli': ['base', 'account', 'mail', 'dns', 'net', 'provider', 'survey', 'preset', 'check', 'dane', 'deploy', 'push', 'store', 'practice'],
}
DRAWS = re.compile(r'#include <Q(Widget|Gui|Application|Label|Icon|Pixmap|Painter|Dialog|Window|Palette|Color)\w*>')
# Threat T-10: what judges other people's TLS and what carries a secret never share a class.
SECRET_TLS = re.compile(r'#include <Q(NetworkAccessManager|SslSocket)>')

bad = []
for path in sorted(pathlib.Path('src').rglob('*.[hc]*')):
    if path.suffix not in ('.h', '.cpp'):
        continue
    room = path.parts[1]
    if room not in BELOW:
        bad.append(f'{path}: room {room} is not in tests/lint/walls.py')
        continue
    for number, line in enumerate(path.read_text().splitlines(), 1):
        include = re.match(r'#include "(\w+)/', line)
        if include and include[1] != room and include[1] not in BELOW[room]:
            bad.append(f'{path}:{number}: {room} includes {include[1]}')
        if DRAWS.match(line):
            bad.append(f'{path}:{number}: src/ draws nothing')
        if room in ('net', 'survey') and SECRET_TLS.match(line):
            bad.append(f'{path}:{number}: the looking TLS world uses TlsStream only (T-10)')
print('\n'.join(bad), end='\n' if bad else '')
sys.exit(bool(bad))
