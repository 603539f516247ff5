#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""scenarios.py PROGRAM check|setup|keyboard, inside run-gui.sh: what a user does, from outside."""
import os
import pathlib
import sys
import tempfile
import time

from drive import App


def named(app):
    assert not app.unnamed(), 'without an accessible name: %r' % app.unnamed()


def check(app, _):
    """A domain with every kind of finding."""
    named(app)
    app.type('Mail domain', 'mixed.example.org')
    app.press('Check my domain')
    app.wait_label(r'^mixed\.example\.org: .*problem')
    named(app)
    rows = app.table('Findings')
    results = {row[1] for row in rows}
    assert {'Problem', 'Warning', 'Not tested', 'Note', 'Passed'} <= results, results
    # A screen reader hears the result before the sentence.
    assert any(row[0].startswith('Problem. ') for row in rows), rows
    words = app.read('#detailView')
    assert 'What to do' in words and 'Why it matters' in words, words
    app.press('#problemsButton')
    app._until(lambda: len(app.table('Findings')) < len(rows), 'the filter does nothing')
    assert {row[1] for row in app.table('Findings')} == {'Problem'}, app.table('Findings')
    app.press('Check again')
    app.wait_label(r'^mixed\.example\.org: ')
    app.press('Close')
    app.type('Mail domain', 'blocked.example.org')
    app.press('Check my domain')
    app.wait_label('blocks outgoing port 25')
    app.press('What can I do?')
    app.wait_text('#detailView', 'mta-sts check blocked.example.org')
    app.press('Close')
    app.type('Mail domain', 'nodots')
    app.press('Check my domain')
    app.wait_label('nodots')


def setup(app, folder):
    """First-time set-up to exported files."""
    app.press('Set up protection…')
    named(app)
    app.type('Mail domain', 'fresh.example.org')
    app.press('Look up')
    app.wait_label('^$|.*')
    app._until(lambda: any('2 servers' in cell for row in app.table('Found so far') for cell in row),
               'the mail servers never appear')
    for page, label in (('#testingRadio', 'How strict'), ('#reportsCheck', 'Where should reports'),
                        ('#copyAllButton', 'Preview: 3 changes'), ('#folderEdit', 'Save the files')):
        app.press('Next')
        app.find(page)
        app.wait_label(label)
        named(app)
    app.type('Folder:', folder)
    app.press('Save files')
    app.wait_label('README.txt there says what to do next')
    policies = [p for p in pathlib.Path(folder).rglob('*') if p.name == 'mta-sts.txt']
    assert policies, sorted(map(str, pathlib.Path(folder).rglob('*')))
    text = policies[0].read_bytes()
    assert b'mode: testing\r\n' in text and b'mx: mx1.fresh.example.org\r\n' in text, text
    app.press('Done')
    app.find('Check my domain')


def keyboard(app, _):
    """The same without a mouse: only keys."""
    app.wait_focus('Mail domain')
    app.type_keys('mixed.example.org')
    app.keys('Return')
    app.wait_label(r'^mixed\.example\.org: ')
    app.wait_focus('Findings')
    app.keys('Down')
    app.keys('ctrl+c')
    app.wait_label(r'^Copied\.$')
    app.keys('F6')
    app.wait_focus('#detailView')
    app.keys('F5')
    app.wait_label(r'^mixed\.example\.org: ')
    app.keys('Escape')
    app.wait_focus('Mail domain')
    app.keys('alt+s')
    app.find('#lookupButton')
    app.wait_focus('Mail domain')
    app.keys('ctrl+a')
    app.type_keys('fresh.example.org')
    app.keys('Return')
    app._until(lambda: any('2 servers' in cell for row in app.table('Found so far') for cell in row),
               'the mail servers never appear')
    app.keys('Return')
    app.wait_label('How strict')
    app.wait_focus('#testingRadio')
    app.keys('Down')
    app._until(lambda: app.shows('#enforceRadio'), 'no second choice')
    app.keys('Up')
    app.keys('alt+n')
    app.wait_label('Where should reports')
    app.keys('alt+Left')
    app.wait_label('How strict')
    app.keys('Escape')
    app.find('Check my domain')


def main():
    program, name = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        with App([program, '--state-dir', os.path.join(folder, 'state'), '--delay', '20']) as app:
            start = time.monotonic()
            {'check': check, 'setup': setup, 'keyboard': keyboard}[name](app, folder)
            print('%s: done in %.1f s' % (name, time.monotonic() - start))


if __name__ == '__main__':
    main()
