# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of help, settings and about."""
import os

from checking import named


def help_everywhere(start):
    """F1 on the start page and in the assistant: a text about that page, in one window, closed by Esc."""
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.keys('F1')
        app.wait_window('^Help: Start')
        app.wait_text('#helpView', 'MTA-STS')
        app.keys('Escape')
        app.wait(lambda: len(app.windows()) == 1, 'the help window stays')
        app.press('#setupButton')
        app.find('#lookupButton')
        app.wait_focus('Mail domain')
        app.keys('F1')
        app.wait_window('^Help: Domain')
        named(app)


def settings(start):
    """Wrong fields are said under them, tests say what they found, secrets are refused, the rest is kept."""
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.keys('ctrl+comma')
        app.wait_window('^Settings')
        named(app)
        app.press('DNS')
        app.press('#ownResolverRadio')
        app.type('Name servers', 'dns.example')
        app.press('OK')
        app.wait_label('“dns.example” is not the address of a name server')
        app.type('Name servers', '127.0.0.1@1')
        app.press('#testResolverButton')
        app.wait_label('^No answer from 127.0.0.1@1')
        named(app)
        app.press('Network')
        app.type('#proxyEdit', 'socks5://me:hush@127.0.0.1:1080')
        app.press('OK')
        app.wait_label('no place for secrets')
        app.type('#proxyEdit', 'socks5://127.0.0.1:1')
        named(app)
        app.press('Privacy')
        app.find('#folderEdit')
        assert start.state in app.read('#folderEdit'), app.read('#folderEdit')
        named(app)
        app.press('OK')
        app.wait(lambda: len(app.windows()) == 1, 'the settings stay open')
    with open(os.path.join(start.state, 'window.ini')) as file:
        written = file.read()
    assert 'resolver=127.0.0.1@1' in written and 'socks5://127.0.0.1:1' in written, written
    assert 'hush' not in written, written
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.keys('ctrl+comma')
        app.wait_window('^Settings')
        app.press('DNS')
        assert app.read('Name servers') == '127.0.0.1@1'
        app.press('Restore Defaults')
        app.press('OK')
        app.wait(lambda: len(app.windows()) == 1, 'the settings stay open')
    with open(os.path.join(start.state, 'window.ini')) as file:
        assert 'socks5' not in file.read()


def about(start):
    """About, from the menu, with the keyboard."""
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.keys('alt+m')
        app.keys('a')
        app.wait_window('^About')
        app.wait_text('Versions', r'OpenSSL 3.*\n.*libunbound 1')
        named(app)
        app.keys('Escape')
        app.wait(lambda: len(app.windows()) == 1, 'about stays open')


SCENARIOS = (help_everywhere, settings, about)
