# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read goes through tr(): literals in ui/ that are sentences or are set as a text, texts of forms that are
kept from translators, translations that lupdate cannot collect, and English plurals that are missing."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SHOWN = re.compile(r'\b(?:setText|setTitle|setWindowTitle|setToolTip|setStatusTip|setWhatsThis|setAccessibleName|'
                   r'setAccessibleDescription|setPlaceholderText|setPrefix|setSuffix|setLabelText|setSubTitle|'
                   r'setInformativeText|setDetailedText|setSpecialValueText|addTab|addItem|addAction|addButton|'
                   r'plainLabel|new QPushButton|new QCheckBox|new QRadioButton|new QGroupBox|new QAction|tell)\(\s*'
                   r'(?:[\w.:>-]+\s*,\s*)?(?:QStringLiteral|QLatin1String|QString::fromUtf8)\("([^"]*)"')
LITERAL = re.compile(r'(?:QStringLiteral|QLatin1String|QString::fromUtf8|QLatin1StringView)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)')
SENTENCE = re.compile(r'^[^<>{}=/]*\b[A-Za-z]\w+,? [a-z]\w+[^<>{}=/]*$')  # two words, no markup, style or query
WORD = re.compile(r'[^\W\d_]{2,}')
COMMAND = re.compile(r'^(?:mta-sts|ssh|openssl) ')  # what is typed is the same in every language
NAMES = re.compile(r'^[\w.-]+$')  # object names, keys, hosts: one token
EN = pathlib.Path('translations/mta-sts-assistant_en.ts')
bad = []


def line_of(text, at):
    return text.count('\n', 0, at) + 1


def code(path):
    text = re.sub(r'^\s*//.*$', '', path.read_text(), flags=re.MULTILINE)
    for found in SHOWN.finditer(text):
        if WORD.search(found[1]) and not COMMAND.match(found[1]):
            bad.append(f'{path}:{line_of(text, found.start())}: “{found[1]}” is shown without tr()')
    for found in LITERAL.finditer(text):
        literal = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', found[1]))
        if SENTENCE.match(literal) and not NAMES.match(literal) and not COMMAND.match(literal):
            bad.append(f'{path}:{line_of(text, found.start())}: “{literal}” reads like a sentence without tr()')


def form(path):
    for string in ET.parse(path).iter('string'):
        if string.get('notr') == 'true' and WORD.search(string.text or ''):
            bad.append(f'{path}: “{string.text}” is kept from translators')


def plurals(path):
    """(context, text) of every text with a number: whether all its forms are filled."""
    found = {}
    for context in ET.parse(path).iter('context'):
        for message in context.iter('message'):
            if message.get('numerus') == 'yes':
                forms = [f.text for f in message.iter('numerusform')]
                found[context.find('name').text, message.find('source').text] = \
                    len(forms) == 2 and all(forms) and message.find('translation').get('type') is None
    return found


def collected():
    lupdate = shutil.which('lupdate', path='/usr/lib/qt6/bin') or shutil.which('lupdate6') or shutil.which('lupdate')
    if not lupdate:
        bad.append('lupdate is missing (package qt6-l10n-tools): plurals cannot be looked at')
        return
    with tempfile.TemporaryDirectory() as folder:
        every = pathlib.Path(folder) / 'every.ts'
        said = subprocess.run([lupdate, 'ui', 'src', '-no-obsolete', '-locations', 'none', '-ts', str(every)],
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for line in said.stdout.splitlines():
            if re.search(r'cannot be called|Discarding|lacks|warning', line):
                bad.append('lupdate: ' + line)
        if said.returncode or not every.is_file():
            bad.append('lupdate failed: ' + said.stdout)
            return
        wanted, have = plurals(every), plurals(EN)
        if not wanted:
            bad.append('lupdate found no plural: the lint is blind')
    for key in sorted(wanted):
        if not have.get(key):
            bad.append('%s: no English plural for “%s” of %s' % (EN, key[1], key[0]))
    for key in sorted(set(have) - set(wanted)):
        bad.append('%s: “%s” of %s is used nowhere' % (EN, key[1], key[0]))


for source in sorted(pathlib.Path('ui').glob('*')):
    if source.suffix in ('.cpp', '.h'):
        code(source)
    elif source.suffix == '.ui':
        form(source)
collected()
print('\n'.join(bad), end='\n' if bad else '')
sys.exit(bool(bad))
