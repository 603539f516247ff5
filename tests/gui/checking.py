# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios around the check."""
MARKUP = '<b>x</b><img src="file:///etc/passwd">%1%2'


def named(app):
    assert not app.unnamed(), 'without an accessible name: %r' % app.unnamed()


def check_domain(app, domain):
    app.type('Mail domain', domain)
    app.press('Check my domain')


def every_kind(start):
    """A domain with every kind of finding."""
    with start.app() as app:
        named(app)
        check_domain(app, 'mixed.example.org')
        app.wait_label(r'^mixed\.example\.org: .*problem')
        named(app)
        rows = app.table('Findings')
        cells = {cell for row in rows for cell in row}
        assert {'Problem', 'Warning', 'Not tested', 'Note', 'Passed'} <= cells, cells
        # A screen reader hears the result before the sentence.
        assert any(row[0].startswith('Problem. ') for row in rows), rows
        words = app.read('#detailView')
        assert 'What to do' in words and 'Why it matters' in words, words
        app.press('#problemsButton')
        app.wait(lambda: len(app.table('Findings')) < len(rows), 'the filter does nothing')
        shown = {cell for row in app.table('Findings') for cell in row}
        assert 'Problem' in shown and not {'Warning', 'Note', 'Passed'} & shown, shown
        app.press('Check again')
        app.wait_label(r'^mixed\.example\.org: ')
        app.press('Close')
        check_domain(app, 'nodots')
        app.wait_label('nodots')


def port_25(start):
    """A network that lets nobody out on port 25: said once, and what can be done."""
    with start.app() as app:
        check_domain(app, 'blocked.example.org')
        app.wait_label('blocks outgoing port 25')
        rows = app.table('Findings')
        assert not any('Problem' in cell for row in rows for cell in row), rows
        app.press('What can I do?')
        app.wait(lambda: any('mta-sts check blocked.example.org' in text for text in everything(app)),
                 'the command to copy is nowhere')
        named(app)


def everything(app):
    """Every text that is on the screen."""
    return [app.text(node) or node.name for node, _ in app.walk()]


def hostile(start):
    """Markup and place holders in every remote text stay what they are: text."""
    with start.app() as app:
        check_domain(app, 'hostile.example.org')
        app.wait_label(r'^hostile\.example\.org: ')
        rows = app.table('Findings')
        seen = []
        app.find('Findings')
        for _ in rows:  # each explanation in turn
            words = app.read('#detailView')
            seen.append(words)
            app.keys('Down')
        together = '\n'.join(seen)
        assert MARKUP in together, together[:2000]
        app.press('#setupButton')
        app.wait_rows('Found so far', 'mx1.hostile.example.org')
        named(app)


def no_network(start):
    """The real program where nothing answers: everything is not tested, nothing passed, nothing stuck."""
    with start.program('--resolver', '127.0.0.1@1', '--no-control', '--timeout', '30') as app:
        check_domain(app, 'example.org')
        app.wait_label(r'^example\.org: ')
        app.wait_rows('Findings', 'Not tested')
        cells = {cell for row in app.table('Findings') for cell in row}
        assert 'Passed' not in cells and 'Problem' not in cells, cells
        named(app)


SCENARIOS = (every_kind, port_25, hostile, no_network)
