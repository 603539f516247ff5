# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every id that a parser or judge can give has its sentence in src/check/words.cpp, and no sentence is an orphan."""
import pathlib
import re
import sys

ID = re.compile(r'"((?:STS|RPT|DNS|DANE|TLS|NMX|CAA|NAME|PUSH)-\d+(?:\.[a-z0-9-]+)?)"')
table = pathlib.Path('src/check/words.cpp').read_text()
known = ID.findall(table)
used = {}
for folder in ('src', 'ui'):
    for path in sorted(pathlib.Path(folder).rglob('*.cpp')):
        if path.name != 'words.cpp':
            # A rule compared with rule() names a family, not a sentence.
            text = re.sub(r'rule\(\)\s*[!=]=\s*"[^"]*"', '', path.read_text())
            for found in ID.findall(text):
                used.setdefault(found, path)
bad = [f'{path}: no words for {name}' for name, path in used.items() if name not in known]
bad += [f'src/check/words.cpp: {name} is used nowhere' for name in known if name not in used]
bad += [f'src/check/words.cpp: {name} stands twice' for name in set(known) if known.count(name) > 1]
print('\n'.join(sorted(bad)), end='\n' if bad else '')
sys.exit(bool(bad))
