#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""manpages.py FOLDER COMMANDLINE [WINDOW]: the manual pages in FOLDER are clean for man, and name every option of
--help of every command, and no other."""
import os
import pathlib
import re
import subprocess
import sys

NETWORK = 'Network options'
EVERYWHERE = {'--help', '--help-all'}  # named once, above the commands
bad = []


def helped(program, *words):
    """Long options that --help lists."""
    environment = dict(os.environ, QT_QPA_PLATFORM='offscreen', LC_ALL='C.UTF-8')
    text = subprocess.run([program, *words, '--help'], env=environment, check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    options = set()
    for line in text.splitlines():
        if re.match(r'  -', line):
            options.update(re.findall(r'(?<!\S)--[a-z][a-z-]*', line[:40]))
    if not options:
        sys.exit('%s %s --help lists no option: the test is blind' % (program, ' '.join(words)))
    return options


def sections(page):
    """Long options that a .TP of the page is about, by its heading."""
    found, heading, is_term = {}, '', False
    for line in page.read_text().splitlines():
        if line.startswith(('.SH ', '.SS ')):
            heading = line[4:]
        elif line == '.TP':
            is_term = True
        elif is_term:
            is_term = False
            for option in re.findall(r'\\-\\-[a-z][a-z\\-]*', line):
                found.setdefault(heading, set()).add(option.replace('\\', ''))
    return found


def compare(what, documented, real):
    for option in sorted(real - documented):
        bad.append('%s: %s is missing in the manual page' % (what, option))
    for option in sorted(documented - real):
        bad.append('%s: the manual page has %s, --help has not' % (what, option))


def commandline(folder, program):
    page = folder / 'mta-sts.1'
    known = sections(page)
    overview = subprocess.run([program, '--help'], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
    commands = set(re.findall(r'^  (\w+) ', overview, re.MULTILINE))
    text = page.read_text()
    described = set(re.findall(r'^\.SS ([a-z]+)$', text, re.MULTILINE))
    for command in sorted(commands ^ described):
        bad.append('mta-sts %s: in the manual page or in --help, not in both' % command)
    for command in sorted(commands & described):
        part = text.split('.SS %s\n' % command)[1].split('\n.SS')[0]
        documented = known.get(command, set()) | EVERYWHERE
        if 'network options below' in part:
            documented |= known[NETWORK]
        compare('mta-sts ' + command, documented, helped(program, command))
    for command, word in re.findall(r'^\.SS ([a-z]+) ([a-z]+)$', text, re.MULTILINE):
        part = text.split('.SS %s %s\n' % (command, word))[1].split('\n.SS')[0]
        documented = known.get('%s %s' % (command, word), set()) | EVERYWHERE
        if 'network options below' in part:
            documented |= known[NETWORK]
        compare('mta-sts %s %s' % (command, word), documented, helped(program, command, word))
    for option in EVERYWHERE:
        if option.replace('-', '\\-') not in text.split('.SS check')[0]:
            bad.append('mta-sts: %s is not explained' % option)


def main():
    folder = pathlib.Path(sys.argv[1])
    commandline(folder, sys.argv[2])
    if len(sys.argv) > 3:
        compare('mta-sts-assistant', set().union(*sections(folder / 'mta-sts-assistant.1').values()),
                helped(sys.argv[3]))
    for page in sorted(folder.glob('*.1')):
        said = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', str(page)],
                              env=dict(os.environ, MANWIDTH='80', LC_ALL='C.UTF-8'), text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if said.returncode or said.stderr:
            bad.append('man %s: %s' % (page.name, said.stderr.strip() or said.returncode))
    print('\n'.join(bad) or 'manual pages: every option, and no other')
    sys.exit(bool(bad))


main()
