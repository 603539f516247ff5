# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls and habits that are not allowed, each with its reason; and what every file must open with."""
import pathlib
import re
import subprocess
import sys

RULES = [  # pattern, folders, reason, files where it is the one allowed place
    (r'ignoreSslErrors|VerifyNone', ('src', 'ui'), 'certificates are never waved through (T-9)', ()),
    (r'\bstd::system\(|[^:]\bsystem\("|QProcess', ('src', 'ui'), 'no processes are started', ()),
    (r'setOpenExternalLinks\(true\)|openExternalLinks">\s*<bool>true', ('src', 'ui'), 'links in remote text are not opened (T-24)', ()),
    (r'new QLabel\(|QLabel \w+\(', ('ui',), 'labels are made by plainLabel(), so that remote text is plain (T-20)', ('plainlabel.cpp',)),
    (r'QMessageBox::(information|warning|critical|question)\(', ('ui',), 'static boxes guess rich text (T-20)', ()),
    (r'co_await', ('src', 'ui'), 'waiting is blocking code in workers', ()),
    # QNetworkAccessManager cannot wait without one; it turns in a worker thread.
    (r'QEventLoop', ('src', 'ui'), 'waiting is blocking code in workers', ('rest.cpp', 'keychain.cpp')),
    (r'\bqDebug\(|std::cout|std::cerr', ('src', 'ui'), 'left-over output', ()),
    (r'TODO|FIXME|XXX:', ('src', 'ui', 'tests'), 'finish it or leave it out', ()),
]
bad = []
for path in map(pathlib.Path, subprocess.check_output(['git', 'ls-files'], text=True).splitlines()):
    if path.suffix not in ('.cpp', '.h', '.ui') or not path.is_file():
        continue
    text = path.read_text()
    if path.suffix != '.ui' and not text.startswith('// SPDX-FileCopyrightText'):
        bad.append(f'{path}: the SPDX lines are missing')
    for pattern, folders, reason, allowed in RULES:
        if path.parts[0] not in folders or path.name in allowed:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                bad.append(f'{path}:{number}: {reason}')
print('\n'.join(bad), end='\n' if bad else '')
sys.exit(bool(bad))
