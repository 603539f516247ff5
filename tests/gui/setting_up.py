# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of the assistant."""
import pathlib
import subprocess
import time

import pyatspi

from checking import named

STEPS = ('How strict', 'Where should reports', 'Where will the policy file', 'Where does the DNS',
         '[Nn]othing has been changed')
TOKEN = 'canary-token-of-nobody-4711'


def begin(app, domain):
    app.press('#setupButton')
    named(app)
    app.type('Mail domain', domain)
    app.press('Look up')
    app.wait_rows('Found so far', '2 servers')


def until(app, act, done):
    """The review compares with what is live first: a press while it does so is not taken."""
    for _ in range(20):
        act()
        for _ in range(10):
            if done():
                return
            time.sleep(0.1)
    raise AssertionError('it does not go on; there are %r' % app.labels())


def to_files(app, folder):
    """From the first page to files in `folder`."""
    begin(app, 'fresh.example.org')
    app.press('Next')
    for label in STEPS[:2]:
        app.wait_label(label)
        named(app)
        app.press('Next')
    app.wait_label(STEPS[2])
    named(app)
    app.press('My own web server')
    named(app)
    app.press('Next')
    app.wait_label(STEPS[3])
    named(app)
    app.press('Next')  # by hand: nobody knows whose the name servers are
    app.wait_label(STEPS[4])
    named(app)
    until(app, lambda: app.press('Next'), lambda: app.shows('Folder:'))
    named(app)
    app.type('Folder:', folder)
    app.press('Save files')
    app.wait_label(r'[Ss]aved')
    policies = [p for p in pathlib.Path(folder).rglob('*') if p.name == 'mta-sts.txt']
    assert policies, sorted(map(str, pathlib.Path(folder).rglob('*')))
    text = policies[0].read_bytes()
    assert b'mode: testing\r\n' in text and b'mx: mx1.fresh.example.org\r\n' in text, text


def first_time(start):
    """First-time set-up to exported files, and on to the page that waits for the world to see them."""
    with start.app() as app:
        to_files(app, start.folder)
        app.press('Next')
        app.find('#proofView')
        app.wait(lambda: app.table('What has arrived'), 'the proof shows nothing')
        named(app)


def no_secret_service(start):
    """Nothing that can keep passwords is there: the program neither needs nor looks for it."""
    names = subprocess.run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/',
                            'org.freedesktop.DBus.ListNames'], check=True, capture_output=True, text=True)
    assert 'org.freedesktop.secrets' not in names.stdout, names.stdout
    with start.app() as app:
        to_files(app, start.folder)
        assert len(app.windows()) == 1, app.windows()


def keyboard(start):
    """Check and set-up without a mouse: only keys."""
    with start.app() as app:
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
        app.wait_rows('Found so far', '2 servers')
        app.keys('Return')
        app.wait_label('How strict')
        app.wait_focus('#testingRadio')
        app.keys('Down')
        app.keys('Up')
        app.keys('alt+n')
        app.wait_label('Where should reports')
        app.keys('alt+Left')
        app.wait_label('How strict')
        app.keys('alt+n')
        app.wait_label('Where should reports')
        app.keys('alt+n')
        app.wait_label('Where will the policy file')
        app.keys('space')  # the first, best ranked one
        app.keys('alt+n')
        app.wait_label('Where does the DNS')
        app.keys('alt+n')
        app.wait_label('[Nn]othing has been changed')
        until(app, lambda: app.keys('alt+n'), lambda: app.shows('Folder:'))
        app.wait_focus('Folder:')
        app.keys('ctrl+a')
        app.type_keys(start.folder)
        app.keys('Return')
        app.wait_label('[Ss]aved')
        assert list(pathlib.Path(start.folder).rglob('mta-sts.txt')), 'no files'
        app.keys('Escape')
        app.find('Check my domain')


def publishing(start):
    """From the domain to published records at the recognised service, by keys alone; then back again."""
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.type_keys('google.example.org')
        app.keys('alt+s')
        app.wait_rows('Found so far', '5 servers')
        for label in STEPS[:3]:
            app.keys('alt+n')
            app.wait_label(label)
        app.keys('space')  # the service that serves the DNS is ranked first; one click goes on
        app.wait_label(STEPS[3])
        named(app)
        app.keys('alt+w')
        app.wait_focus('New token:')
        app.type_keys(TOKEN)
        assert not [node for node, _ in app.walk() if TOKEN in (node.name or '') + (node.description or '')]
        app.keys('alt+n')
        app.wait_label('^Publish: 3 changes')
        named(app)
        app.wait(lambda: app.find('#planView').getState().contains(pyatspi.STATE_FOCUSED), 'the list has not the keyboard')
        app.keys('Down')
        app.keys('alt+p')
        app.wait_label('^Published for')
        named(app)
        assert [row for row in app.table('Publishing steps') if 'Done' in ' '.join(row)], app.table('Publishing steps')
        app.keys('alt+u')
        app.wait_label('^Put back: 3 changes')
        app.keys('alt+p')
        app.wait_label('is taken back$')
        app.keys('alt+h')  # a check of what stands now
        app.wait_label('MTA-STS is not set up$')
        for file in pathlib.Path(start.folder).rglob('*'):
            assert not file.is_file() or TOKEN.encode() not in file.read_bytes(), file


def removing(start):
    """A kept domain is taken away from the list, by keys alone: the question, the plan, the dated rest."""
    with start.app() as app:
        app.wait_focus('Mail domain')
        app.type_keys('testing.example.org')
        app.keys('Return')
        app.wait_label('^Checked ')
        app.keys('Escape')
        app.wait_rows('Your domains', 'testing.example.org')
        app.keys('alt+r')  # More
        app.keys('Down', 'Return')
        app.wait_window('Remove MTA-STS')
        assert [label for label in app.labels() if 'remember the policy that long' in label], app.labels()
        app.keys('alt+s')
        app.wait_label(STEPS[3])
        app.keys('Home')
        app.keys('alt+w')
        app.wait_focus('New token:')
        app.type_keys(TOKEN)
        app.keys('alt+n')
        app.wait_label('^Switch MTA-STS off')
        named(app)
        app.keys('alt+s')
        app.wait_label('^Published for')
        app.keys('alt+n')
        app.find('#proofView')
        app.keys('Escape')
        app.wait_rows('Your domains', 'testing.example.org')
        app.keys('alt+r')
        app.keys('Down', 'Down', 'Return')
        app.wait_window('Published for')
        assert 'Done' in ' '.join(app.table('Published')[0]), app.table('Published')
        app.keys('alt+s')
        app.wait_label('^Put back: ')
        named(app)


SCENARIOS = (first_time, no_secret_service, keyboard, publishing, removing)
