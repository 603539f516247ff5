# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of what is kept: domains, drafts, results in files."""
import json
import os
import pathlib

from checking import check_domain, named
from setting_up import begin, until


def row_of(app, domain):
    rows = [row for row in app.table('Your domains') if any(domain in cell for cell in row)]
    return rows[0] if rows else None


def forget_and_undo(start):
    """A checked domain is kept, is there after the next start, forgotten, and brought back."""
    path = os.path.join(start.state, 'domains', 'good.example.org.json')
    with start.app() as app:
        check_domain(app, 'good.example.org')
        app.wait_label(r'^good\.example\.org: ')
        app.press('Close')
        app.wait(lambda: row_of(app, 'good.example.org'), 'the checked domain is not in the list')
        app.wait(lambda: os.path.exists(path), 'it is not on the disk')
    with start.app() as app:
        app.wait(lambda: row_of(app, 'good.example.org'), 'it is not there after the next start')
        named(app)
        row = ' '.join(row_of(app, 'good.example.org'))
        assert 'Protected' in row, row
        app.press('#forgetRowButton')
        app.wait_label('good.example.org was forgotten')
        app.wait(lambda: not os.path.exists(path), 'its file is still there')
        app.press('Undo')
        app.wait(lambda: row_of(app, 'good.example.org'), 'undo does not bring it back')
        app.wait(lambda: os.path.exists(path), 'undo does not write it back')


def draft_again(start):
    """An assistant left half-way is offered again, at its step and with what was chosen."""
    with start.app() as app:
        begin(app, 'fresh.example.org')
        app.press('Next')
        app.wait_label('How strict')
        app.press('#enforceRadio')
        app.wait_label('can stop mail')  # choosing it early warns, and does not hold
        until(app, lambda: app.press('Next'), lambda: app.shows('#reportsCheck'))
        app.press('Cancel')
        app.wait(lambda: row_of(app, 'fresh.example.org'), 'the draft is not offered')
        app.wait(lambda: 'Draft' in ' '.join(row_of(app, 'fresh.example.org')), 'it is not called a draft')
    with start.app() as app:
        app.wait(lambda: row_of(app, 'fresh.example.org'), 'the draft is gone after the next start')
        app.press('#setupRowButton')
        app.find('#reportsCheck')
        app.wait_label('Where should reports')


def choose_file(app, path):
    """In the file dialog that is open."""
    app.wait_window('[Ss]ave|[Oo]pen')
    app.type('File name:', path)
    app.keys('Return')


def saved_and_opened(start):
    """A report saved as JSON and as HTML is whole; the JSON opened again shows the same, and its age."""
    result = os.path.join(start.folder, 'result.json')
    with start.app() as app:
        check_domain(app, 'mixed.example.org')
        app.wait_label(r'^mixed\.example\.org: .*problem')
        rows = app.table('Findings')
        for path in (result, os.path.join(start.folder, 'report.html')):
            app.press('Save report…')
            choose_file(app, path)
            app.wait(lambda p=path: os.path.exists(p) and os.path.getsize(p) > 0, '%s is not written' % path)
        with open(result) as file:
            written = json.load(file)
        assert written['schema'] == 'mta-sts-check/1' and written['verdict'] == 'error', written
        page = pathlib.Path(start.folder, 'report.html').read_text()
        assert 'mixed.example.org' in page and '<script' not in page
        app.press('Close')
        check_domain(app, 'blocked.example.org')
        app.press('What can I do?')
        app.press('Open result…')
        choose_file(app, result)
        app.wait_label('from a file')
        app.wait(lambda: len(app.table('Findings')) == len(rows), 'the opened result has other findings')


SCENARIOS = (saved_and_opened, forget_and_undo, draft_again)
