#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""shots.py APP-OFFLINE FOLDER/PREFIX LANGUAGE [OPTION...], inside run-gui.sh: one picture of each screen.

Everything is found by object name, because the texts are in the language of the pictures."""
import os
import sys
import tempfile
import time

import keptdomains
from drive import App

SETTLE = 0.5  # animations and wrapped texts


class Album:
    def __init__(self, app, prefix, folder):
        self.app, self.prefix, self.folder, self.number = app, prefix, folder, 0

    def shot(self, page):
        time.sleep(SETTLE)
        self.number += 1
        self.app.shot('%s-%02d-%s.png' % (self.prefix, self.number, page))

    def type(self, field, text):
        self.app.type('#' + field, text)

    def press(self, button):
        self.app.press('#' + button)

    def check(self, domain, page, ends=True):
        self.type('domainEdit', domain)
        self.press('checkButton')
        self.app.find('#closeButton')
        if ends:
            self.app.wait(lambda: not self.app.shows('#stopButton'), 'the check of %s does not end' % domain)
        else:
            time.sleep(1)
        self.shot(page)


def start(album):
    album.app.find('#checkButton')
    album.shot('start')
    album.type('domainEdit', 'nodots')
    album.press('checkButton')
    album.shot('refused')
    album.type('domainEdit', 'www.example.org')
    album.press('checkButton')
    album.shot('asked')


def checks(album):
    for domain, page in (('mixed', 'check'), ('good', 'good'), ('offline', 'offline'), ('hostile', 'hostile'),
                         ('crowd', 'crowd')):
        album.check(domain + '.example.org', page)
        album.press('closeButton')
    album.check('slow.example.org', 'running', ends=False)
    album.press('closeButton')
    album.check('blocked.example.org', 'blocked')
    album.press('bannerButton')
    album.app.find('#introLabel')
    album.shot('port25')
    album.app.keys('Escape')
    album.press('closeButton')
    album.check('testing.example.org', 'testing')
    album.press('sendersButton')
    album.app.find('#sendersView')
    album.shot('senders')
    album.press('findingsButton')
    album.press('closeButton')


def assistant(album):
    app = album.app
    album.type('domainEdit', 'testing.example.org')
    album.press('setupButton')
    app.find('#foundView')
    time.sleep(2)
    album.shot('domain')
    album.press('nextButton')
    app.find('#testingRadio')
    album.shot('policy')
    album.press('enforceRadio')
    album.shot('policy-enforce')
    album.press('nextButton')
    app.find('#reportsCheck')
    album.shot('reports')
    album.press('nextButton')
    time.sleep(1)
    album.shot('hosting')
    app.keys('space')  # the best ranked one, which has the focus
    album.shot('hosting-chosen')
    album.press('nextButton')
    app.find('#serviceCombo')
    album.shot('by-hand')
    album.press('nextButton')
    app.find('#copyAllButton')
    album.shot('review')
    album.press('nextButton')
    album.type('folderEdit', album.folder)
    album.shot('deliver')
    album.press('nextButton')
    app.find('#bannerText')
    album.shot('saved')
    album.press('nextButton')
    app.find('#proofView')
    time.sleep(1)
    album.shot('proof')
    app.keys('F1')
    app.find('#helpView')
    album.shot('help')
    app.keys('Escape')
    album.press('cancelButton')


def dane(album):
    app = album.app
    for domain, page in (('dane', 'dane'), ('google', 'dane-provider'), ('fresh', 'dane-unsigned')):
        album.check(domain + '.example.org', page + '-check')
        app.keys('Home')
        app.type_keys('DANE')  # the group
        app.keys('Down')
        album.press('fixButton')
        app.find('#serversView')
        time.sleep(1)
        album.shot(page)
        if domain == 'dane':
            album.press('renewingButton')
            app.find('#renewalEdit')
            album.shot('renewing')
            app.keys('Escape')
        album.press('cancelButton')


def publishing(album):
    app = album.app
    album.type('domainEdit', 'google.example.org')
    album.press('setupButton')
    app.find('#foundView')
    time.sleep(2)
    for field in ('#testingRadio', '#reportsCheck', '#addressLabel'):
        album.press('nextButton')
        app.find(field)
    time.sleep(1)
    app.keys('space')  # the best ranked one, which has the focus; one click goes on
    app.find('#serviceCombo')
    album.shot('service')
    app.find('#showButton').queryComponent().grabFocus()
    app.keys('shift+Tab')  # the field of the token, whatever its letter is in this language
    app.type_keys('narrow-token-of-nobody')
    album.press('testButton')
    app.find('#bannerText')
    time.sleep(1)
    album.shot('token-refused')
    app.find('#showButton').queryComponent().grabFocus()
    app.keys('shift+Tab')
    app.keys('ctrl+a')
    app.type_keys('broad-token-of-nobody')
    album.press('testButton')
    app.find('#forgetButton')
    album.shot('token')
    album.press('nextButton')
    app.find('#planView')
    time.sleep(2)
    album.shot('publish')
    album.press('nextButton')
    app.find('#stepsView')
    app.find('#undoButton')
    album.shot('published')
    album.press('undoButton')
    time.sleep(1)
    album.shot('undo')
    album.press('cancelButton')


def kept(album):
    """The domains that keptdomains.py wrote, and what the menu leads to."""
    app = album.app
    app.find('#domainsView')
    album.shot('kept')
    app.keys('ctrl+comma')
    app.find('#tabs')
    for tab in ('general', 'dns', 'network', 'accounts', 'privacy'):
        album.shot('settings-' + tab)
        app.keys('ctrl+Tab')
    app.keys('Escape')
    app.find('#checkButton')
    app.keys('alt+m')
    album.shot('menu')
    app.keys('Up')
    app.keys('Up')  # the last but one
    app.keys('Return')
    app.find('#versionsView')
    album.shot('about')
    app.keys('Escape')


def practice(album):
    """The window over its small internet, and something broken there."""
    app = album.app
    app.find('#practiceBar')
    album.shot('practice')
    app.keys('F8')
    app.find('#accidentsView')
    app.keys('Down', 'Down', 'Down', *['Tab'] * 6)
    time.sleep(1)
    app.keys('End', 'Up', 'Up', 'space')
    time.sleep(2)
    album.shot('practice-break')
    app.keys('space', 'shift+Tab')  # mended; to the filter
    app.type_keys('TLSA')
    app.keys('Tab', 'Home', 'Down', 'space')  # behind the heading
    time.sleep(1)
    app.keys('Escape')
    app.wait(lambda: len(app.windows()) == 1, 'the dialog stays')
    album.press('checkButton')
    app.find('#closeButton')
    app.wait(lambda: not app.shows('#stopButton'), 'the check of the practice does not end')
    app.type_keys('DANE')
    album.shot('practice-check')


FRESH = (start, checks, assistant, dane, publishing)
FILLED = (kept,)
PRACTICE = (practice,)


def main():
    program, prefix, language, options = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    number = 0
    for parts in (FRESH, FILLED, PRACTICE):
        with tempfile.TemporaryDirectory() as folder:
            state = os.path.join(folder, 'state')
            os.mkdir(state)
            with open(os.path.join(state, 'window.ini'), 'w') as settings:
                settings.write('[window]\nlanguage=%s\n' % language)
            if parts is FILLED:
                keptdomains.write(state)
            more = ['--practice'] if parts is PRACTICE else ['--delay', '20']
            with App([program, '--state-dir', state, *more, *options]) as app:
                album = Album(app, prefix, folder)
                album.number = number
                for part in parts:
                    part(album)
                number = album.number


if __name__ == '__main__':
    main()
