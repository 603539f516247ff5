# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of the practice: the real program, its small internet inside it, keys only."""
import glob
import os
import tempfile

import pyatspi

from checking import named
from setting_up import STEPS

DANE = 'Pin the certificates'


def check(app, verdict):
    app.wait_focus('Mail domain')
    app.keys('Return')
    app.wait_label(verdict)


def breaking(app):
    app.keys('F8')
    app.wait_window('^Break something')
    app.wait_focus('Start over with:')


def leave(app):
    app.keys('Escape')
    app.wait(lambda: len(app.windows()) == 1, 'the dialog stays')


def start_over(app, downs):
    breaking(app)
    named(app)
    app.keys('alt+s', *['Down'] * downs)


def break_that(app, words):
    """Finds the accident by words of its title, and ticks it."""
    app.keys('alt+s', *['Tab'] * 5)
    app.wait_focus('Find what goes wrong')
    app.type_keys(words)
    app.keys('Tab', 'space')
    app.wait_label('^1 thing broken')


def turn_clock(app):
    """By 31 days."""
    breaking(app)
    before = app.read('#clockLabel')
    app.keys('alt+u')
    app.wait(lambda: app.read('#clockLabel') != before, 'the time does not pass')
    leave(app)


def take_token(app):
    breaking(app)
    app.keys('alt+o')
    app.wait_label('The token is in the clipboard')
    leave(app)


def give_token(app):
    """At the step of the service, where it is pasted and works until the program ends."""
    app.wait_label(STEPS[3])
    app.wait(lambda: app.shows('#showButton'), 'the field of the token does not come')
    app.keys('alt+w')
    app.wait_focus('New token:')
    app.keys('ctrl+v')
    app.keys('alt+d')  # nothing is kept in practice


def to_plan(app):
    """From the start page to the plan, with what is proposed and the token of the clipboard."""
    app.keys('alt+s')
    app.wait_rows('Found so far', '2 servers')
    for label in (*STEPS[:2], DANE, STEPS[2]):  # its zone is signed
        app.keys('alt+n')
        app.wait_label(label)
    app.keys('space')  # the service that serves the DNS is ranked first
    give_token(app)
    app.keys('alt+n')


def next_is_free(app):
    app.wait(lambda: app.find('Next').getState().contains(pyatspi.STATE_SENSITIVE), 'there is no way on')


def home(app):
    app.keys('Escape')
    app.wait_focus('Mail domain')


def publish(app, changes, proof):
    app.wait_label(changes)
    named(app)
    app.keys('alt+p')
    app.wait_label('^Published for')
    next_is_free(app)
    app.keys('alt+n')
    app.wait_label(proof)
    home(app)


def practice(start):
    """Nothing protected; then enforced, and everything is fine; an accident, found without asking; mended."""
    with start.program('--practice') as app:
        app.wait_label('^Practice: practice.example')
        named(app)
        check(app, 'MTA-STS is not set up')
        start_over(app, 3)
        leave(app)
        app.wait_label('everything passed')
        breaking(app)
        break_that(app, 'panel backslashes')
        app.wait_text('What comes of it', 'What senders do')
        leave(app)
        app.wait_label('^practice.example: . problem')
        breaking(app)
        app.keys('alt+m')
        app.wait_label('Everything is as it should be')
        leave(app)
        app.wait_label('everything passed')


def practice_publishing(start):
    """The whole way by keys alone: from nothing to testing, weeks later to enforce, and away again, as the dates allow."""
    with start.program('--practice') as app:
        app.wait_focus('Mail domain')
        check(app, 'MTA-STS is not set up')
        home(app)
        take_token(app)
        to_plan(app)
        publish(app, '^Publish: 3 changes', '^The policy of .?practice.example.? is live, in mode testing')
        check(app, 'everything passed')
        home(app)
        turn_clock(app)
        enforce(app)
        check(app, 'everything passed')
        home(app)
        remove(app)
        check(app, 'MTA-STS is not set up')


def enforce(app):
    """Weeks of testing have passed; the token is still there."""
    app.keys('alt+s')
    app.wait_rows('Found so far', '2 servers')
    app.keys('alt+n')
    app.wait_label('^Ready: testing has run for 31 days')
    app.keys('alt+e')
    for label in (STEPS[1], DANE, *STEPS[2:4]):
        app.keys('alt+n')
        app.wait_label(label)
    app.keys('alt+n')
    app.wait_label('^Publish: 2 changes')
    app.keys('alt+p')
    app.wait_window('Switch to .Enforce')
    app.keys('alt+s')
    app.wait_label('^Published for')
    next_is_free(app)
    app.keys('alt+n')
    app.wait_label('is live, in mode enforce')
    home(app)


