# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of the practice: the real program, its small internet inside it, keys only."""
import glob
import os
import tempfile

import pyatspi

from checking import named
from setting_up import STEPS


def check(app, verdict):
    app.wait_focus('Mail domain')
    app.keys('Return')
    app.wait_label(verdict)


def choose(app, stage_downs=0, accident=None):
    """Opens the dialog by its key, starts over, ticks the accident of that row, and leaves."""
    app.keys('alt+k')
    app.wait_window('^Break something')
    named(app)
    if stage_downs:
        app.keys('alt+s')
        app.keys(*['Down'] * stage_downs)
    if accident:
        app.keys('alt+s', 'Tab', 'Tab', 'Tab', *['Down'] * accident, 'space')
        app.wait_label('thing broken')
    app.keys('Escape')
    app.wait(lambda: len(app.windows()) == 1, 'the dialog stays')


def practice(start):
    """Nothing protected; then enforced, and everything is fine; an accident, found without asking; mended."""
    with start.program('--practice') as app:
        app.wait_label('^Practice: practice.example')
        named(app)
        check(app, 'MTA-STS is not set up')
        choose(app, stage_downs=3)
        app.wait_label('everything passed')
        choose(app, accident=2)
        app.wait_label('^practice.example: . problem')
        app.keys('alt+k')
        app.wait_window('^Break something')
        app.keys('alt+m')
        app.wait_label('Everything is as it should be')
        app.keys('Escape')
        app.wait_label('everything passed')


def practice_publishing(start):
    """The whole way with the token of the practice: published, proven, seen by the check; by keys alone."""
    with start.program('--practice') as app:
        app.wait_focus('Mail domain')
        app.keys('alt+k')
        app.wait_window('^Break something')
        app.keys('alt+o')
        app.wait_label('The token is in the clipboard')
        app.keys('Escape')
        app.wait(lambda: len(app.windows()) == 1, 'the dialog stays')
        app.keys('alt+s')
        app.wait_rows('Found so far', '2 servers')
        for label in STEPS[:3]:
            app.keys('alt+n')
            app.wait_label(label)
        app.keys('space')  # the service that serves the DNS is ranked first
        app.wait_label(STEPS[3])
        app.keys('alt+w')
        app.wait_focus('New token:')
        app.keys('ctrl+v')
        app.keys('alt+d')  # nothing is kept in practice
        app.keys('alt+n')
        app.wait_label('^Publish: 3 changes')
        named(app)
        app.keys('alt+p')
        app.wait_label('^Published for')
        app.wait(lambda: app.find('Next').getState().contains(pyatspi.STATE_SENSITIVE), 'there is no way on')
        app.keys('alt+n')
        app.wait_label('^The policy of .?practice.example.? is live, in mode testing')
        app.keys('Escape')
        check(app, 'everything passed')


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
        app.keys('alt+k')
        app.wait_window('^Break something')
        app.keys('alt+s', 'Down', 'Down', 'Down')
        app.wait_label('practice.example: everything passed')
        app.keys('Tab', 'Tab', 'Tab')
        accidents = app.table('What goes wrong')
        assert len(accidents) > 60, accidents
        for _ in accidents:
            app.keys('space')
            app.wait_label('^1 thing broken')
            app.wait_label('^practice.example: (?!everything passed)')
            app.keys('space')
            app.wait_label('^Everything is as it should be')
            app.wait_label('^practice.example: everything passed')
            app.keys('Down')


SCENARIOS = (practice, practice_accidents, practice_beside, practice_publishing)