def remove(app):
    """Switched off first; what is left may only go when nobody remembers the policy."""
    app.keys('alt+r')  # More
    app.keys('Down', 'Return')
    app.wait_window('Remove MTA-STS')
    app.keys('alt+s')
    app.wait_label('^Switch MTA-STS off')
    app.keys('alt+s')
    app.wait_label('^Published for')
    next_is_free(app)
    app.keys('alt+n')
    app.wait_label('^Delete nothing yet')
    home(app)
    app.keys('alt+r', 'Down', 'Return')
    app.wait_window('Remove MTA-STS')
    app.wait_label('^Do not delete yet: until ')
    app.keys('Escape')
    app.wait(lambda: len(app.windows()) == 1, 'the question stays')
    turn_clock(app)
    app.keys('alt+r', 'Down', 'Return')
    app.wait_label('^All servers have forgotten the old policy')
    app.keys('alt+s')
    app.wait_label('^Remove MTA-STS: 2 changes')
    named(app)
    app.keys('alt+m')
    app.wait_label('^MTA-STS is removed from')
    next_is_free(app)
    app.keys('alt+n')
    app.wait_label('^MTA-STS is gone from')
    home(app)


def practice_token(start):
    """Taken back in the middle: what is known is said, and with another token the rest is done."""
    with start.program('--practice') as app:
        app.wait_focus('Mail domain')
        take_token(app)
        to_plan(app)
        app.wait_label('^Publish: 3 changes')
        breaking(app)
        break_that(app, 'token')
        leave(app)
        app.keys('alt+p')
        app.wait_label('^Cloudflare does not know this token')
        named(app)
        breaking(app)
        app.keys('alt+m')
        app.wait_label('^Everything is as it should be')
        app.keys('alt+o')
        app.wait_label('The token is in the clipboard')
        leave(app)
        app.keys('alt+b')
        app.wait_label(STEPS[3])
        app.keys('alt+i')  # forgets the old one
        give_token(app)
        app.keys('alt+n')
        publish(app, '^Publish: ', '^The policy of .?practice.example.? is live, in mode testing')


def practice_beside(start):
    """From the window of the real domains: a second one, which goes alone and leaves nothing behind."""
    before = set(glob.glob(os.path.join(tempfile.gettempdir(), 'mta-sts-assistant-*')))
    with start.program() as app:
        app.wait_focus('Mail domain')
        app.press('Try with a practice domain')
        app.wait_label('^Practice: practice.example')
        check(app, 'MTA-STS is not set up')
        app.keys('Escape')
        app.wait_focus('Mail domain')
        app.keys('ctrl+q')
        app.wait(lambda: len(app.windows()) == 1, 'the practice stays open')
    after = set(glob.glob(os.path.join(tempfile.gettempdir(), 'mta-sts-assistant-*')))
    assert after <= before, after - before


def practice_accidents(start):
    """Every accident is found by the check behind the list as soon as it is ticked, and gone when it is not."""
    with start.program('--practice') as app:
        check(app, 'MTA-STS is not set up')
        start_over(app, 3)
        app.wait_label('practice.example: everything passed')
        app.keys('alt+s', *['Tab'] * 6)
        passed = set()
        while (row := app.focused()).name not in passed:
            passed.add(row.name)
            if not row.getState().contains(pyatspi.STATE_CHECKABLE):  # a heading
                app.keys('Down')
                continue
            app.keys('space')
            app.wait_label('^1 thing broken')
            if row.name.startswith('The token'):  # shows when something is published
                app.keys('space')
                break
            app.wait_label('^practice.example: (?!everything passed)')
            app.keys('space')
            app.wait_label('^Everything is as it should be')
            app.wait_label('^practice.example: everything passed')
            app.keys('Down')
        assert len(passed) > 100, passed




def practice_dane(start):
    """Nothing is set up; the keys of both servers are compared and published with the rest, and verified."""
    with start.program('--practice') as app:
        app.wait_focus('Mail domain')
        take_token(app)
        app.keys('alt+s')
        app.wait_rows('Found so far', '2 servers')
        for label in (*STEPS[:2], DANE):
            app.keys('alt+n')
            app.wait_label(label)
        app.wait_rows('TLSA records', 'compare the fingerprint first')
        named(app)
        for _ in range(2):
            app.keys('alt+s')  # compared by eye, with the server's own file
            app.wait_rows('TLSA records', 'not published')
            app.wait_focus('TLSA records')
            app.keys('space')
            app.wait_rows('TLSA records', 'will be published')
            app.keys('Down')
        app.keys('alt+n')
        app.wait_label(STEPS[2])
        app.keys('space')
        give_token(app)
        app.keys('alt+n')
        publish(app, '^Publish: 5 changes', '^The policy of .?practice.example.? is live, in mode testing')
        check(app, r'^practice\.example')
        app.wait(lambda: not app.shows('#stopButton'), 'the check does not end')
        app.wait_rows('Findings', 'A TLSA record matches what mx1.practice.example shows')
        app.wait_rows('Findings', 'A TLSA record matches what mx2.practice.example shows')


SCENARIOS = (practice, practice_accidents, practice_beside, practice_publishing, practice_token, practice_dane)
